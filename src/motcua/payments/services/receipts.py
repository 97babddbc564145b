"""Electronic receipts (Decree 254/2026/NĐ-CP): numbered with the money, signed after it, replaced and never deleted."""

import hashlib
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope, machine_only
from motcua.kernel.events import announce
from motcua.payments.errors import PayerNameMissing, ReceiptReplaced
from motcua.payments.events import ReceiptGiven
from motcua.payments.models import Charge, Receipt, ReceiptSignature, next_receipt_number
from motcua.payments.queries import ReceiptView, receipt_view
from motcua.payments.rules.charges import check_reason
from motcua.payments.rules.receipts import ReceiptFacts, check_number, receipt_xml
from motcua.payments.words import ReceiptKind, Way

#: Letters and digits that nobody confuses; twelve of them are 58 bits.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
BATCH = 200


def give_receipt(
    actor: Actor,
    charges: Sequence[Charge],
    way: Way,
    *,
    kind: ReceiptKind = ReceiptKind.ORIGINAL,
    **more: object,
) -> Receipt:
    """A numbered receipt for charges of one dossier, in the transaction of the act that takes the money.

    The number is taken under the lock of its series: whoever dies before the end of the transaction has taken none.
    Announces `ReceiptGiven`. Refuses: `ReceiptSeriesFull`.
    """
    first, at = charges[0], clock.now()
    year = clock.local(at).year
    payer = directory.party(first.payer_id)
    lines = [
        {
            "code": charge.code,
            "name": charge.name,
            "kind": charge.kind,
            "amount": charge.amount,
            "formula": charge.reckoning.get("formula", ""),
        }
        for charge in charges
    ]
    values = {
        "amount": sum(charge.amount for charge in charges),
        "payer_name": payer.full_name,
        "lines": lines,
    } | more
    receipt = Receipt.objects.create(
        agency_id=first.agency_id,
        year=year,
        number=check_number(next_receipt_number(first.agency_id, year), year),
        dossier_id=first.dossier_id,
        payer_id=first.payer_id,
        way=way,
        taken_by_id=actor.account_id,
        taken_by_name=actor.name,
        at=at,
        kind=kind,
        lookup="".join(secrets.choice(_ALPHABET) for _ in range(12)),
        **values,
    )
    announce(ReceiptGiven(receipt_id=receipt.id, agency_id=receipt.agency_id, at=at))
    return receipt


@transaction.atomic
def replace_receipt(*, actor: Actor, receipt_id: UUID, payer_name: str, reason: str) -> ReceiptView:
    """A receipt in place of a wrong one, with a number of its own; both stay to be seen.

    Refuses: `OutOfScope`, `PermissionRefused` (payment.collect), `ReasonMissing`, `PayerNameMissing`, `ReceiptReplaced`.
    """
    wrong = in_scope(Receipt.objects.select_for_update().filter(pk=receipt_id).first())
    charges = list(Charge.objects.visible_to(actor).filter(receipt=_original(wrong)).order_by("id"))
    in_scope(charges[0] if charges else None)
    authorise(actor, "payment.collect", wrong.agency_id)
    if not payer_name.strip():
        raise PayerNameMissing
    if wrong.kind == ReceiptKind.DECREASE:
        raise ReceiptReplaced(number=wrong.number)
    try:
        with transaction.atomic():
            made = give_receipt(
                actor,
                charges,
                Way(wrong.way),
                kind=ReceiptKind.REPLACEMENT,
                refers_to=wrong,
                payer_name=payer_name.strip()[:200],
                reason=check_reason(reason),
                lines=wrong.lines,
                amount=wrong.amount,
            )
    except IntegrityError as twice:
        raise ReceiptReplaced(number=wrong.number) from twice
    return receipt_view(made)


def lower_receipt(actor: Actor, charge: Charge, amount: int, reason: str) -> Receipt | None:
    """The receipt that says money was given back; None for charges paid before there were receipts of lines."""
    if charge.receipt is None:
        return None
    line = {"code": charge.code, "name": charge.name, "kind": charge.kind, "amount": amount, "formula": ""}
    return give_receipt(
        actor,
        [charge],
        Way(charge.receipt.way),
        kind=ReceiptKind.DECREASE,
        refers_to=charge.receipt,
        amount=amount,
        lines=[line],
        payer_name=charge.receipt.payer_name or directory.party(charge.payer_id).full_name,
        reason=reason,
    )


def sign_receipts(*, actor: Actor, agency_id: UUID, limit: int = BATCH) -> int:
    """Sign what of the agency's receipts waits for it, oldest first; how many were signed.

    The key is asked outside a transaction; two signers at once sign twice and keep once. Called again after any failure:
    what is not signed waits. Refuses: as `documents.sign_agency_data`.
    """
    machine_only(actor)
    waiting = list(
        Receipt.objects.filter(agency_id=agency_id, signed=None, lookup__isnull=False)
        .select_related("refers_to")
        .order_by("year", "number")[:limit]
    )
    if not waiting:
        return 0
    agency = directory.agency(agency_id)
    texts = [receipt_xml(facts_of(receipt, agency)) for receipt in waiting]
    signed = documents.sign_agency_data(actor=actor, agency_id=agency_id, data=texts)
    at = clock.now()
    with transaction.atomic():
        ReceiptSignature.objects.bulk_create(
            (
                ReceiptSignature(
                    receipt=receipt,
                    xml=text.decode(),
                    signature=one.signature,
                    key_label=one.key_label,
                    certificate_serial=one.certificate_serial,
                    at=at,
                )
                for receipt, text, one in zip(waiting, texts, signed, strict=True)
            ),
            ignore_conflicts=True,
        )
    return len(waiting)


def agencies_waiting() -> Sequence[UUID]:
    """Agencies with receipts that are not signed yet."""
    rows = Receipt.objects.filter(signed=None, lookup__isnull=False)
    return list(rows.order_by().values_list("agency_id", flat=True).distinct())


def facts_of(receipt: Receipt, agency: directory.AgencyView) -> ReceiptFacts:
    """What the receipt says, in the order of nothing but itself: signing it again signs the same bytes."""
    before = receipt.refers_to
    return ReceiptFacts(
        agency_code=agency.code,
        agency_name=agency.name,
        year=receipt.year,
        number=receipt.number,
        kind=ReceiptKind(receipt.kind),
        at=clock.local(receipt.at),
        payer_name=receipt.payer_name,
        amount=receipt.amount,
        way=receipt.way,
        taken_by=receipt.taken_by_name,
        dossier=str(receipt.dossier_id),
        lookup=receipt.lookup or "",
        lines=receipt.lines,
        refers_to=f"{before.number}/{before.year}" if before else "",
        reason=receipt.reason,
    )


def digest_of_xml(xml: str) -> str:
    """SHA-256 of the signed bytes, by which the summary names the receipt."""
    return hashlib.sha256(xml.encode()).hexdigest()


def _original(receipt: Receipt) -> Receipt:
    while receipt.refers_to is not None:
        receipt = receipt.refers_to
    return receipt
