"""Slips given at the door: forms 02 and 03 that open no dossier, final once issued, told by the record."""

from django.db import migrations, models

import motcua.kernel.ids

GUARDS = """
SELECT record_rows('dossiers_doorslip', ARRAY[
  'id', 'number', 'code', 'agency_id', 'procedure_code', 'applicant_id', 'content', 'kept', 'request_key', 'issued_at',
  'issued_by_id', 'file_id', 'signed_file_id', 'dossier_id'
], '', ARRAY['DELETE']);
CREATE FUNCTION refuse_slip_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.number, NEW.code, NEW.agency_id, NEW.procedure_code, NEW.applicant_id, NEW.content, NEW.kept, NEW.issued_at,
      NEW.issued_by_id, NEW.request_key)
     IS DISTINCT FROM
     (OLD.number, OLD.code, OLD.agency_id, OLD.procedure_code, OLD.applicant_id, OLD.content, OLD.kept, OLD.issued_at,
      OLD.issued_by_id, OLD.request_key)
     OR (OLD.file_id IS NOT NULL AND NEW.file_id IS DISTINCT FROM OLD.file_id)
     OR (OLD.signed_file_id IS NOT NULL AND NEW.signed_file_id IS DISTINCT FROM OLD.signed_file_id)
     OR (OLD.dossier_id IS NOT NULL AND NEW.dossier_id IS DISTINCT FROM OLD.dossier_id)
  THEN
    RAISE EXCEPTION 'what was given at the door does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER door_slip_final BEFORE UPDATE ON dossiers_doorslip FOR EACH ROW EXECUTE FUNCTION refuse_slip_change();
CREATE TRIGGER door_slip_stays BEFORE DELETE ON dossiers_doorslip
  FOR EACH ROW EXECUTE FUNCTION refuse_dossier_removal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0018_record_of_papers_and_pauses"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoorSlip",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.TextField(unique=True)),
                ("code", models.TextField()),
                ("agency_id", models.UUIDField()),
                ("procedure_code", models.TextField()),
                ("applicant_id", models.UUIDField()),
                ("content", models.JSONField()),
                ("kept", models.JSONField()),
                ("request_key", models.TextField()),
                ("issued_at", models.DateTimeField()),
                ("issued_by_id", models.UUIDField()),
                ("file_id", models.UUIDField(null=True)),
                ("signed_file_id", models.UUIDField(null=True)),
                ("dossier_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["agency_id", "issued_at"], name="door_slip_of_desk")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issued_by_id", "request_key"), name="door_slip_request_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS),
    ]
