"""Records of oversight itself: comparisons of stored and recomputed facts, reports kept as they were."""

from django.db import models

from motcua.kernel.ids import new_id


class Comparison(models.Model):
    """One run of the comparison between the stored facts and those recomputed from passages."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    dossiers = models.PositiveIntegerField()
    cells = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    sample = models.JSONField(default=list)
    seconds = models.FloatField()

    class Meta:
        ordering = ["-at"]


class Snapshot(models.Model):
    """Figures of a closed period as they were at a moment; reproducible from the passages up to that moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    period = models.TextField()
    as_of = models.DateTimeField()
    figures = models.JSONField()
    digest = models.TextField()
    made_by_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["-as_of"]
        indexes = [models.Index(fields=["period", "-as_of"], name="snapshot_period")]
