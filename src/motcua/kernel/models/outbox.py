"""What waits to leave the house: the only table that counts tries."""

from django.db import models
from django.db.models import F, Q


class OutboxState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    DISCARDED = "discarded"


class OutboxMessage(models.Model):
    """One message to one destination (`channels.email`), written in the transaction of the act that causes it.

    `reference` and `digest` name the payload, which stays with its owner; `key` makes a message unique at its destination;
    messages of one `subject` leave in the order of their ids. A message in hand is leased: `lease` is the claim of one
    sender, which loses it at `leased_until`. `expires_at` ends the tries. `receipt` is what the other side answered.
    """

    id = models.BigAutoField(primary_key=True)
    destination = models.TextField()
    key = models.TextField()
    subject = models.TextField(default="", blank=True)
    reference = models.TextField()
    digest = models.CharField(max_length=64, default="", blank=True)
    state = models.TextField(choices=OutboxState.choices, default=OutboxState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    last_error = models.TextField(default="", blank=True)
    receipt = models.TextField(default="", blank=True)
    put_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["destination", "key"], name="outbox_once"),
            models.CheckConstraint(
                condition=Q(state=OutboxState.WAITING, ended_at=None)
                | (~Q(state=OutboxState.WAITING) & Q(ended_at__isnull=False, lease=None)),
                name="outbox_ended_when_not_waiting",
            ),
        ]
        indexes = [
            models.Index(
                F("destination"),
                F("next_try_at"),
                F("id"),
                name="outbox_due",
                condition=Q(state=OutboxState.WAITING),
            ),
            models.Index(
                F("destination"),
                F("subject"),
                F("id"),
                name="outbox_order",
                condition=Q(state__in=(OutboxState.WAITING, OutboxState.DEAD)) & ~Q(subject=""),
            ),
            models.Index(F("id").desc(), name="outbox_dead", condition=Q(state=OutboxState.DEAD)),
        ]
