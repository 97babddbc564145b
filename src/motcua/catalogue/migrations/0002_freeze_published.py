"""Published versions are frozen by the database itself: dossiers are pinned to them."""

from django.db import migrations

# A draft may become anything. A published row may only be closed (end of effect) or withdrawn; a withdrawn one is final.
VERSION = """
CREATE FUNCTION catalogue_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'catalogue version % is published and frozen', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state = 'draft' THEN
    RETURN NEW;
  END IF;
  IF (to_jsonb(NEW) - ARRAY['effective', 'state', 'withdrawn_at', 'withdrawn_reason'])
       IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['effective', 'state', 'withdrawn_at', 'withdrawn_reason'])
     OR lower(NEW.effective) IS DISTINCT FROM lower(OLD.effective)
     OR (NEW.state <> OLD.state AND NOT (OLD.state = 'published' AND NEW.state = 'withdrawn'))
     OR (OLD.state = 'withdrawn' AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'catalogue version % is published and frozen', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER catalogue_version_frozen BEFORE UPDATE OR DELETE ON catalogue_procedureversion
  FOR EACH ROW EXECUTE FUNCTION catalogue_version_frozen();
"""

PARTS_OF_VERSION = ("procedurecase", "versionresult", "versionlegalbasis", "versionprocess")
PARTS_OF_CASE = ("casecomponent", "caselimit", "casefee")

PARTS = """
CREATE FUNCTION catalogue_part_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parts jsonb[];
  part jsonb;
  owner uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    parts := ARRAY[to_jsonb(NEW)];
  ELSIF TG_OP = 'DELETE' THEN
    parts := ARRAY[to_jsonb(OLD)];
  ELSE
    parts := ARRAY[to_jsonb(OLD), to_jsonb(NEW)];
  END IF;
  FOREACH part IN ARRAY parts LOOP
    IF TG_ARGV[0] = 'version' THEN
      owner := (part->>'version_id')::uuid;
    ELSE
      SELECT version_id INTO owner FROM catalogue_procedurecase WHERE id = (part->>'case_id')::uuid;
    END IF;
    IF EXISTS (SELECT 1 FROM catalogue_procedureversion WHERE id = owner AND state <> 'draft') THEN
      RAISE EXCEPTION 'catalogue version % is published and frozen', owner USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
"""


def _trigger(table: str, by: str) -> str:
    return (
        f"CREATE TRIGGER catalogue_part_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION catalogue_part_frozen('{by}');"
    )


TRIGGERS = [
    *(_trigger(table, "version") for table in PARTS_OF_VERSION),
    *(_trigger(table, "case") for table in PARTS_OF_CASE),
]
UNDO = [
    *(
        f"DROP TRIGGER catalogue_part_frozen ON catalogue_{table};"
        for table in PARTS_OF_VERSION + PARTS_OF_CASE
    ),
    "DROP FUNCTION catalogue_part_frozen();",
    "DROP TRIGGER catalogue_version_frozen ON catalogue_procedureversion;",
    "DROP FUNCTION catalogue_version_frozen();",
]

FORM = """
CREATE FUNCTION catalogue_form_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'e-form % is named by its digest and never edited', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalogue_form_frozen BEFORE UPDATE ON catalogue_eform
  FOR EACH ROW EXECUTE FUNCTION catalogue_form_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_procedures")]
    operations = [
        migrations.RunSQL(
            [VERSION, PARTS, *TRIGGERS, FORM],
            [
                *UNDO,
                "DROP TRIGGER catalogue_form_frozen ON catalogue_eform;",
                "DROP FUNCTION catalogue_form_frozen();",
            ],
        )
    ]
