"""Merges of records of one person, and corrected names that are searched for."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import motcua.directory.models.territory
import motcua.kernel.ids

#: Who merges two records lets one account see what was recorded for the other: every line is kept by the record of rows.
RECORD = """
SELECT record_rows('directory_partymerge', ARRAY[
  'id', 'standing_id', 'former_id', 'changes', 'reason', 'by_account_id', 'by_name', 'at',
  'undone_at', 'undone_by_account_id', 'undone_by_name', 'undone_reason'
], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_record_of_passwords"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartyMerge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("changes", models.JSONField(default=list)),
                ("reason", models.TextField()),
                ("by_account_id", models.UUIDField(null=True)),
                ("by_name", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by_account_id", models.UUIDField(null=True)),
                ("undone_by_name", models.TextField(blank=True, default="")),
                ("undone_reason", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.AddField(
            model_name="partycorrection",
            name="search_before",
            field=models.GeneratedField(
                db_persist=True,
                expression=motcua.directory.models.territory.Fold(models.F("before")),
                output_field=models.TextField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="partycorrection",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("search_before"), name="gin_trgm_ops"),
                condition=models.Q(("detail", "full_name")),
                name="party_former_name",
            ),
        ),
        migrations.AddField(
            model_name="partymerge",
            name="former",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party"
            ),
        ),
        migrations.AddField(
            model_name="partymerge",
            name="standing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party"
            ),
        ),
        migrations.AddConstraint(
            model_name="partymerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("former",), name="party_merged_into_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="partymerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing", models.F("former")), _negated=True), name="party_merge_of_two"
            ),
        ),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
    ]
