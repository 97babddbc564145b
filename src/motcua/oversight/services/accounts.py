"""From the histories of the dossiers package to the accounts that are counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.oversight.rules.measures import EXEMPTIONS
from motcua.oversight.rules.standing import OfficeTime, Sighting, Traits
from motcua.oversight.services.counting import Account
from motcua.payments import queries as payments

_APOLOGY, _REFUSAL = str(dossiers.Form.APOLOGY), str(dossiers.Form.REFUSAL)
_REUSED = (2, 3)  # states of digitization: reused from a warehouse, reused result of another dossier


def accounts_of(dossier_ids: Collection[UUID], *, until: datetime | None = None) -> list[Account]:
    """Accounts of these dossiers, as far as they went by `until` (None: now)."""
    found = dossiers.histories(dossier_ids, until=until)
    money = payments.money_of(dossier_ids, until=until)
    agencies = directory.agencies(
        {one for history in found for one in (history.receiving_id, history.competent_id)}
    )
    calendar_of = cache(directory.calendar_of)
    return [account_of(history, agencies, money.get(history.dossier_id), calendar_of) for history in found]


def account_of(
    history: dossiers.History,
    agencies: Mapping[UUID, directory.AgencyView],
    money: payments.MoneySeen | None,
    calendar_of: Callable[[UUID], OfficeTime] = directory.calendar_of,
) -> Account:
    """One history as an account: what the statistics know of a dossier, and nothing else."""
    receiving, competent = agencies[history.receiving_id], agencies[history.competent_id]
    file = (history.has_electronic_result, history.has_scanned_result)
    places = (receiving.code, str(competent.level), history.procedure_code, history.channel)
    return Account(
        dossier_id=history.dossier_id,
        code=history.code,
        seq=history.passages[-1].seq,
        sightings=[_sighting(passage, competent.code) for passage in history.passages],
        traits=_traits(*places, history.version_id, tuple(history.papers), *file, money),
        calendar=calendar_of(competent.id),
    )


def _sighting(passage: dossiers.PassageSeen, competent: str) -> Sighting:
    _, at, status, due_at, form, is_final = passage
    if not form:
        return Sighting(at, status, due_at, competent, is_final)
    return Sighting(at, status, due_at, competent, is_final, form == _APOLOGY, form == _REFUSAL)


@lru_cache(maxsize=8192)
def _traits(
    receiving: str,
    level: str,
    procedure: str,
    channel: str,
    version_id: UUID,
    papers: tuple[dossiers.PaperSeen, ...],
    has_electronic_result: bool,
    has_scanned_result: bool,
    money: payments.MoneySeen | None,
) -> Traits:
    """One value for all dossiers alike: a published version never changes, and all else is given."""
    version = catalogue.version(version_id)
    due = [paper for paper in papers if paper.must_digitize]
    return Traits(
        province=receiving.partition(".")[0],
        receiving=receiving,
        procedure=procedure,
        channel=channel,
        level=level,
        service={"full": "full", "partial": "partial"}.get(str(version.level), ""),
        has_written_result=version.has_written_result,
        has_electronic_result=has_electronic_result,
        has_result_file=has_scanned_result,
        must_digitize=bool(due),
        has_component_files=bool(due) and all(paper.has_file or paper.exemption for paper in due),
        exemption=_exemption(due),
        is_reusable=any(paper.digitization for paper in papers),
        is_reused=any(paper.digitization in _REUSED for paper in papers),
        has_fee=money is not None,
        is_fee_paid=money is not None and money.is_settled,
        is_fee_paid_online=money is not None and money.is_settled and money.is_online,
    )


def _exemption(due: Sequence[dossiers.PaperSeen]) -> str:
    """A dossier is exempt when every paper that would have to be digitized is; the first ground is the one counted."""
    if not due or not all(paper.exemption for paper in due):
        return ""
    return due[0].exemption if due[0].exemption in EXEMPTIONS else "shared"
