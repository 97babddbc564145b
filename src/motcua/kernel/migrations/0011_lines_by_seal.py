"""Lines of the record are found by their seal: a daily seal reads its own lines, not the whole record. Lines without a seal are
not in the index, so that no change of a row costs more; they enter it once, when they are sealed.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0010_failures")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX kernel_record_sealed ON kernel_record (seal) WHERE seal IS NOT NULL",
            "DROP INDEX kernel_record_sealed",
        )
    ]
