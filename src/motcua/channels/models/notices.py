"""A notice in a person's space, and its ways to them."""

from django.db import models

from motcua.kernel.ids import new_id


class Notice(models.Model):
    """What a person was told about a dossier; made once per passage, kind and person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party_id = models.UUIDField()
    dossier_id = models.UUIDField()
    passage_id = models.UUIDField()
    kind = models.TextField()
    language = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage_id", "kind", "party_id"], name="notice_once")]
        indexes = [
            models.Index(fields=["party_id", "-id"], name="notice_of_party"),
            models.Index(fields=["dossier_id"], name="notice_of_dossier"),
        ]


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Delivery(models.Model):
    """One way of one notice: by e-mail to an address. Sent once; failures are recorded and tried again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    way = models.TextField(default="email")
    address = models.TextField()
    state = models.TextField(choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="delivery_once")]
