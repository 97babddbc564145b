"""Accounts are part of the record of rows: who may log in, as whom and with which password leaves a line at every change."""

from django.db import migrations

RECORD = """
SELECT record_rows('directory_account',
  ARRAY['id', 'username', 'password', 'staff_id', 'party_id', 'is_active', 'opened_at', 'closed_at'], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_partial_birthdays_and_passports"), ("kernel", "0005_record_of_rows")]
    operations = [migrations.RunSQL(RECORD)]
