"""Drafts remember their changes, each of their papers is a row, and they may answer a request or correct a dossier."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.ids


def papers_become_rows(apps, schema_editor):
    Draft = apps.get_model("dossiers", "Draft")
    DraftPaper = apps.get_model("dossiers", "DraftPaper")
    for draft in Draft.objects.exclude(papers_before=[]).iterator():
        seen, lines = set(), []
        for paper in draft.papers_before:
            key = (paper.get("component_key", ""), paper.get("file_id"), bool(paper.get("is_presented")))
            if key in seen or not (paper.get("file_id") or paper.get("is_presented")):
                continue
            seen.add(key)
            lines.append(
                DraftPaper(
                    draft=draft,
                    component_key=key[0],
                    file_id=paper.get("file_id"),
                    paper_id=paper.get("paper_id"),
                    filename=paper.get("filename", ""),
                    size=paper.get("size", 0),
                    is_presented=key[2],
                    reused=paper.get("reused", 0),
                    added_at=draft.saved_at,
                )
            )
        DraftPaper.objects.bulk_create(lines)
    # What was changed before is not remembered: pages left open are asked about every difference.
    Draft.objects.update(forgotten=models.F("revision"))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_forms_complete")]
    operations = [
        migrations.RenameField("draft", "papers", "papers_before"),
        migrations.AddField("draft", "notes", models.JSONField(default=dict)),
        migrations.AddField("draft", "history", models.JSONField(default=list)),
        migrations.AddField("draft", "forgotten", models.PositiveIntegerField(default=0)),
        migrations.AddField("draft", "answers_id", models.UUIDField(null=True)),
        migrations.AddField("draft", "answers_revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("draft", "corrects_id", models.UUIDField(null=True)),
        migrations.CreateModel(
            name="DraftPaper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("component_key", models.TextField()),
                ("file_id", models.UUIDField(null=True)),
                ("paper_id", models.UUIDField(null=True)),
                ("filename", models.TextField(default="")),
                ("size", models.BigIntegerField(default=0)),
                ("is_presented", models.BooleanField(default=False)),
                ("reused", models.PositiveSmallIntegerField(default=0)),
                ("added_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="dossiers.draft",
                    ),
                ),
            ],
            options={"ordering": ["added_at", "id"]},
        ),
        migrations.RunPython(papers_become_rows, migrations.RunPython.noop, elidable=False),
    ]
