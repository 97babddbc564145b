"""What holds for drafts and their papers, once the rows are there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0016_drafts")]
    operations = [
        migrations.RemoveField("draft", "papers_before"),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answers_id__isnull", False)),
                fields=("owner_id", "answers_id", "answers_revision"),
                name="draft_answers_once",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("dossier_id__isnull", True)),
                fields=["owner_id", "-saved_at"],
                name="draft_unsent",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftpaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("file_id__isnull", False)),
                fields=("draft", "component_key", "file_id"),
                name="draft_file_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftpaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_presented", True)),
                fields=("draft", "component_key"),
                name="draft_presented_once",
            ),
        ),
    ]
