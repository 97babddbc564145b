from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_partial_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="further_levels",
            field=ArrayField(models.TextField(), default=list),
        ),
    ]
