"""Papers: what a file means. The electronic warehouse of a person or organisation is the papers it owns."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from motcua.documents.models.files import FileRecord
from motcua.documents.rules.papers import ISSUED_SOURCES
from motcua.documents.words import PaperEnding, PaperSource, TrustLevel
from motcua.kernel.ids import new_id


class PaperQuerySet(models.QuerySet["Paper"]):
    def of_party(self, party_id: UUID) -> Self:
        return self.filter(owner_party_id=party_id)

    def in_force(self, on: date) -> Self:
        """Not ended by decision and not past the last day of validity."""
        return self.filter(ending=None).filter(Q(valid_until=None) | Q(valid_until__gte=on))

    def issued(self) -> Self:
        """Those the system vouches for."""
        return self.filter(source__in=[source.value for source in ISSUED_SOURCES])


class Paper(models.Model):
    """One paper. Never edited once recorded, except that it may end: replaced by another, or revoked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(FileRecord, on_delete=models.PROTECT, related_name="papers")
    owner_party = models.ForeignKey("directory.Party", null=True, on_delete=models.PROTECT, related_name="+")
    kind_code = models.TextField()
    title = models.TextField(default="", blank=True)
    number = models.TextField(default="", blank=True)
    symbol = models.TextField(default="", blank=True)
    issuer = models.TextField(default="", blank=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    source = models.TextField(choices=[(source.value, source.value) for source in PaperSource])
    trust = models.TextField(choices=[(level.value, level.value) for level in TrustLevel])
    dossier_code = models.TextField(default="", blank=True)
    verification_code = models.CharField(max_length=32, null=True, unique=True)
    recorded_by_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    ending = models.TextField(null=True, choices=[(ending.value, ending.value) for ending in PaperEnding])
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(default="", blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(issued_on=None) | Q(valid_until__gte=F("issued_on")),
                name="paper_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ending=None, ended_at=None, replaced_by=None)
                | (
                    Q(ending=PaperEnding.REVOKED.value, ended_at__isnull=False, replaced_by=None)
                    & ~Q(end_reason="")
                )
                | (
                    Q(ending=PaperEnding.REPLACED.value, ended_at__isnull=False, replaced_by__isnull=False)
                    & ~Q(end_reason="")
                ),
                name="paper_ending_complete",
            ),
        ]
        indexes = [models.Index(fields=["owner_party", "kind_code", "-recorded_at"], name="paper_of_party")]
