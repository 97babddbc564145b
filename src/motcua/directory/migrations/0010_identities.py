"""Electronic identities: which account they open, what did not agree. A link made behind the services is found (record of rows)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.kernel.ids

RECORD = """
SELECT record_rows('directory_linkedidentity',
  ARRAY['id', 'issuer', 'subject', 'account_id', 'linked_at', 'linked_by_id', 'ended_at'], '', ARRAY['DELETE']);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_more_changes_of_access"),
        ("kernel", "0009_cheaper_record"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accessrecord",
            name="change",
            field=models.TextField(
                choices=[
                    ("role_given", "role_given"),
                    ("role_ended", "role_ended"),
                    ("password_reset", "password_reset"),
                    ("password_changed", "password_changed"),
                    ("second_factor_set", "second_factor_set"),
                    ("second_factor_removed", "second_factor_removed"),
                    ("signing_delegated", "signing_delegated"),
                    ("switch_thrown", "switch_thrown"),
                    ("key_entrusted", "key_entrusted"),
                    ("key_withdrawn", "key_withdrawn"),
                    ("token_issued", "token_issued"),
                    ("token_revoked", "token_revoked"),
                    ("log_in_unlocked", "log_in_unlocked"),
                    ("identity_linked", "identity_linked"),
                ]
            ),
        ),
        migrations.CreateModel(
            name="ProviderSession",
            fields=[
                ("session_key", models.TextField(primary_key=True, serialize=False)),
                ("issuer", models.TextField()),
                ("subject", models.TextField()),
                ("session_id", models.TextField(blank=True, default="")),
                ("began_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["issuer", "subject"], name="provider_session_of_person")],
            },
        ),
        migrations.CreateModel(
            name="IdentityConflict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("issuer", models.TextField()),
                ("subject", models.TextField()),
                ("said", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.TextField(
                        blank=True,
                        choices=[("same", "same"), ("other", "other"), ("refused", "refused")],
                        default="",
                    ),
                ),
                ("ground", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.UUIDField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("issuer", "subject"),
                        name="one_open_conflict_per_identity",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkedIdentity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("issuer", models.TextField()),
                ("subject", models.TextField()),
                ("level", models.SmallIntegerField()),
                ("linked_at", models.DateTimeField()),
                ("linked_by_id", models.UUIDField(null=True)),
                ("last_used_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account"], name="identity_of_account")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("issuer", "subject"),
                        name="one_account_per_identity",
                    )
                ],
            },
        ),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
    ]
