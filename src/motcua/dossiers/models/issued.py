"""What the dossier brings forth: statutory forms and results."""

from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.passage import Passage
from motcua.kernel.ids import new_id


class IssuedForm(models.Model):
    """A statutory form (01–07) as issued: its content is frozen here, the PDF is typeset from it in the background."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="forms")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="+", db_index=False)
    code = models.TextField()
    content = models.JSONField()
    issued_at = models.DateTimeField()
    #: As typeset, to be printed at once and signed by hand; `signed_file_id` the same signed digitally, where a key is at hand.
    file_id = models.UUIDField(null=True)
    signed_file_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["issued_at"]


class ResultDraft(models.Model):
    """What an officer has filled in of a result that is not proposed yet; `revision` counts its savings.

    `content` and `template` are those of the document that grants; `note` and `ground` are what a refusal would say.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="result_draft")
    outcome = models.TextField()
    template = models.TextField()
    content = models.JSONField(default=dict)
    note = models.TextField(default="")
    ground = models.TextField(default="")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by_id = models.UUIDField(null=True)
    saved_by_name = models.TextField(default="")


class NumberRequest(models.Model):
    """A personal number asked of the population register for the child of a dossier; asked until it answers."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="number_request")
    asked_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    #: Code of the last refusal of the register, and whether asking again may help.
    fault = models.TextField(default="")
    is_waiting = models.BooleanField(default=True)
    number = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["tried_at"], condition=models.Q(is_waiting=True), name="number_request_waiting"
            )
        ]


class Result(models.Model):
    """A result of the dossier: drafted, signed, sealed, issued and handed over are facts with times of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="results")
    type_code = models.TextField(default="")
    title = models.TextField()
    outcome = models.TextField()
    #: The exact template the content was written for (`birth-certificate@2020-07-16`); empty for a drafted PDF of one's own
    #: and for results made before templates.
    template = models.TextField(default="", db_default="")
    content = models.JSONField(default=dict)
    number = models.PositiveIntegerField(null=True)
    symbol = models.TextField(default="")
    #: When the number was taken, and from whose book.
    numbered_at = models.DateTimeField(null=True)
    book_agency_id = models.UUIDField(null=True)
    verification_code = models.TextField(default="")
    draft_file_id = models.UUIDField(null=True)
    #: The draft is a file of the officer's, not set in type from the content.
    is_draft_given = models.BooleanField(default=False, db_default=False)
    #: For whose signature the draft was set in type: it names them.
    drafted_for_id = models.UUIDField(null=True)
    signed_file_id = models.UUIDField(null=True)
    sealed_file_id = models.UUIDField(null=True)
    paper_id = models.UUIDField(null=True)
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by_id = models.UUIDField(null=True)
    signed_by_name = models.TextField(default="")
    on_behalf_of_id = models.UUIDField(null=True)
    sealed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_to = models.TextField(default="")
    proof = models.TextField(default="")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", db_index=False
    )
    replaced_reason = models.TextField(default="")

    class Meta:
        ordering = ["drafted_at"]
        indexes = [
            models.Index(fields=["sealed_file_id"], name="result_sealed_file"),
            models.Index(fields=["book_agency_id", "numbered_at"], name="result_in_book"),
        ]
