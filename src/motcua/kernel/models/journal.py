"""The journal: every announced event once, in the transaction that caused it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Func, Q

if TYPE_CHECKING:
    _Field = models.Field[int, int]
else:  # a field class takes type arguments in the stubs only
    _Field = models.Field


class XactId(_Field):
    """PostgreSQL `xid8`: the transaction that wrote the row."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class CurrentXact(Func):
    function = "pg_current_xact_id"
    template = "%(function)s()"


class JournalEntry(models.Model):
    """One announced event. `xact` orders readers: an entry is safe to consume once no older transaction is open."""

    id = models.BigAutoField(primary_key=True)
    xact = XactId(db_default=CurrentXact(), editable=False)
    name = models.TextField()
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("xact"), F("id"), name="journal_order")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="journal_name_given")]


class Hearing(models.Model):
    """That a listener has heard an event; the unique key makes a repeated job harmless."""

    id = models.BigAutoField(primary_key=True)
    entry_id = models.BigIntegerField()
    listener = models.TextField()
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "listener"], name="hearing_once")]


class StreamCursor(models.Model):
    """How far a batch reader has come in the journal."""

    consumer = models.TextField(primary_key=True)
    xact = models.TextField(default="0")
    entry_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
