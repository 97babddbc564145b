"""Electronic identities of a national provider, the accounts they open, and what did not agree."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.directory.models.account import Account
from motcua.directory.models.party import Party
from motcua.directory.words import ConflictOutcome
from motcua.kernel.ids import new_id


class LinkedIdentity(models.Model):
    """An identity at a provider opens an account here. A link ends and is never rewritten; `level` is the last one proved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.TextField()
    subject = models.TextField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField()
    linked_at = models.DateTimeField()
    #: Who decided that both are one person; None: number, name and birthday said it.
    linked_by_id = models.UUIDField(null=True)
    last_used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=Q(ended_at=None), name="one_account_per_identity"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["account"], name="identity_of_account")]


class IdentityConflict(models.Model):
    """An identity whose number is known here with another name or birthday. A clerk compares and decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.TextField()
    subject = models.TextField()
    #: The party with that number, and what the provider says of its own.
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField()
    at = models.DateTimeField()
    outcome = models.TextField(
        choices=[(one.value, one.value) for one in ConflictOutcome], default="", blank=True
    )
    ground = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=Q(outcome=""), name="one_open_conflict_per_identity"
            )
        ]


class ProviderSession(models.Model):
    """A session here that a session at the provider began: it ends with that one."""

    session_key = models.TextField(primary_key=True)
    issuer = models.TextField()
    subject = models.TextField()
    session_id = models.TextField(default="", blank=True)
    began_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["issuer", "subject"], name="provider_session_of_person")
        ]
