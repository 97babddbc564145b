"""Tables of the directory."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.directory.models.territory
import motcua.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("kernel", "0001_foundation")]

    operations = [
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField(choices=[("person", "person"), ("organisation", "organisation")])),
                ("full_name", models.TextField()),
                ("phone", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="")),
                ("address", models.TextField(blank=True, default="")),
                ("registered_at", models.DateTimeField()),
                (
                    "search_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=motcua.directory.models.territory.Fold(models.F("full_name")),
                        output_field=models.TextField(),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RolePolicy",
            fields=[
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("reception", "reception"),
                            ("head_one_stop", "head_one_stop"),
                            ("assigner", "assigner"),
                            ("case_officer", "case_officer"),
                            ("coordinating_officer", "coordinating_officer"),
                            ("leader", "leader"),
                            ("seal_clerk", "seal_clerk"),
                            ("cashier", "cashier"),
                            ("return_officer", "return_officer"),
                            ("supervisor", "supervisor"),
                            ("catalogue_manager", "catalogue_manager"),
                            ("administrator", "administrator"),
                            ("auditor", "auditor"),
                            ("postal_agent", "postal_agent"),
                        ],
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("requires_second_factor", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.TextField(unique=True)),
                ("full_name", models.TextField()),
                ("phone", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.TextField()),
                ("code_qcvn", models.TextField(blank=True, null=True)),
                ("name", models.TextField()),
                ("name_en", models.TextField(blank=True, default="")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("province_committee", "province_committee"),
                            ("province_office", "province_office"),
                            ("province_centre", "province_centre"),
                            ("department", "department"),
                            ("district_committee", "district_committee"),
                            ("commune_committee", "commune_committee"),
                            ("commune_centre", "commune_centre"),
                            ("division", "division"),
                            ("postal_point", "postal_point"),
                        ]
                    ),
                ),
                (
                    "level",
                    models.TextField(
                        choices=[
                            ("ministry", "ministry"),
                            ("province", "province"),
                            ("district", "district"),
                            ("commune", "commune"),
                        ]
                    ),
                ),
                (
                    "field_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_one_stop", models.BooleanField(default=False)),
                ("address", models.TextField(blank=True, default="")),
                ("phone", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="")),
                ("opened_by", models.TextField(blank=True, default="")),
                ("closed_by", models.TextField(blank=True, default="")),
                (
                    "search_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=motcua.directory.models.territory.Fold(models.F("name")),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="directory.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("decision_number", models.TextField()),
                ("decided_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_reason", models.TextField(blank=True, default="")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.agency"
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.staff"
                    ),
                ),
                (
                    "delegator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.staff"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DirectoryRevision",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("stamp", models.UUIDField(default=motcua.kernel.ids.new_id)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="directory_revision_single")
                ],
            },
        ),
        migrations.CreateModel(
            name="LogInThrottle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("username", models.TextField(blank=True)),
                ("address", models.TextField()),
                ("failures", models.IntegerField(default=0)),
                ("last_failed_at", models.DateTimeField()),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["last_failed_at"], name="throttle_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("username", "address"), name="throttle_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyCorrection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("detail", models.TextField()),
                ("before", models.TextField(null=True)),
                ("after", models.TextField(null=True)),
                ("reason", models.TextField()),
                ("by_account_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="directory.party",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.TextField()),
                ("title_en", models.TextField(blank=True, default="")),
                ("may_sign", models.BooleanField(default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DelegatedScope",
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
                        choices=[("procedure", "procedure"), ("field", "field"), ("all", "all")]
                    ),
                ),
                ("code", models.TextField(blank=True, default="")),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.agency"
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scopes",
                        to="directory.delegation",
                    ),
                ),
                (
                    "delegator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.staff"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("reception", "reception"),
                            ("head_one_stop", "head_one_stop"),
                            ("assigner", "assigner"),
                            ("case_officer", "case_officer"),
                            ("coordinating_officer", "coordinating_officer"),
                            ("leader", "leader"),
                            ("seal_clerk", "seal_clerk"),
                            ("cashier", "cashier"),
                            ("return_officer", "return_officer"),
                            ("supervisor", "supervisor"),
                            ("catalogue_manager", "catalogue_manager"),
                            ("administrator", "administrator"),
                            ("auditor", "auditor"),
                            ("postal_agent", "postal_agent"),
                        ]
                    ),
                ),
                ("decision", models.TextField(blank=True, default="")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="directory.agency",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.post",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="directory.staff",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("username", models.TextField(unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("language", models.TextField(default="vi")),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.party",
                    ),
                ),
                (
                    "staff",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="directory.staff",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "level",
                    models.TextField(
                        choices=[("province", "province"), ("district", "district"), ("commune", "commune")]
                    ),
                ),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("full_name", models.TextField()),
                ("full_name_en", models.TextField(blank=True, default="")),
                ("area_km2", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("decree", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                (
                    "search_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=motcua.directory.models.territory.Fold(models.F("full_name")),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="directory.territory",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="party",
            name="territory",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.territory",
            ),
        ),
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("weekday", models.SmallIntegerField()),
                ("intervals", models.JSONField()),
                ("source", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="office_hours",
                        to="directory.agency",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.territory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DayOverride",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("is_worked", models.BooleanField()),
                ("name", models.TextField()),
                ("source", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.territory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("geometry", models.JSONField()),
                ("source", models.TextField()),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boundaries",
                        to="directory.territory",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="agency",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.territory"
            ),
        ),
        migrations.CreateModel(
            name="TerritorySuccession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("share_numerator", models.IntegerField(default=1)),
                ("share_denominator", models.IntegerField(default=1)),
                ("is_main", models.BooleanField(default=True)),
                ("decree", models.TextField()),
                ("effective_on", models.DateField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="directory.territory",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="directory.territory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencySuccession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("decision", models.TextField()),
                ("effective_on", models.DateField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="directory.agency",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="directory.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="agency_succession_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="agency_not_own_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("digest", models.TextField(unique=True)),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account"], name="api_token_of_account")],
            },
        ),
        migrations.CreateModel(
            name="OrganisationDetail",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="organisation",
                        serialize=False,
                        to="directory.party",
                    ),
                ),
                ("tax_code", models.TextField(null=True, unique=True)),
                ("enterprise_number", models.TextField(null=True, unique=True)),
                ("trade_name", models.TextField(blank=True, default="")),
                (
                    "legal_representative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.party",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonDetail",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="person",
                        serialize=False,
                        to="directory.party",
                    ),
                ),
                ("personal_number", models.TextField(null=True, unique=True)),
                ("old_number", models.TextField(null=True)),
                ("birth_on", models.DateField(null=True)),
                ("sex", models.TextField(choices=[("male", "male"), ("female", "female")], null=True)),
                ("nationality", models.TextField(default="VN")),
            ],
            options={
                "indexes": [models.Index(fields=["old_number"], name="person_old_number")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personal_number", None),
                            ("personal_number__regex", "^\\d{12}$"),
                            _connector="OR",
                        ),
                        name="personal_number_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("old_number", None), ("old_number__regex", "^\\d{9}$"), _connector="OR"
                        ),
                        name="old_number_shape",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("agency", "="), ("title", "="), ("validity", "&&")], name="post_once_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(fields=["delegate", "agency"], name="delegation_of_delegate"),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("delegator", models.F("delegate")), _negated=True),
                name="delegation_not_to_self",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision_number", ""), _negated=True), name="delegation_by_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegatedscope",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("delegator", "="),
                    ("agency", "="),
                    ("kind", "="),
                    ("code", "="),
                    ("validity", "&&"),
                ],
                name="signing_delegated_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegatedscope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), ("kind", "all")),
                    models.Q(models.Q(("kind", "all"), _negated=True), models.Q(("code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delegated_scope_said",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["agency", "role"], name="assignment_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("staff", "="), ("agency", "="), ("role", "="), ("validity", "&&")],
                name="role_held_once",
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["party"], name="account_of_party"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("party__isnull", False), ("staff", None)),
                    models.Q(("party", None), ("staff__isnull", False)),
                    _connector="OR",
                ),
                name="account_of_staff_or_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("username__regex", "^[a-z0-9][a-z0-9._-]{1,63}$")),
                name="account_username_shape",
            ),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("search_name"), name="gin_trgm_ops"),
                name="territory_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("level", "="), ("code", "="), ("validity", "&&")],
                name="territory_code_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__regex", "^\\d{2}$"), ("level", "province")),
                    models.Q(("code__regex", "^\\d{3}$"), ("level", "district")),
                    models.Q(("code__regex", "^\\d{5}$"), ("level", "commune")),
                    _connector="OR",
                ),
                name="territory_code_fits_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "province"), ("parent", None)),
                    models.Q(models.Q(("level", "province"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="territory_parent_fits_level",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("search_name"), name="gin_trgm_ops"),
                name="party_search",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="party_phone"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("full_name", ""), _negated=True), name="party_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="officehours",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("agency", "="), ("weekday", "="), ("validity", "&&")],
                name="office_hours_of_agency_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="officehours",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("territory", "="), ("weekday", "="), ("validity", "&&")],
                name="office_hours_of_territory_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="officehours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", None), ("territory__isnull", False)),
                    models.Q(("agency__isnull", False), ("territory", None)),
                    _connector="OR",
                ),
                name="office_hours_of_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="officehours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__range", (0, 6))), name="office_hours_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="dayoverride",
            constraint=models.UniqueConstraint(
                fields=("agency", "territory", "day"), name="day_override_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="dayoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency", None), ("territory", None), _connector="OR"),
                name="day_override_of_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="boundary",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("territory", "="), ("validity", "&&")], name="boundary_once_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="agency",
            index=models.Index(fields=["territory", "kind"], name="agency_of_territory"),
        ),
        migrations.AddIndex(
            model_name="agency",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("search_name"), name="gin_trgm_ops"),
                name="agency_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("code", "="), ("validity", "&&")], name="agency_code_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Z][0-9]{2}(\\.[0-9A-Z]{1,6})*$")),
                name="agency_code_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="territorysuccession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor", "effective_on"), name="territory_succession_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="territorysuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share_denominator__gte", models.F("share_numerator")), ("share_numerator__gt", 0)
                ),
                name="territory_share_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="territorysuccession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_main", True)),
                fields=("predecessor", "effective_on"),
                name="territory_one_main_successor",
            ),
        ),
    ]
