from django.db import migrations, models

#: What was sealed at the scan desk before copies remembered it.
_SEALED_BEFORE = """
UPDATE documents_scanpaper AS copy SET sealed_at = attempt.at
FROM documents_signatureattempt AS attempt
WHERE attempt.signed_file_id = copy.file_id AND attempt.kind = 'copy_seal' AND attempt.outcome = 'signed'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_background_binding"),
    ]

    operations = [
        migrations.AddField(
            model_name="scanpaper",
            name="seal_waived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="scanpaper",
            name="seal_waived_by_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="scanpaper",
            name="sealed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="scanpaper",
            index=models.Index(
                condition=models.Q(
                    ("seal_waived_at__isnull", True),
                    ("sealed_at__isnull", True),
                    ("signed_at__isnull", False),
                ),
                fields=["batch", "signed_at"],
                name="scan_paper_to_seal",
            ),
        ),
        migrations.RunSQL(_SEALED_BEFORE, migrations.RunSQL.noop),
    ]
