"""Passages may be added, never changed or removed: the database itself refuses (the chain shows who goes round it)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION refuse_passage_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a passage is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER passage_append_only BEFORE UPDATE OR DELETE ON dossiers_passage
  FOR EACH ROW EXECUTE FUNCTION refuse_passage_change();
"""
UNGUARD = """
DROP TRIGGER passage_append_only ON dossiers_passage;
DROP FUNCTION refuse_passage_change();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_dossiers")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
