"""Roles held in agencies are part of the record of rows: a role given behind the services is found."""

from django.db import migrations

RECORD = """
SELECT record_rows('directory_assignment', ARRAY['id', 'staff_id', 'agency_id', 'role', 'post_id', 'decision', 'validity'],
  '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_merged_people"), ("kernel", "0009_cheaper_record")]
    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
