"""Accounts gained columns since the record began: since when a password stands, and what it must still be followed by."""

from django.db import migrations

RECORD = """
SELECT record_rows('directory_account', ARRAY[
  'id', 'username', 'password', 'staff_id', 'party_id', 'is_active', 'opened_at', 'closed_at', 'password_set_at',
  'must_change_password', 'needs_confirmed_sessions'
], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_two_people")]
    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
