"""By what right the reader would sign each line of the tray: a few queries for the whole tray, none per line."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.catalogue.errors import ProcedureUnknown
from motcua.directory import queries as directory
from motcua.directory.queries import DelegationView, Role, ScopeKind
from motcua.dossiers import queries
from motcua.dossiers.queries import DossierRow
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.web.office import words


@dataclass(frozen=True, slots=True)
class TrayLine:
    """A dossier the reader may sign; `in_place_of` is empty when by own right."""

    row: DossierRow
    in_place_of: str


def tray_of(actor: Actor) -> list[TrayLine]:
    """Everything that waits for the reader's decision or signature, most urgent first."""
    agencies = list(actor.agencies_with("dossier.sign") - {EVERYWHERE})
    if not agencies or actor.account_id is None:
        return []
    rows = queries.signing_tray(actor=actor, agency_ids=agencies)
    own = _led_by(actor.account_id)
    lent = directory.delegations_to(actor.account_id)
    fields = _fields_of(rows, lent)
    lines = []
    for row in rows:
        if row.competent_id in own:
            lines.append(TrayLine(row, ""))
        elif delegation := _delegation_for(row, lent, fields.get(row.procedure_code, "")):
            lines.append(TrayLine(row, words.in_place_of(delegation)))
    return lines


def _led_by(account_id: UUID) -> frozenset[UUID]:
    account = directory.account(account_id)
    if account is None or account.staff_id is None:
        return frozenset()
    return frozenset(
        one.agency_id for one in directory.roles_held(account.staff_id) if one.role is Role.LEADER
    )


def _delegation_for(row: DossierRow, lent: Sequence[DelegationView], field: str) -> DelegationView | None:
    for delegation in lent:
        covers = any(
            scope.covers(procedure_code=row.procedure_code, field_code=field) for scope in delegation.scopes
        )
        if delegation.agency_id == row.competent_id and covers:
            return delegation
    return None


def _fields_of(rows: Sequence[DossierRow], lent: Sequence[DelegationView]) -> dict[str, str]:
    """Field codes are asked only where a delegation is by field, once per procedure."""
    if not any(scope.kind is ScopeKind.FIELD for one in lent for scope in one.scopes):
        return {}
    found = {}
    for code in {row.procedure_code for row in rows}:
        try:
            found[code] = catalogue.version_in_force(code, clock.today()).field_code
        except ProcedureUnknown:
            continue
    return found
