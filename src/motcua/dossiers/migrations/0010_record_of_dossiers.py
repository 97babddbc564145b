"""Dossiers, results and issued forms are part of the record of rows; what is final in them does not change any more."""

from django.db import migrations

RECORD = """
SELECT record_rows('dossiers_dossier', ARRAY[
  'id', 'code', 'opened_by_id', 'version_id', 'procedure_code', 'procedure_title', 'case_key', 'channel', 'sets',
  'helping_id', 'receiving_id', 'competent_id', 'returning_id', 'awaits_acknowledgement', 'consulted_agencies',
  'applicant_id', 'submitter_id', 'applicant_name', 'mandate', 'contact', 'form_key', 'form_digest', 'form_data',
  'return_way', 'state', 'national_status', 'is_open', 'is_paused', 'outcome', 'submitted_at', 'received_at',
  'promised_due_at', 'extended_due_at', 'due_at', 'ended_at', 'returned_at', 'changed_at', 'step_key', 'step_name',
  'step_entered_at', 'step_due_at', 'assignee_id', 'assignee_name', 'supplements_asked', 'extensions', 'pauses',
  'revision', 'head_digest'
], 'revision', ARRAY['DELETE']);
SELECT record_rows('dossiers_result', ARRAY[
  'id', 'dossier_id', 'type_code', 'title', 'outcome', 'content', 'number', 'symbol', 'verification_code',
  'draft_file_id', 'signed_file_id', 'sealed_file_id', 'paper_id', 'drafted_at', 'signed_at', 'signed_by_id',
  'signed_by_name', 'on_behalf_of_id', 'sealed_at', 'issued_at', 'handed_over_at', 'handed_over_to', 'proof',
  'replaces_id', 'replaced_reason'
], '', ARRAY['DELETE']);
SELECT record_rows('dossiers_issuedform', ARRAY[
  'id', 'dossier_id', 'passage_id', 'code', 'content', 'issued_at', 'file_id'
], '', ARRAY['DELETE']);
INSERT INTO kernel_recordkind (name, withheld) VALUES ('dossiers_passage', '{UPDATE,DELETE}');
"""

GUARDS = """
CREATE FUNCTION refuse_result_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.signed_at IS NOT NULL AND
      (NEW.dossier_id, NEW.type_code, NEW.title, NEW.outcome, NEW.content, NEW.number, NEW.symbol, NEW.verification_code,
       NEW.drafted_at, NEW.signed_at, NEW.signed_by_id, NEW.signed_by_name, NEW.on_behalf_of_id, NEW.replaces_id,
       NEW.replaced_reason)
      IS DISTINCT FROM
      (OLD.dossier_id, OLD.type_code, OLD.title, OLD.outcome, OLD.content, OLD.number, OLD.symbol, OLD.verification_code,
       OLD.drafted_at, OLD.signed_at, OLD.signed_by_id, OLD.signed_by_name, OLD.on_behalf_of_id, OLD.replaces_id,
       OLD.replaced_reason))
     OR (OLD.signed_file_id IS NOT NULL AND NEW.signed_file_id IS DISTINCT FROM OLD.signed_file_id)
     OR (OLD.sealed_file_id IS NOT NULL AND NEW.sealed_file_id IS DISTINCT FROM OLD.sealed_file_id)
     OR (OLD.issued_at IS NOT NULL AND (NEW.issued_at, NEW.sealed_at, NEW.paper_id)
         IS DISTINCT FROM (OLD.issued_at, OLD.sealed_at, OLD.paper_id))
     OR (OLD.handed_over_at IS NOT NULL AND (NEW.handed_over_at, NEW.handed_over_to, NEW.proof)
         IS DISTINCT FROM (OLD.handed_over_at, OLD.handed_over_to, OLD.proof))
  THEN
    RAISE EXCEPTION 'what was signed, issued or handed over does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER result_final BEFORE UPDATE ON dossiers_result FOR EACH ROW EXECUTE FUNCTION refuse_result_change();

CREATE FUNCTION refuse_form_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.dossier_id, NEW.passage_id, NEW.code, NEW.content, NEW.issued_at)
     IS DISTINCT FROM (OLD.dossier_id, OLD.passage_id, OLD.code, OLD.content, OLD.issued_at)
     OR (OLD.file_id IS NOT NULL AND NEW.file_id IS DISTINCT FROM OLD.file_id)
  THEN
    RAISE EXCEPTION 'an issued form does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER issued_form_final BEFORE UPDATE ON dossiers_issuedform
  FOR EACH ROW EXECUTE FUNCTION refuse_form_change();

CREATE FUNCTION refuse_dossier_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a dossier, its forms and its results stay' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER dossier_stays BEFORE DELETE ON dossiers_dossier FOR EACH ROW EXECUTE FUNCTION refuse_dossier_removal();
CREATE TRIGGER result_stays BEFORE DELETE ON dossiers_result
  FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_dossier_removal();
CREATE TRIGGER issued_form_stays BEFORE DELETE ON dossiers_issuedform
  FOR EACH ROW EXECUTE FUNCTION refuse_dossier_removal();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_request_digest"), ("kernel", "0005_record_of_rows")]
    operations = [migrations.RunSQL(RECORD), migrations.RunSQL(GUARDS)]
