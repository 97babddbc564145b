"""Receipts gained columns since the record began: of which kind they are, what they say, and which one they stand for."""

from django.db import migrations

RECORD = """
SELECT record_rows('payments_receipt', ARRAY[
  'id', 'agency_id', 'year', 'number', 'dossier_id', 'payer_id', 'amount', 'way', 'taken_by_id', 'taken_by_name', 'at',
  'kind', 'refers_to_id', 'payer_name', 'lines', 'reason', 'lookup'
], '', ARRAY['UPDATE', 'DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_electronic_receipts")]
    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
