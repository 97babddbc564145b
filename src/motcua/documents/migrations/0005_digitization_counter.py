"""Running numbers of digitization codes are kept, no longer counted from the papers that are left."""

from django.db import migrations, models

#: `040087012345.KQ.G15.000001` → owner, kind and running number; the owner may be empty.
_GIVEN = r"""
INSERT INTO documents_digitizationcounter (owner, kind, last)
SELECT part[1], part[2], max(part[3]::int)
FROM documents_scanpaper, regexp_match(code, '^([^.]*)\.(.+)\.(\d{6})$') AS part
WHERE part IS NOT NULL
GROUP BY part[1], part[2]
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_copy_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name="DigitizationCounter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("owner", models.TextField()),
                ("kind", models.TextField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "kind"), name="digitization_counter_series")
                ],
            },
        ),
        migrations.RunSQL(_GIVEN, migrations.RunSQL.noop),
    ]
