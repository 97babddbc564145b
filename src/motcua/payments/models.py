"""Tables of money: a charge belongs to a dossier by its id (this package stands below dossiers)."""

from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind
from motcua.kernel.ids import new_id
from motcua.kernel.numbering import next_number
from motcua.payments.words import ChargeState, Way


class Receipt(models.Model):
    """A numbered receipt of an agency; numbers run without gaps within the year."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    dossier_id = models.UUIDField(db_index=True)
    payer_id = models.UUIDField()
    amount = models.PositiveBigIntegerField()
    way = models.TextField(choices=[(way.value, way.value) for way in Way])
    taken_by_id = models.UUIDField(null=True)
    taken_by_name = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "year", "number"], name="receipt_number_once")
        ]


class ChargeQuerySet(models.QuerySet["Charge"]):
    def visible_to(self, actor: Actor) -> Self:
        """Charges of one's own, of agencies one serves in, and of agencies whose dossiers one reads."""
        read_in = actor.agencies_with("dossier.read")
        if actor.kind is ActorKind.SYSTEM or EVERYWHERE in read_in:
            return self
        return self.filter(Q(agency_id__in=actor.agency_ids | read_in) | Q(payer_id__in=actor.party_ids))


class Charge(models.Model):
    """One fee (phí) or charge (lệ phí) of one dossier, worked out from the pinned procedure version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier_id = models.UUIDField(db_index=True)
    agency_id = models.UUIDField()
    payer_id = models.UUIDField()
    code = models.TextField(default="")
    name = models.TextField()
    kind = models.TextField()
    amount = models.PositiveBigIntegerField()
    exemptions = ArrayField(models.TextField(), default=list)
    state = models.TextField(choices=[(state.value, state.value) for state in ChargeState])
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    way = models.TextField(default="", choices=[("", ""), *((way.value, way.value) for way in Way)])
    exemption = models.TextField(default="")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="charges")
    refunded = models.PositiveBigIntegerField(default=0)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier_id", "code", "name"], name="charge_once"),
            models.CheckConstraint(condition=Q(refunded__lte=F("amount")), name="charge_refund_within"),
        ]


class Refund(models.Model):
    """Money given back, with its reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="refunds")
    amount = models.PositiveBigIntegerField()
    reason = models.TextField()
    by_id = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    at = models.DateTimeField()


class ReceiptCounter(models.Model):
    """Last receipt number of an agency in a year."""

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency_id", "year"], name="receipt_counter_year")]


def next_receipt_number(agency_id: UUID, year: int) -> int:
    """The next receipt number of an agency in a year."""
    return next_number(ReceiptCounter, agency_id=agency_id, year=year)
