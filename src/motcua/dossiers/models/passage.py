"""Passages: one append-only row per move; at once the citizen's timeline, the audit chain and the source of statistics."""

from collections.abc import Mapping

from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.rules.chain import Link
from motcua.kernel.ids import new_id

#: Every field the digest covers, in no particular order (the canonical JSON sorts them).
DIGESTED = (
    "id",
    "dossier_id",
    "seq",
    "move",
    "from_state",
    "to_state",
    "national_before",
    "national_after",
    "at",
    "actor_id",
    "actor_name",
    "on_behalf_of_id",
    "agency_id",
    "reason",
    "form_code",
    "due_before",
    "due_after",
    "left_step",
    "left_step_due_at",
    "entered_step",
    "detail",
)


class Passage(models.Model):
    """Who did what, for whom, when, from where to where, why, and what it did to the due moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="passages", db_index=False)
    seq = models.PositiveIntegerField()
    move = models.TextField()
    from_state = models.TextField(default="")
    to_state = models.TextField()
    national_before = models.PositiveSmallIntegerField(null=True)
    national_after = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(default="")
    on_behalf_of_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    reason = models.TextField(default="")
    form_code = models.TextField(default="")
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    left_step = models.TextField(default="")
    left_step_due_at = models.DateTimeField(null=True)
    entered_step = models.TextField(default="")
    detail = models.JSONField(default=dict)
    previous_digest = models.TextField()
    digest = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="passage_seq")]

    def digested(self) -> Mapping[str, object]:
        return {name: getattr(self, name) for name in DIGESTED}

    def link(self) -> Link:
        return Link(self.seq, self.digested(), self.previous_digest, self.digest)


class ClockPause(models.Model):
    """The ledger of pauses: when the legal clock stood still, on which ground and by which form."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="clock_pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ground = models.TextField()
    form_code = models.TextField(default="")

    class Meta:
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(ended_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("began_at")),
                name="pause_forward",
            ),
        ]
