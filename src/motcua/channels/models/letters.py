"""Letters to people in office: no dossier of a citizen stands behind them."""

from django.db import models

from motcua.kernel.ids import new_id


class OfficialLetter(models.Model):
    """One letter to one address, with its enclosures in the content store. Written once per `key`; the outbox sends it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.TextField()
    address = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    enclosures = models.JSONField(default=list)
    written_at = models.DateTimeField()
    message_id = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "address"], name="official_letter_once")]
