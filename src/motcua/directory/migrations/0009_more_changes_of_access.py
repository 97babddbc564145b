"""Keys that sign, keys of programs and unlocked log-ins have their lines in the trace of access."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_record_of_assignments")]

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
                ]
            ),
        ),
    ]
