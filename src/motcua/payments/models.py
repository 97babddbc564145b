"""Tables of money: a charge belongs to a dossier by its id (this package stands below dossiers)."""

from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind
from motcua.kernel.ids import new_id
from motcua.kernel.numbering import next_number
from motcua.payments.words import ChargeAct, ChargeState, ReceiptKind, RefundState, SummaryState, Way


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
    kind = models.TextField(
        choices=[(kind.value, kind.value) for kind in ReceiptKind], default="original", db_default="original"
    )
    refers_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    payer_name = models.TextField(default="", db_default="")
    lines = models.JSONField(default=list)
    reason = models.TextField(default="", db_default="")
    lookup = models.TextField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "year", "number"], name="receipt_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=99_999_999), name="receipt_eight_digits"
            ),
            models.UniqueConstraint(
                fields=["refers_to"], condition=Q(kind="replacement"), name="receipt_replaced_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="original", refers_to=None)
                | (~Q(kind="original") & Q(refers_to__isnull=False)),
                name="receipt_refers_to_its_original",
            ),
        ]
        indexes = [models.Index(fields=["agency_id", "at"], name="receipt_of_day")]


class ReceiptSignature(models.Model):
    """The signed electronic receipt: the XML as it was signed, and the collecting body's detached CMS signature."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, primary_key=True, related_name="signed")
    xml = models.TextField()
    signature = models.BinaryField()
    key_label = models.TextField()
    certificate_serial = models.TextField()
    at = models.DateTimeField()


class DaySummary(models.Model):
    """A summary of a day's receipts for the tax authority (form 01/TH-BLĐT): `content` is frozen when it is put out.

    `part` counts the summaries of one agency and day: receipts given after one was sent go into the next.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency_id = models.UUIDField()
    day = models.DateField()
    part = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    message_id = models.BigIntegerField(null=True)
    state = models.TextField(choices=[(state.value, state.value) for state in SummaryState])
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "day", "part"], name="summary_part_once"),
            models.UniqueConstraint(fields=["agency_id", "day", "first"], name="summary_first_once"),
        ]


class ChargeQuerySet(models.QuerySet["Charge"]):
    def visible_to(self, actor: Actor) -> Self:
        """Charges of one's own, of agencies one serves in, and of agencies whose dossiers one reads."""
        read_in = actor.agencies_with("dossier.read")
        if actor.kind is ActorKind.SYSTEM or EVERYWHERE in read_in:
            return self
        return self.filter(Q(agency_id__in=actor.agency_ids | read_in) | Q(payer_id__in=actor.party_ids))


class Charge(models.Model):
    """One fee (phí) or charge (lệ phí) of one dossier: reckoned from the pinned procedure version (`reckoning` shows how), or
    added by an officer.
    """

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
    reckoning = models.JSONField(default=dict)
    is_added = models.BooleanField(default=False)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "code", "name"], condition=Q(is_added=False), name="charge_once"
            ),
            models.CheckConstraint(condition=Q(refunded__lte=F("amount")), name="charge_refund_within"),
        ]


class ChargeEntry(models.Model):
    """One line of a charge's trail: who did what, when and why. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="entries")
    act = models.TextField(choices=[(act.value, act.value) for act in ChargeAct])
    before = models.PositiveBigIntegerField(null=True)
    after = models.PositiveBigIntegerField(null=True)
    reason = models.TextField(default="")
    by_id = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    at = models.DateTimeField()


class RefundRequest(models.Model):
    """A refund somebody asked for: made or declined by another person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="refund_requests")
    amount = models.PositiveBigIntegerField()
    reason = models.TextField()
    state = models.TextField(choices=[(state.value, state.value) for state in RefundState])
    by_id = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by_id=None) | ~Q(decided_by_id=F("by_id")), name="refund_by_two_persons"
            ),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(state=RefundState.ASKED.value), name="refund_asked_once"
            ),
        ]


class Refund(models.Model):
    """Money given back, with its reason, by the second person. Rows never change (kept in the record of rows)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="refunds")
    amount = models.PositiveBigIntegerField()
    reason = models.TextField()
    by_id = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    at = models.DateTimeField()


class PersonBenefit(models.Model):
    """A benefit level of a person's identity, as the electronic identity system or an officer stated it.

    Resolution 66.22/2026/NQ-CP art 6.1e: fees are charged accordingly. A row is never changed, only ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party_id = models.UUIDField(db_index=True)
    level = models.TextField()
    source = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    by_id = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


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
