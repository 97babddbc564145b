"""A notice in a person's space, its ways to them, and by which ways they want to be told."""

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


class Delivery(models.Model):
    """One way of one notice: to which address, in which words where they differ from the notice's own.

    `message_id` is its message in the outbox, which knows the tries; none where the way has arrived once written down.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    way = models.TextField()
    address = models.TextField()
    subject = models.TextField(default="", blank=True)
    body = models.TextField(default="", blank=True)
    message_id = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="delivery_once")]


class ContactChoice(models.Model):
    """A person's word whether to be told on a way. Rows are only added: consent must be shown, and so must its end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party_id = models.UUIDField()
    way = models.TextField()
    is_wanted = models.BooleanField()
    chosen_at = models.DateTimeField()
    chosen_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["party_id", "way", "-id"], name="contact_choice_of_party")]
