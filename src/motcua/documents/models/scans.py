"""Scanned batches: files come in, pages are the units of work, papers are what the pages turn out to be."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from motcua.documents.models.files import FileRecord
from motcua.documents.models.papers import Paper
from motcua.documents.rules.scans import SCANNING_PERMISSIONS, SEALING_PERMISSION
from motcua.documents.words import BatchSource, FileState, ScanState
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind
from motcua.kernel.ids import new_id


class ScanBatchQuerySet(models.QuerySet["ScanBatch"]):
    def visible_to(self, actor: Actor) -> Self:
        """Batches of agencies in which the actor receives or appraises; nothing for anybody else."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is not ActorKind.OFFICER:
            return self.none()
        agencies = frozenset().union(*(actor.agencies_with(each) for each in SCANNING_PERMISSIONS))
        return self if EVERYWHERE in agencies else self.filter(agency_id__in=agencies)

    def unbound(self) -> Self:
        return self.filter(bound_at=None)


class ScanBatch(models.Model):
    """One sitting at the scanner, usually the papers of one dossier. `dossier_*` is what it was bound to: plain ids."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="+", db_index=False)
    source = models.TextField(choices=[(source.value, source.value) for source in BatchSource])
    title = models.TextField(default="", blank=True)
    counter = models.TextField(default="", blank=True)
    dossier_code = models.TextField(default="", blank=True)
    dossier_id = models.UUIDField(null=True)
    #: Why the work on all of it stands still (no engine, no disk, a refused binding), empty while it goes on.
    problem = models.TextField(default="", blank=True)
    problem_code = models.TextField(default="", blank=True)
    problem_params = models.JSONField(default=dict, blank=True)
    opened_by_id = models.UUIDField(null=True)
    opened_by_name = models.TextField(default="", blank=True)
    opened_at = models.DateTimeField()
    split_at = models.DateTimeField(null=True)
    #: What somebody asked to be bound (dossier, owner, components of the papers); the work is done in the background.
    binding = models.JSONField(default=dict, blank=True)
    binding_asked_at = models.DateTimeField(null=True)
    bound_at = models.DateTimeField(null=True)
    bound_by_id = models.UUIDField(null=True)
    #: Seconds of somebody's work between the papers being there to look at and their being bound; last act.
    touched_at = models.DateTimeField(null=True)
    seconds_at_desk = models.IntegerField(default=0)

    objects = ScanBatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("agency"), F("id").desc(), name="batch_of_agency"),
            models.Index(
                F("agency"), F("id").desc(), condition=Q(bound_at__isnull=True), name="batch_unbound"
            ),
        ]


class ScanFile(models.Model):
    """A file of a batch. `readable_sha256`: the PDF made of an office document, where there is one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ScanBatch, models.CASCADE, related_name="files")
    file = models.ForeignKey(FileRecord, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    order = models.PositiveIntegerField()
    state = models.TextField(
        choices=[(state.value, state.value) for state in FileState], default=FileState.WAITING
    )
    problem = models.TextField(default="", blank=True)
    problem_code = models.TextField(default="", blank=True)
    problem_params = models.JSONField(default=dict, blank=True)
    readable_sha256 = models.CharField(max_length=64, default="", blank=True)
    is_signed = models.BooleanField(default=False)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="scan_file_once"),
            models.UniqueConstraint(fields=["batch", "order"], name="scan_file_in_order"),
        ]
        indexes = [models.Index(fields=["sha256"], name="scan_file_digest")]


class ScanPaperQuerySet(models.QuerySet["ScanPaper"]):
    def sealed_by(self, actor: Actor) -> Self:
        """Copies signed in agencies whose seal the actor keeps; nothing for anybody else. Originals are not copies."""
        if actor.kind is not ActorKind.OFFICER:
            return self.none()
        agencies = actor.agencies_with(SEALING_PERMISSION)
        copies = self.filter(signed_at__isnull=False, is_original_kept=False)
        return copies if EVERYWHERE in agencies else copies.filter(batch__agency_id__in=agencies)

    def waiting_for_seal(self) -> Self:
        return self.filter(sealed_at=None, seal_waived_at=None)


class ScanPaper(models.Model):
    """Pages that are one paper. Editable until it is bound; then `paper` says what was recorded.

    A signed copy waits for the agency's seal until it has it or the clerk says that it needs none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ScanBatch, models.CASCADE, related_name="papers")
    order = models.PositiveIntegerField()
    ground = models.TextField(default="", blank=True)
    confidence = models.FloatField(default=0.0)
    kind = models.TextField(default="", blank=True)
    kind_confidence = models.FloatField(default=0.0)
    dossier_code = models.TextField(default="", blank=True)
    component = models.TextField(default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.UUIDField(null=True)
    file = models.ForeignKey(FileRecord, models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    code = models.TextField(default="", blank=True)
    is_original_kept = models.BooleanField(default=False)
    bound_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    seal_waived_at = models.DateTimeField(null=True)
    seal_waived_by_id = models.UUIDField(null=True)

    objects = ScanPaperQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        indexes = [
            models.Index(fields=["batch", "order"], name="scan_paper_order"),
            models.Index(
                fields=["batch", "signed_at"],
                name="scan_paper_to_seal",
                condition=Q(signed_at__isnull=False, sealed_at__isnull=True, seal_waived_at__isnull=True),
            ),
        ]


class ScanPageQuerySet(models.QuerySet["ScanPage"]):
    def claimable(self, now: datetime) -> Self:
        """Nobody works on it: never begun, or its worker has gone."""
        return self.filter(Q(state=ScanState.WAITING) | Q(state=ScanState.WORKING, leased_until__lt=now))

    def to_read_again(self) -> Self:
        """Turned by hand since they were read; a born-digital page needs no reading, it is turned when it is bound."""
        turned = self.settled().exclude(rotation=0).filter(is_born_digital=False, batch__bound_at=None)
        return turned.exclude(preview_sha256="").exclude(paper__bound_at__isnull=False)

    def settled(self) -> Self:
        return self.exclude(state__in=[ScanState.WAITING, ScanState.WORKING])


class ScanPage(models.Model):
    """One page: the unit of work. `number` is its place in the record as scanned and never changes; `order` can.

    Digests point into the content store: `result` (words with places and confidences, JSON), `hocr`, `picture` (only
    where one had to be made), `preview` (a JPEG to look at), `thumb`, and `tiles` (the deep view of a large sheet).
    `rotation` is a turn by hand on top of the result; `turned` is what of it the result has already been read with.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ScanBatch, models.CASCADE, related_name="pages", db_index=False)
    file = models.ForeignKey(ScanFile, models.CASCADE, related_name="page_rows")
    paper = models.ForeignKey(ScanPaper, models.SET_NULL, null=True, related_name="pages")
    index = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    order = models.PositiveIntegerField()
    role = models.TextField(default="", blank=True)
    state = models.TextField(choices=[(state.value, state.value) for state in ScanState])
    leased_until = models.DateTimeField(null=True)
    rotation = models.PositiveSmallIntegerField(default=0)
    turned = models.PositiveSmallIntegerField(default=0)
    is_dropped = models.BooleanField(default=False)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    dpi = models.FloatField(default=0.0)
    confidence = models.FloatField(default=0.0)
    findings = models.JSONField(default=dict)
    problem = models.TextField(default="", blank=True)
    problem_code = models.TextField(default="", blank=True)
    problem_params = models.JSONField(default=dict, blank=True)
    is_born_digital = models.BooleanField(default=False)
    result_sha256 = models.CharField(max_length=64, default="", blank=True)
    hocr_sha256 = models.CharField(max_length=64, default="", blank=True)
    picture_sha256 = models.CharField(max_length=64, default="", blank=True)
    picture_ending = models.TextField(default="", blank=True)
    preview_sha256 = models.CharField(max_length=64, default="", blank=True)
    thumb_sha256 = models.CharField(max_length=64, default="", blank=True)
    tiles_sha256 = models.CharField(max_length=64, default="", blank=True)
    finished_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by_id = models.UUIDField(null=True)

    objects = ScanPageQuerySet.as_manager()

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "index"], name="scan_page_once"),
            models.CheckConstraint(
                condition=Q(rotation__in=[0, 90, 180, 270]) & Q(turned__in=[0, 90, 180, 270]),
                name="scan_page_quarter_turns",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[ScanState.DONE.value, ScanState.DOUBTFUL.value, ScanState.BLANK.value]
                )
                | ~Q(result_sha256=""),
                name="scan_page_read_has_result",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "order"], name="scan_page_order"),
            models.Index(
                fields=["batch", "order"],
                name="scan_page_to_do",
                condition=Q(state__in=[ScanState.WAITING.value, ScanState.WORKING.value]),
            ),
            models.Index(
                fields=["-id"],
                name="scan_page_doubtful",
                condition=Q(
                    state__in=[ScanState.DOUBTFUL.value, ScanState.FAILED.value], checked_at__isnull=True
                ),
            ),
        ]


class ScanField(models.Model):
    """A value read from a paper, beside what a person made of it. `box`: left, top, right, bottom in pixels of the sheet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paper = models.ForeignKey(ScanPaper, models.CASCADE, related_name="fields")
    order = models.PositiveSmallIntegerField()
    key = models.TextField()
    read_value = models.TextField(default="", blank=True)
    value = models.TextField(default="", blank=True)
    confidence = models.FloatField(default=0.0)
    is_doubtful = models.BooleanField(default=False)
    page = models.ForeignKey(ScanPage, models.SET_NULL, null=True, related_name="+")
    box = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["paper", "key"], name="scan_field_once")]


class ScanStep(models.Model):
    """One rearrangement, with the arrangement before it: what "undo" goes back to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ScanBatch, models.CASCADE, related_name="steps")
    kind = models.TextField()
    before = models.JSONField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["-id"]
