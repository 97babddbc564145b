"""How many wrong PINs in a row a key has seen is asked by key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_what_the_malware_scanner_said")]

    operations = [
        migrations.AddIndex(
            model_name="signatureattempt",
            index=models.Index(fields=["key_label", "at"], name="attempt_of_key"),
        ),
    ]
