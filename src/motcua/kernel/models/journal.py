"""The journal: every announced event once, in the transaction that caused it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class JournalEntry(models.Model):
    """One announced event."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="journal_name_given")]


class Hearing(models.Model):
    """That a listener has heard an event; the unique key makes a repeated job harmless."""

    id = models.BigAutoField(primary_key=True)
    entry_id = models.BigIntegerField()
    listener = models.TextField()
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "listener"], name="hearing_once")]


class Unread(models.Model):
    """A journal entry that a batch reader has still to read; written with the entry, gone once it was read.

    Says by itself what is open, whatever became of the database since: no number of a transaction and no place in an order
    is kept, so that it holds after dump and restore and on any other server.
    """

    pk = models.CompositePrimaryKey("consumer", "entry_id")
    consumer = models.TextField()
    entry_id = models.BigIntegerField()


class StreamCursor(models.Model):
    """A batch reader of the journal: its row is the lock that lets one read at a time. `names` are the events it reads."""

    consumer = models.TextField(primary_key=True)
    names: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    moved_at = models.DateTimeField(null=True)
