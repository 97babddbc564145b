"""What a reader has still to read is marked row by row; places in the order of transactions are given up.

Those numbers mean something inside one cluster only. Here it cannot be known whether a stored place is of this cluster or
came with a dump, so whatever stands behind it by either order is marked: in its own cluster that is what was not read, in
a foreign one it is everything announced since (numbers of entries go on, those of transactions start anew). The one
reader there was counts whole dossiers, so that an entry read twice changes nothing.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

MARK = """
INSERT INTO kernel_unread (consumer, entry_id)
SELECT c.consumer, j.id
FROM kernel_streamcursor c
JOIN kernel_journalentry j ON (j.xact, j.id) > (c.xact::xid8, c.entry_id) OR j.id > c.entry_id
WHERE c.consumer = 'oversight.facts'
  AND j.name IN ('dossiers.DossierMoved', 'payments.ChargesSettled', 'payments.ChargeRefunded');
UPDATE kernel_streamcursor SET names = ARRAY['dossiers.DossierMoved', 'payments.ChargesSettled', 'payments.ChargeRefunded']
WHERE consumer = 'oversight.facts';
"""

#: Rows come and go all day: a table swept by the thousand stays small whatever its past.
SWEEP = """
ALTER TABLE kernel_unread SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 1, fillfactor = 70)
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_foundation")]
    operations = [
        migrations.CreateModel(
            name="Unread",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "consumer",
                        "entry_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("consumer", models.TextField()),
                ("entry_id", models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="streamcursor",
            name="names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="streamcursor", name="xact"),
        migrations.RemoveField(model_name="streamcursor", name="entry_id"),
        migrations.RemoveIndex(model_name="journalentry", name="journal_order"),
        migrations.RemoveField(model_name="journalentry", name="xact"),
    ]
