"""What slows guessing down, for every process and node alike."""

from django.db import models
from django.db.models import Q


class ThrottleCount(models.Model):
    """Tries in a `scope` (`log_in`, `look_up`): of one subject from one network, or of either alone (the other one empty).

    `failures` counts wrong ones in a row, or, where every try counts, those of the minute that began at `last_at`. `right_at`:
    the subject last succeeded from this network; such a pair is not held up by what others do.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.TextField()
    subject = models.TextField(blank=True)
    network = models.TextField(blank=True)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)
    right_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "subject", "network"], name="throttle_counted_once"),
            models.CheckConstraint(condition=~Q(subject="") | ~Q(network=""), name="throttle_of_somebody"),
        ]
        indexes = [models.Index(fields=["last_at"], name="throttle_last_at")]
