"""What made background work fail."""

from django.db import models


class JobFailure(models.Model):
    """The last error of a job of the queue: its class and where it arose, never its text."""

    job_id = models.BigIntegerField(primary_key=True)
    error = models.TextField()
    place = models.TextField(blank=True)
    failed_at = models.DateTimeField()
