"""Reckoning again: the form was corrected, a benefit level was shown, and the sum follows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.events import announce
from motcua.payments.events import ChargesRaised
from motcua.payments.models import Charge, ChargeEntry
from motcua.payments.rules.reckoning import Kept, Standing, Wanted, differences
from motcua.payments.services.charges import FeeLine, write_charges
from motcua.payments.services.trail import announce_settled, leave
from motcua.payments.words import ChargeAct, ChargeState

_BY_MACHINE = frozenset({ChargeAct.RAISED, ChargeAct.RECKONED})


@dataclass(frozen=True, slots=True)
class ChargeMoved:
    """What reckoning again did to one charge, in đồng (None: not due). A paid one stays: `is_paid` says that the difference is
    to be collected by a charge of its own, or may be given back.
    """

    name: str
    before: int | None
    after: int | None
    is_paid: bool = False


@transaction.atomic
def reckon_again(
    *,
    actor: Actor,
    dossier_id: UUID,
    agency_id: UUID,
    payer_id: UUID,
    lines: Iterable[FeeLine],
    reason: str,
    unknown: Collection[tuple[str, str]] = (),
) -> tuple[ChargeMoved, ...]:
    """Let the open charges of a dossier follow a new reckoning; what changed. Called by acts that have authorised themselves.

    A fee that nobody knows now (`unknown`: code and name) is not free: its charge stays. What an officer corrected, cancelled or
    waived by hand stays as they put it; what was paid stays paid, and is named. A repeated call changes nothing. Announces
    `ChargesRaised` where something is due now, `ChargesSettled` where nothing is.
    """
    wanted = {(line.code, line.name): line for line in lines}
    found = Charge.objects.select_for_update().filter(dossier_id=dossier_id, is_added=False).order_by("id")
    rows = {key: row for row in found if (key := (row.code, row.name)) not in unknown}
    decided = _decided_by_hand(rows.values())
    kept = {key: _kept(row, is_by_hand=row.pk in decided) for key, row in rows.items()}
    asked = {key: Wanted(line.amount, line.waived_by) for key, line in wanted.items()}
    moved = []
    for key, one in differences(kept, asked).items():
        if one.is_new:
            continue
        moved.append(ChargeMoved(key[1], one.before, one.after, is_paid=one.is_paid))
        if not one.is_paid:
            _follow(actor, rows[key], wanted.get(key), reason)
    new = [wanted[key] for key in wanted if key not in rows]
    if new:
        write_charges(actor=actor, dossier_id=dossier_id, agency_id=agency_id, payer_id=payer_id, lines=new)
        moved += [ChargeMoved(line.name, None, 0 if line.waived_by else line.amount) for line in new]
    _announce(dossier_id, moved, has_raised=bool(new))
    return tuple(moved)


def _follow(actor: Actor, row: Charge, line: FeeLine | None, reason: str) -> None:
    before, at = row.amount if row.state == ChargeState.OPEN else 0, clock.now()
    if line is None:
        row.state, row.exemption, row.settled_at = ChargeState.CANCELLED, "", at
    else:
        row.amount, row.reckoning, row.exemptions = line.amount, dict(line.reckoning), list(line.exemptions)
        row.state = ChargeState.EXEMPT if line.waived_by else ChargeState.OPEN
        row.exemption, row.settled_at = line.waived_by, at if line.waived_by else None
    row.save(update_fields=["amount", "reckoning", "exemptions", "state", "exemption", "settled_at"])
    after = row.amount if row.state == ChargeState.OPEN else 0
    said = f"{reason}: {row.exemption}" if row.exemption else reason
    leave(actor, [row], ChargeAct.RECKONED, before=before, after=after, reason=said, at=at)


def _announce(dossier_id: UUID, moved: Iterable[ChargeMoved], *, has_raised: bool) -> None:
    followed = [one for one in moved if not one.is_paid]
    if not followed:
        return
    due = sum(one.after or 0 for one in followed)
    if due and not has_raised:
        announce(ChargesRaised(dossier_id=dossier_id, amount=due, at=clock.now()))
    if not due:
        announce_settled(dossier_id, None, "reckoned")


def _decided_by_hand(rows: Iterable[Charge]) -> frozenset[UUID]:
    """Charges whose last act was an officer's own: the reckoning does not undo it."""
    by_id: Mapping[UUID, Charge] = {row.pk: row for row in rows}
    last: dict[UUID, ChargeEntry] = {}
    for entry in ChargeEntry.objects.filter(charge_id__in=by_id).order_by("at", "id"):
        last[entry.charge_id] = entry
    return frozenset(
        charge_id
        for charge_id, entry in last.items()
        if entry.act not in _BY_MACHINE
        and not (entry.act == ChargeAct.WAIVED and entry.at == by_id[charge_id].raised_at)
    )


def _kept(row: Charge, *, is_by_hand: bool) -> Kept:
    standing = {
        ChargeState.OPEN: Standing.OPEN,
        ChargeState.EXEMPT: Standing.NOTHING,
        ChargeState.CANCELLED: Standing.NOTHING,
    }.get(ChargeState(row.state), Standing.PAID)
    return Kept(row.amount, standing, is_by_hand=is_by_hand and standing is not Standing.PAID)
