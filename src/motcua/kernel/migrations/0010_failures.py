"""What made background work fail, kept beside the queue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0009_cheaper_record")]

    operations = [
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.TextField()),
                ("place", models.TextField(blank=True)),
                ("failed_at", models.DateTimeField()),
            ],
        ),
    ]
