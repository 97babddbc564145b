"""Checks of the whole chain of passages: asked for by a page, done in the background, kept as a record of their own."""

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id


class ChainCheck(models.Model):
    """One check of every dossier; `dossiers` of `total` are done. At most one waits or runs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True)
    asked_by_name = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveBigIntegerField(default=0)
    dossiers = models.PositiveBigIntegerField(default=0)
    passages = models.PositiveBigIntegerField(default=0)
    fault_count = models.PositiveBigIntegerField(default=0)
    # The first faults: [dossier id, seq, kind].
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), name="chain_check_one_at_a_time", condition=Q(ended_at=None)
            )
        ]
        indexes = [models.Index(fields=["-asked_at"], name="chain_check_newest")]
