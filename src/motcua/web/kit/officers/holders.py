"""In whose hands a dossier is: whoever must act now, not whom it was once given to."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext

from motcua.directory import queries as directory
from motcua.directory.queries import Role
from motcua.dossiers.queries import DossierRow, duty_of
from motcua.dossiers.words import MOVES, OPEN, MoveKey, Side
from motcua.kernel.authority import Actor
from motcua.web.kit.roles import role_words

#: The acts that whoever was given the dossier does; every other is its roles'.
_OWN = frozenset({MoveKey.SUBMIT_TO_LEADER})
_NAMED = 2


def holders_of(actor: Actor, rows: Sequence[DossierRow]) -> Mapping[UUID, str]:
    """Who must act on each of the rows: `Tôi`, a name or two, or how many hold the role. One statement for all of them.

    Where the next act is the applicant's, they hold it; where nobody serves in the role, the words say so.
    """
    waiting = {row.id: _waits(row) for row in rows}
    places = {place for duty_and_place in waiting.values() if (place := duty_and_place[1]) is not None}
    held = directory.holders_by_role(places) if places else {}
    return {row.id: _words(actor, row, *waiting[row.id], held) for row in rows}


def _waits(row: DossierRow) -> tuple[MoveKey | None, UUID | None]:
    """The act a row waits for, and the agency whose people do it; no agency where a person holds it themselves."""
    duty = duty_of(row)
    if duty is None or duty in _OWN:
        return duty, None
    return duty, {Side.RECEIVING: row.receiving_id, Side.RETURN: row.returning_id}.get(
        MOVES[duty].side, row.competent_id
    )


def _words(
    actor: Actor,
    row: DossierRow,
    duty: MoveKey | None,
    place: UUID | None,
    held: Mapping[tuple[UUID, Role], Sequence[tuple[UUID, str]]],
) -> str:
    if row.is_paused or (duty is None and row.state in OPEN):
        return gettext("Người nộp")
    if duty is None:
        return ""
    if place is None:
        return gettext("Tôi") if row.assignee_id == actor.account_id else row.assignee_name
    roles = sorted(directory.roles_with(MOVES[duty].permission or ""))
    found = {account: name for role in roles for account, name in held.get((place, role), ())}
    if not found:
        return gettext("chưa có người")
    if actor.account_id in found and len(found) == 1:
        return gettext("Tôi")
    if len(found) <= _NAMED:
        return ", ".join(found.values())
    role = next(role for role in roles if (place, role) in held)
    return gettext("%(role)s (%(n)s người)") % {"role": role_words(role), "n": len(found)}
