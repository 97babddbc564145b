"""One count of tries for every scope, process and node; replaces that of log-in alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_seals")]

    operations = [
        migrations.CreateModel(
            name="ThrottleCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scope", models.TextField()),
                ("subject", models.TextField(blank=True)),
                ("network", models.TextField(blank=True)),
                ("failures", models.IntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("locked_until", models.DateTimeField(null=True)),
                ("right_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["last_at"], name="throttle_last_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["scope", "subject", "network"], name="throttle_counted_once"
                    ),
                    models.CheckConstraint(
                        condition=~Q(subject="") | ~Q(network=""), name="throttle_of_somebody"
                    ),
                ],
            },
        ),
    ]
