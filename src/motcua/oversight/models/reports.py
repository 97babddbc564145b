"""Reports made by plan: to whom and when, and every one that was sent, as it was."""

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id
from motcua.oversight.words import Rhythm


class ReportPlan(models.Model):
    """A report of a unit or a province to be made after each week, month or quarter and sent by e-mail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.TextField()
    rhythm = models.TextField(choices=[(one.value, one.value) for one in Rhythm])
    recipients = models.JSONField(default=list)
    language = models.TextField(default="vi")
    #: Units that were succeeded are counted in those of the day a report is made.
    is_folded = models.BooleanField(default=False)
    made_by_id = models.UUIDField()
    made_by_name = models.TextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit", "rhythm"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "rhythm", "language"],
                condition=Q(ended_at__isnull=True),
                name="report_plan_once",
            )
        ]


class SentReport(models.Model):
    """A report as it was sent: its numbers, its files, to whom. Its numbers can be made again from the passages of then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(ReportPlan, models.PROTECT, related_name="sent")
    unit = models.TextField()
    period = models.TextField()
    as_of = models.DateTimeField()
    template = models.TextField()
    content = models.JSONField()
    digest = models.TextField()
    files = models.JSONField(default=list)
    recipients = models.JSONField(default=list)

    class Meta:
        ordering = ["-as_of"]
        constraints = [models.UniqueConstraint(fields=["plan", "period"], name="sent_report_once")]
        indexes = [models.Index(fields=["unit", "-as_of"], name="sent_report_unit")]
