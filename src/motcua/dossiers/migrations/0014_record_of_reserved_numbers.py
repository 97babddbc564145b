"""Results gained columns since the record began: what was reserved, by which template it was written, whom it was drafted for."""

from django.db import migrations

RECORD = """
SELECT record_rows('dossiers_result', ARRAY[
  'id', 'dossier_id', 'type_code', 'title', 'outcome', 'content', 'number', 'symbol', 'verification_code',
  'draft_file_id', 'signed_file_id', 'sealed_file_id', 'paper_id', 'drafted_at', 'signed_at', 'signed_by_id',
  'signed_by_name', 'on_behalf_of_id', 'sealed_at', 'issued_at', 'handed_over_at', 'handed_over_to', 'proof',
  'replaces_id', 'replaced_reason', 'drafted_for_id', 'numbered_at', 'book_agency_id', 'template', 'is_draft_given'
], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_numbers_asked_of_the_register")]
    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
