"""Letters to people in office: no dossier of a citizen stands behind them."""

from django.db import models

from motcua.channels.models.notices import DeliveryState
from motcua.kernel.ids import new_id


class OfficialLetter(models.Model):
    """One letter to one address, with its enclosures in the content store. Written once per `key`, sent once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.TextField()
    address = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    enclosures = models.JSONField(default=list)
    written_at = models.DateTimeField()
    state = models.TextField(choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "address"], name="official_letter_once")]
