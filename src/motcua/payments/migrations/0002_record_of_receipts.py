"""Receipts and refunds are part of the record of rows; a receipt that was given never changes."""

from django.db import migrations

RECORD = """
SELECT record_rows('payments_receipt', ARRAY[
  'id', 'agency_id', 'year', 'number', 'dossier_id', 'payer_id', 'amount', 'way', 'taken_by_id', 'taken_by_name', 'at'
], '', ARRAY['UPDATE', 'DELETE']);
SELECT record_rows('payments_refund', ARRAY['id', 'charge_id', 'amount', 'reason', 'by_id', 'by_name', 'at'],
  '', ARRAY['UPDATE', 'DELETE']);
CREATE FUNCTION refuse_receipt_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a receipt or refund that was given does not change' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER receipt_final BEFORE UPDATE OR DELETE ON payments_receipt
  FOR EACH ROW EXECUTE FUNCTION refuse_receipt_change();
CREATE TRIGGER refund_final BEFORE UPDATE OR DELETE ON payments_refund
  FOR EACH ROW EXECUTE FUNCTION refuse_receipt_change();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_charges"), ("kernel", "0005_record_of_rows")]
    operations = [migrations.RunSQL(RECORD)]
