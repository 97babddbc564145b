"""A person's unfinished application, or unfinished answer to a request for more; it never vanishes until it is sent or its
owner throws it away.
"""

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id


class Draft(models.Model):
    """`version_id` and `form_digest` say which procedure version and form it was begun on.

    `history` are its latest changes, answer by answer (`rules.merging`), with `forgotten` the last revision of which they
    no longer tell. With `answers_id` the draft answers the request for more that stands at `answers_revision` in the story
    of that dossier, and `answers_form` is the dossier's form as it was when the answer began (None in rows of the time
    before it was kept): only what differs from it is the citizen's. `corrects_id` is a dossier that was taken back so that
    this draft can be put right and sent again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_id = models.UUIDField(db_index=True)
    version_id = models.UUIDField()
    case_key = models.TextField()
    receiving_id = models.UUIDField(null=True)
    form_digest = models.TextField(default="")
    form_data = models.JSONField(default=dict)
    applicant_id = models.UUIDField(null=True)
    mandate = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    return_way = models.TextField(default="counter")
    notes = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    history = models.JSONField(default=list)
    forgotten = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    dossier_id = models.UUIDField(null=True)
    answers_id = models.UUIDField(null=True)
    answers_revision = models.PositiveIntegerField(default=0)
    answers_form = models.JSONField(null=True)
    corrects_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "answers_id", "answers_revision"],
                condition=Q(answers_id__isnull=False),
                name="draft_answers_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["owner_id", "-saved_at"], condition=Q(dossier_id__isnull=True), name="draft_unsent"
            )
        ]


class DraftPaper(models.Model):
    """One paper of a draft: a file, a paper of the warehouse, or the promise to show it. Attaching is an insert."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="papers")
    component_key = models.TextField()
    file_id = models.UUIDField(null=True)
    paper_id = models.UUIDField(null=True)
    filename = models.TextField(default="")
    size = models.BigIntegerField(default=0)
    is_presented = models.BooleanField(default=False)
    reused = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "component_key", "file_id"],
                condition=Q(file_id__isnull=False),
                name="draft_file_once",
            ),
            models.UniqueConstraint(
                fields=["draft", "component_key"],
                condition=Q(is_presented=True),
                name="draft_presented_once",
            ),
        ]
