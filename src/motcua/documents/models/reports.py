"""What people told of papers they hold to be forged."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.documents.models.papers import Paper
from motcua.documents.words import ReportBasis
from motcua.kernel.ids import new_id


class ForgeryReport(models.Model):
    """One report, with what the verification had answered. Closing it writes a note and forgets how its author is reached."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    basis = models.TextField(choices=[(basis.value, basis.value) for basis in ReportBasis])
    finding = models.TextField(default="", blank=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="+")
    agencies: "ArrayField[list[UUID], list[UUID]]" = ArrayField(models.UUIDField(), default=list)
    text = models.TextField()
    contact = models.TextField(default="", blank=True)
    reported_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.UUIDField(null=True)
    closing_note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_id=None, closing_note="")
                | (Q(closed_at__isnull=False, closed_by_id__isnull=False, contact="") & ~Q(closing_note="")),
                name="forgery_report_closing_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=Q(closed_at=None), name="forgery_report_open"),
        ]
