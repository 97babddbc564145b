"""What a request asked for, to tell a repetition from another request with the same key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_letters_alike")]
    operations = [
        migrations.AddField(
            model_name="dossier",
            name="request_digest",
            field=models.TextField(db_default="", default=""),
        ),
    ]
