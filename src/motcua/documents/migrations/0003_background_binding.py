from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_scanned_batches"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="scanpage",
            name="scan_page_quarter_turns",
        ),
        migrations.AddField(
            model_name="scanbatch",
            name="binding",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="scanbatch",
            name="binding_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="scanbatch",
            name="problem_code",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="scanbatch",
            name="problem_params",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="scanfile",
            name="problem_params",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="scanpage",
            name="problem_code",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="scanpage",
            name="problem_params",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="scanpage",
            name="tiles_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="scanpage",
            name="turned",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="scanpage",
            constraint=models.CheckConstraint(
                condition=models.Q(("rotation__in", [0, 90, 180, 270]), ("turned__in", [0, 90, 180, 270])),
                name="scan_page_quarter_turns",
            ),
        ),
    ]
