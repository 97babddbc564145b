"""Keys that may sign, and every attempt made with them."""

from django.db import models
from django.db.models import Q

from motcua.documents.words import SignatureKind
from motcua.kernel.ids import new_id


class KeyPlace(models.TextChoices):
    """Where the private key lives."""

    TOKEN = "token"  # noqa: S105 - the kind of place, not a secret
    FILE = "file"


class SigningKey(models.Model):
    """A key entrusted to a person (their own signature) or to an agency (its seal). The private key is never here.

    `label` names the token, or the PKCS#12 file below the key folder; `fingerprint` is the SHA-256 of the certificate.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    label = models.TextField(unique=True)
    place = models.TextField(choices=KeyPlace.choices, default=KeyPlace.TOKEN)
    account = models.ForeignKey("directory.Account", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("directory.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.TextField()
    fingerprint = models.CharField(max_length=64)
    image = models.ForeignKey("documents.FileRecord", null=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, agency=None) | Q(account=None, agency__isnull=False),
                name="signing_key_one_holder",
            )
        ]


class AttemptOutcome(models.TextChoices):
    SIGNED = "signed"
    FAILED = "failed"


class SignatureAttempt(models.Model):
    """One attempt, successful or not. Rows are only added. Plain ids: the attempt outlives what it was about."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_id = models.UUIDField()
    signed_file_id = models.UUIDField(null=True)
    key_label = models.TextField()
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in SignatureKind])
    level = models.TextField()
    account_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    milliseconds = models.IntegerField()
    outcome = models.TextField(choices=AttemptOutcome.choices)
    error_code = models.TextField(default="", blank=True)
    certificate_serial = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=AttemptOutcome.SIGNED, error_code="", signed_file_id__isnull=False)
                | (Q(outcome=AttemptOutcome.FAILED, signed_file_id=None) & ~Q(error_code="")),
                name="attempt_outcome_complete",
            )
        ]
        indexes = [
            models.Index(fields=["file_id", "at"], name="attempt_of_file"),
            models.Index(fields=["key_label", "at"], name="attempt_of_key"),
        ]


class SignedRevision(models.Model):
    """A state of a file as one of its signatures fixed it, by its digest: the name under which its content is found again.

    Rows are only added, when a file is signed: the digest of every signed revision in the result.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey("documents.FileRecord", on_delete=models.PROTECT, related_name="+")
    #: Of the signatures of people, the first is 0.
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "file"], name="signed_revision_once")]
