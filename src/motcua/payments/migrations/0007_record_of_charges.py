"""Charges are part of the record of rows: what is owed, and that it was settled or waived, leaves a line at every change."""

from django.db import migrations

RECORD = """
SELECT record_rows('payments_charge', ARRAY[
  'id', 'dossier_id', 'agency_id', 'payer_id', 'code', 'name', 'kind', 'amount', 'exemptions', 'state', 'raised_at',
  'settled_at', 'way', 'exemption', 'receipt_id', 'refunded', 'reckoning', 'is_added'
], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_charges_reckoned_again"), ("kernel", "0009_cheaper_record")]
    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
