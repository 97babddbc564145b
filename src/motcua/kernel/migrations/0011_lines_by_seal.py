"""Lines of the record are found by their seal: a daily seal reads its own lines, not the whole record. Lines without a seal are
not in the index, so that no change of a row costs more; they enter it once, when they are sealed.

Made beside those who write, for the record holds a line of every change there ever was. Making it so waits for transactions that
began before, however long; an index that a broken attempt left is made anew.
"""

from django.db import migrations

NAME = "kernel_record_sealed"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kernel", "0010_failures")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}", migrations.RunSQL.noop),
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY {NAME} ON kernel_record (seal) WHERE seal IS NOT NULL",
            f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}",
        ),
        migrations.RunSQL("SET lock_timeout = '10s'", migrations.RunSQL.noop),
    ]
