"""Files kept, and uploads on their way to become one."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from motcua.documents.words import MalwareVerdict
from motcua.kernel.ids import new_id


class FileQuerySet(models.QuerySet["FileRecord"]):
    def to_check(self, largest: int) -> Self:
        """Not checked for malware yet, and not too large (bytes) for it; those nobody asked about yet first, then the oldest."""
        waiting = self.filter(malware=MalwareVerdict.UNCHECKED, size__lte=largest)
        return waiting.order_by(F("checked_at").asc(nulls_first=True), "id")


class FileRecord(models.Model):
    """One keeping of some bytes: the bytes are in the content store under `sha256`; two keepings may share them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.TextField()
    pages = models.IntegerField(null=True)
    filename = models.TextField()
    owner_party = models.ForeignKey("directory.Party", null=True, on_delete=models.PROTECT, related_name="+")
    kept_by_id = models.UUIDField(null=True)
    kept_at = models.DateTimeField()
    #: What the malware scanner said: the verdict, why it has none or what it found, by which signatures, and when.
    malware = models.TextField(default=MalwareVerdict.UNCHECKED)
    malware_note = models.TextField(default="", blank=True)
    checked_by = models.TextField(default="", blank=True)
    checked_at = models.DateTimeField(null=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(malware__in=[str(one) for one in MalwareVerdict]), name="file_malware_verdict"
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_digest_shape"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="file_digest"),
            models.Index(fields=["owner_party", "-kept_at"], name="file_of_party"),
            models.Index(fields=["id"], name="file_unchecked", condition=Q(malware="unchecked")),
        ]


class UploadState(models.TextChoices):
    OPEN = "open"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class UploadQuerySet(models.QuerySet["Upload"]):
    def idle_since(self, moment: datetime) -> Self:
        """Open, and nothing received since `moment`."""
        return self.filter(state=UploadState.OPEN, touched_at__lt=moment)

    def begun_before(self, moment: datetime) -> Self:
        return self.filter(state=UploadState.OPEN, begun_at__lt=moment)


class Upload(models.Model):
    """A transfer in pieces; `received` is the offset (bytes) at which the next piece begins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    filename = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, default="", blank=True)
    received = models.BigIntegerField(default=0)
    state = models.TextField(choices=UploadState.choices, default=UploadState.OPEN)
    owner_party = models.ForeignKey("directory.Party", null=True, on_delete=models.PROTECT, related_name="+")
    begun_by_id = models.UUIDField(null=True)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    file = models.ForeignKey(FileRecord, null=True, on_delete=models.PROTECT, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received__gte=0) & Q(received__lte=F("size")), name="upload_received_within_size"
            ),
            models.CheckConstraint(
                condition=Q(state=UploadState.FINISHED, file__isnull=False)
                | (~Q(state=UploadState.FINISHED) & Q(file__isnull=True)),
                name="upload_finished_has_file",
            ),
        ]
        indexes = [
            models.Index(fields=["touched_at"], name="upload_open", condition=Q(state=UploadState.OPEN)),
            models.Index(fields=["begun_by_id"], name="upload_open_of", condition=Q(state=UploadState.OPEN)),
        ]
