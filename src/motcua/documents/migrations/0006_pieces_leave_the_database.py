"""Pieces of transfers lie on disk now; a transfer under way at that moment begins again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_digitization_counter")]

    operations = [
        migrations.RunSQL(
            "UPDATE documents_upload SET state = 'abandoned' WHERE state = 'open'", migrations.RunSQL.noop
        ),
        migrations.DeleteModel(name="UploadChunk"),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["begun_by_id"], name="upload_open_of"
            ),
        ),
    ]
