"""Lines of the checklist and pauses of the clock are part of the record; a signed result also keeps its template and its place in the book."""

from django.db import migrations

RECORD = """
SELECT record_rows('dossiers_dossierpaper', ARRAY[
  'id', 'dossier_id', 'component_key', 'name', 'kind_code', 'originals', 'copies', 'photocopies', 'electronic', 'is_presented', 'exemption',
  'declared', 'paper_id', 'file_id', 'must_digitize', 'digitization', 'added_at', 'added_by_id', 'order'
], '', ARRAY['DELETE']);
SELECT record_rows('dossiers_clockpause', ARRAY['id', 'dossier_id', 'began_at', 'ended_at', 'ground', 'form_code'],
  '', ARRAY['DELETE']);
"""

GUARD = """
CREATE OR REPLACE FUNCTION refuse_result_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.signed_at IS NOT NULL AND
      (NEW.dossier_id, NEW.type_code, NEW.title, NEW.outcome, NEW.content, NEW.number, NEW.symbol, NEW.verification_code,
       NEW.drafted_at, NEW.signed_at, NEW.signed_by_id, NEW.signed_by_name, NEW.on_behalf_of_id, NEW.replaces_id,
       NEW.replaced_reason, NEW.template, NEW.numbered_at, NEW.book_agency_id)
      IS DISTINCT FROM
      (OLD.dossier_id, OLD.type_code, OLD.title, OLD.outcome, OLD.content, OLD.number, OLD.symbol, OLD.verification_code,
       OLD.drafted_at, OLD.signed_at, OLD.signed_by_id, OLD.signed_by_name, OLD.on_behalf_of_id, OLD.replaces_id,
       OLD.replaced_reason, OLD.template, OLD.numbered_at, OLD.book_agency_id))
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
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_drafts_in_order"), ("kernel", "0009_cheaper_record")]
    operations = [
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
