"""An unsent answer keeps the form as it was when it began, to tell what the citizen changed from what the agency did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0019_slips_at_the_door"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="answers_form",
            field=models.JSONField(null=True),
        ),
    ]
