"""Forms complete: the line of the ledger, photocopies, proposals of a new appointment, the signed form; told by the record."""

from django.db import migrations, models

RECORD = """
SELECT record_rows('dossiers_dossier', ARRAY[
  'id', 'code', 'opened_by_id', 'version_id', 'procedure_code', 'procedure_title', 'case_key', 'channel', 'sets',
  'helping_id', 'receiving_id', 'competent_id', 'returning_id', 'awaits_acknowledgement', 'consulted_agencies',
  'applicant_id', 'submitter_id', 'applicant_name', 'mandate', 'contact', 'form_key', 'form_digest', 'form_data',
  'return_way', 'state', 'national_status', 'is_open', 'is_paused', 'outcome', 'submitted_at', 'received_at',
  'promised_due_at', 'extended_due_at', 'due_at', 'ended_at', 'returned_at', 'changed_at', 'step_key', 'step_name',
  'step_entered_at', 'step_due_at', 'assignee_id', 'assignee_name', 'supplements_asked', 'extensions', 'pauses',
  'revision', 'head_digest', 'ledger_number', 'proposed_due_at'
], 'revision', ARRAY['DELETE']);
SELECT record_rows('dossiers_issuedform', ARRAY[
  'id', 'dossier_id', 'passage_id', 'code', 'content', 'issued_at', 'file_id', 'signed_file_id'
], '', ARRAY['DELETE']);
"""

GUARDS = """
CREATE OR REPLACE FUNCTION refuse_form_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.dossier_id, NEW.passage_id, NEW.code, NEW.content, NEW.issued_at)
     IS DISTINCT FROM (OLD.dossier_id, OLD.passage_id, OLD.code, OLD.content, OLD.issued_at)
     OR (OLD.file_id IS NOT NULL AND NEW.file_id IS DISTINCT FROM OLD.file_id)
     OR (OLD.signed_file_id IS NOT NULL AND NEW.signed_file_id IS DISTINCT FROM OLD.signed_file_id)
  THEN
    RAISE EXCEPTION 'an issued form does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_record_of_passwords"),
        ("dossiers", "0014_record_of_reserved_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="ledger_number",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="dossier",
            name="proposed_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dossierpaper",
            name="photocopies",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="issuedform",
            name="signed_file_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("competent"),
                models.F("due_at"),
                condition=models.Q(("proposed_due_at__isnull", False)),
                name="dossier_extension_proposed",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
    ]
