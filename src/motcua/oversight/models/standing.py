"""How each dossier was counted: what the store holds of it, and the list behind every figure."""

from django.db import models
from django.db.models import F, Q


class CountedDossier(models.Model):
    """One dossier as counted up to passage `seq`. `cells` is exactly what the facts contain of it.

    `flags` has one bit per measure (position in `rules.measures.KEYS`): the dossier is in that flow.
    """

    dossier_id = models.UUIDField(primary_key=True)
    seq = models.PositiveIntegerField()
    code = models.TextField(default="")
    province = models.TextField()
    receiving = models.TextField()
    competent = models.TextField()
    procedure = models.TextField()
    channel = models.TextField()
    level = models.TextField()
    outcome = models.TextField()
    verdict = models.TextField(default="")
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    handed_over_on = models.DateField(null=True)
    is_open = models.BooleanField()
    is_paused = models.BooleanField()
    last_at = models.DateTimeField()
    flags = models.BigIntegerField(default=0)
    cells = models.JSONField()

    class Meta:
        indexes = [
            models.Index(F("receiving"), F("received_on"), F("dossier_id"), name="counted_received"),
            models.Index(F("competent"), F("ended_on"), F("dossier_id"), name="counted_ended"),
            models.Index(F("competent"), F("received_on"), F("dossier_id"), name="counted_taken_in"),
            # The whole province: what is still open, and what was at the end of an earlier day.
            models.Index(
                F("province"), F("dossier_id"), condition=Q(is_open=True), name="counted_province_open"
            ),
            models.Index(F("province"), F("ended_on"), F("dossier_id"), name="counted_province_ended"),
            models.Index(
                F("competent"), F("due_on"), F("dossier_id"), condition=Q(is_open=True), name="counted_open"
            ),
            models.Index(
                F("competent"),
                F("ended_on"),
                F("dossier_id"),
                condition=Q(verdict="late"),
                name="counted_late",
            ),
        ]
