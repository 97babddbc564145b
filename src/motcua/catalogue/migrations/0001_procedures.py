"""Procedures, versions with their cases, components, limits, fees, results, bases, forms, processes and tags."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("kernel", "0001_foundation")]

    operations = [
        migrations.CreateModel(
            name="EForm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.TextField()),
                ("schema", models.JSONField()),
                ("ui", models.JSONField()),
                ("digest", models.TextField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Field",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.TextField(unique=True)),
                ("name", models.TextField(unique=True)),
                ("name_en", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="ListedProcedure",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("issuer", models.TextField(blank=True)),
                ("executor", models.TextField(blank=True)),
                ("field_name", models.TextField(blank=True)),
                ("source", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="PaperKind",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("name_en", models.TextField(blank=True)),
                (
                    "must_digitize",
                    models.TextField(
                        choices=[
                            ("earlier_result", "earlier_result"),
                            ("sector_law", "sector_law"),
                            ("decided", "decided"),
                            ("agency_outcome", "agency_outcome"),
                            ("result", "result"),
                        ],
                        null=True,
                    ),
                ),
                ("validity_months", models.PositiveSmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureCase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.TextField()),
                ("name", models.TextField(blank=True)),
                ("name_en", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                    ),
                ),
                ("effective", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("decision", models.TextField(blank=True)),
                (
                    "origin",
                    models.TextField(
                        choices=[("national", "National"), ("local", "Local"), ("demo", "Demo")],
                        default="local",
                    ),
                ),
                ("source_digest", models.TextField(blank=True)),
                ("title", models.TextField()),
                ("title_en", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True)),
                ("summary_en", models.TextField(blank=True)),
                (
                    "level",
                    models.TextField(
                        choices=[("information", "information"), ("partial", "partial"), ("full", "full")]
                    ),
                ),
                (
                    "agency_level",
                    models.TextField(
                        choices=[
                            ("commune", "commune"),
                            ("district", "district"),
                            ("province", "province"),
                            ("ministry", "ministry"),
                            ("other", "other"),
                        ]
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("has_written_result", models.BooleanField(default=True)),
                ("cutoff", models.TimeField(null=True)),
                (
                    "supplement_policy",
                    models.TextField(
                        choices=[("resume", "resume"), ("restart", "restart")], default="restart"
                    ),
                ),
                ("supplements_allowed", models.PositiveSmallIntegerField(default=1)),
                ("is_same_day", models.BooleanField(default=False)),
                ("conditions", models.TextField(blank=True)),
                ("sequence", models.TextField(blank=True)),
                ("snapshot", models.JSONField(null=True)),
                ("digest", models.TextField(blank=True)),
                ("changes", models.JSONField(default=list)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by_id", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "form",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.eform",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.TextField(unique=True)),
                ("title", models.TextField()),
                ("title_en", models.TextField(blank=True)),
                (
                    "agency_level",
                    models.TextField(
                        choices=[
                            ("commune", "commune"),
                            ("district", "district"),
                            ("province", "province"),
                            ("ministry", "ministry"),
                            ("other", "other"),
                        ]
                    ),
                ),
                (
                    "level",
                    models.TextField(
                        choices=[("information", "information"), ("partial", "partial"), ("full", "full")]
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("is_offered", models.BooleanField(default=False)),
                ("search", models.TextField()),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="catalogue.field",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseLimit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "channel",
                    models.TextField(
                        choices=[("counter", "counter"), ("online", "online"), ("postal", "postal")]
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                (
                    "unit",
                    models.TextField(
                        choices=[
                            ("hour", "hour"),
                            ("working_day", "working_day"),
                            ("calendar_day", "calendar_day"),
                            ("month", "month"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="catalogue.procedurecase",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="CaseFee",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "channel",
                    models.TextField(
                        choices=[("counter", "counter"), ("online", "online"), ("postal", "postal")]
                    ),
                ),
                ("code", models.TextField()),
                ("name", models.TextField(blank=True)),
                ("kind", models.TextField(choices=[("fee", "fee"), ("charge", "charge")])),
                ("amount", models.BigIntegerField(null=True)),
                (
                    "exemptions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="catalogue.procedurecase",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="CaseComponent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.TextField()),
                ("name", models.TextField()),
                ("name_en", models.TextField(blank=True)),
                ("kind_code", models.TextField(blank=True)),
                ("originals", models.PositiveSmallIntegerField(default=0)),
                ("copies", models.PositiveSmallIntegerField(default=0)),
                ("electronic", models.PositiveSmallIntegerField(default=0)),
                ("is_required", models.BooleanField(default=True)),
                ("is_shown_only", models.BooleanField(default=False)),
                (
                    "must_digitize",
                    models.TextField(
                        choices=[
                            ("earlier_result", "earlier_result"),
                            ("sector_law", "sector_law"),
                            ("decided", "decided"),
                            ("agency_outcome", "agency_outcome"),
                            ("result", "result"),
                        ],
                        null=True,
                    ),
                ),
                ("condition", models.TextField(blank=True)),
                ("form_file", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="catalogue.procedurecase",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ProcedureTag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[("life_event", "Life Event"), ("priority_list", "Priority List")]
                    ),
                ),
                ("value", models.TextField()),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="catalogue.procedure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VersionProcess",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="process",
                        serialize=False,
                        to="catalogue.procedureversion",
                    ),
                ),
                ("start", models.TextField()),
                ("steps", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.procedure"
            ),
        ),
        migrations.AddField(
            model_name="procedurecase",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="cases",
                to="catalogue.procedureversion",
            ),
        ),
        migrations.CreateModel(
            name="VersionLegalBasis",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("number", models.TextField(db_index=True)),
                ("title", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legal_rows",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="VersionResult",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.TextField(db_index=True)),
                ("name", models.TextField()),
                ("name_en", models.TextField(blank=True)),
                ("kind_code", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="result_rows",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("search"), name="gin_trgm_ops"),
                name="procedure_search_trgm",
            ),
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(
                models.OrderBy(models.F("title")), models.OrderBy(models.F("id")), name="procedure_by_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="caselimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="limit_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="casefee",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                name="fee_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="casecomponent",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="component_key_once"),
        ),
        migrations.AddIndex(
            model_name="proceduretag",
            index=models.Index(fields=["kind", "value"], name="procedure_tag_value"),
        ),
        migrations.AddConstraint(
            model_name="proceduretag",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("procedure", "="), ("kind", "="), ("value", "="), ("valid", "&&")],
                name="procedure_tag_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(fields=("procedure", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "published")),
                expressions=[("procedure", "="), ("effective", "&&")],
                name="one_version_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(
                        ("snapshot__isnull", False),
                        models.Q(("digest", ""), _negated=True),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="published_version_has_snapshot",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="version_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("effective__isempty", False)), name="effect_is_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="procedurecase",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="case_key_once"),
        ),
    ]
