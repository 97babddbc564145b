"""What takes two administrators, the trace of every change of access, and passwords that serve for one log-in.

The count of wrong log-ins moved to the kernel, where every scope shares it.
"""

import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.ids

RECORD = """
SELECT record_rows('directory_accessrecord',
  ARRAY['id', 'change', 'staff_id', 'account_id', 'agency_id', 'before', 'after', 'ground', 'by_account_id',
    'confirmed_by_id', 'request_id', 'at'], '', ARRAY['UPDATE', 'DELETE']);
SELECT record_rows('directory_accessrequest',
  ARRAY['id', 'act', 'staff_id', 'agency_id', 'role', 'detail', 'ground', 'state', 'asked_by_id', 'asked_at', 'expires_at',
    'decided_by_id', 'decided_at'], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_record_of_accounts"),
        ("kernel", "0008_throttle"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "change",
                    models.TextField(
                        choices=[
                            ("role_given", "role_given"),
                            ("role_ended", "role_ended"),
                            ("password_reset", "password_reset"),
                            ("password_changed", "password_changed"),
                            ("second_factor_set", "second_factor_set"),
                            ("second_factor_removed", "second_factor_removed"),
                            ("signing_delegated", "signing_delegated"),
                            ("switch_thrown", "switch_thrown"),
                        ]
                    ),
                ),
                ("account_id", models.UUIDField(null=True)),
                ("before", models.TextField(blank=True, default="")),
                ("after", models.TextField(blank=True, default="")),
                ("ground", models.TextField(blank=True, default="")),
                ("by_account_id", models.UUIDField(null=True)),
                ("confirmed_by_id", models.UUIDField(null=True)),
                ("request_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.staff",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("give_role", "give_role"),
                            ("reset_password", "reset_password"),
                            ("remove_second_factor", "remove_second_factor"),
                            ("delegate_signing", "delegate_signing"),
                        ]
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        blank=True,
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
                        default="",
                    ),
                ),
                ("detail", models.JSONField(default=dict)),
                ("ground", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "open"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                    ),
                ),
                ("asked_by_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("decided_by_id", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.staff"
                    ),
                ),
            ],
        ),
        migrations.DeleteModel(
            name="LogInThrottle",
        ),
        migrations.AddField(
            model_name="account",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="account",
            name="needs_confirmed_sessions",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="account",
            name="password_set_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="accessrecord",
            index=models.Index(fields=["account_id", "-at"], name="access_record_of_account"),
        ),
        migrations.AddIndex(
            model_name="accessrecord",
            index=models.Index(fields=["-at"], name="access_record_newest"),
        ),
        migrations.AddIndex(
            model_name="accessrequest",
            index=models.Index(fields=["-asked_at"], name="access_request_newest"),
        ),
        migrations.AddConstraint(
            model_name="accessrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(
                        ("decided_by_id__isnull", False),
                        models.Q(("decided_by_id", models.F("asked_by_id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="access_confirmed_by_another",
            ),
        ),
        migrations.RunSQL(RECORD),
    ]
