"""From the histories of the dossiers package to the accounts that are counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.dossiers.words import StatutoryForm
from motcua.oversight.rules.measures import EXEMPTIONS
from motcua.oversight.rules.standing import OfficeTime, Sighting, Traits, local_day
from motcua.oversight.services.counting import Account
from motcua.payments import queries as payments

_APOLOGY, _REFUSAL = StatutoryForm.APOLOGY.value, StatutoryForm.REFUSAL.value
_REUSED = (2, 3)  # states of digitization: reused from a warehouse, reused result of another dossier


class Place(NamedTuple):
    """An agency as far as accounts need it; made once for all dossiers of a batch. `calendars` by their first days."""

    code: str
    level: str
    calendars: Sequence[tuple[date, OfficeTime]]

    def calendar_on(self, day: date) -> OfficeTime:
        """The calendar of that day: the same whenever it is asked, or what is counted again would come out otherwise."""
        return self.calendars[bisect_right(self.calendars, day, key=itemgetter(0)) - 1][1]


def place_of(agency: directory.AgencyView) -> Place:
    return Place(agency.code, str(agency.level), directory.calendars_of(agency.id))


def accounts_of(dossier_ids: Collection[UUID], *, until: datetime | None = None) -> list[Account]:
    """Accounts of these dossiers, as far as they went by `until` (None: now)."""
    found = dossiers.histories(dossier_ids, until=until)
    money = payments.money_of(dossier_ids, until=until)
    agencies = directory.agencies(
        {one for history in found for one in (history.receiving_id, history.competent_id)}
    )
    places = {key: place_of(agency) for key, agency in agencies.items()}
    return [account_of(history, places, money.get(history.dossier_id)) for history in found]


def account_of(
    history: dossiers.History, places: Mapping[UUID, Place], money: payments.MoneySeen | None
) -> Account:
    """One history as an account: what the statistics know of a dossier, and nothing else."""
    receiving, competent = places[history.receiving_id], places[history.competent_id]
    return Account(
        dossier_id=history.dossier_id,
        code=history.code,
        seq=history.passages[-1].seq,
        sightings=_sightings(history.passages, competent.code),
        traits=_traits(
            receiving.code,
            competent.level,
            history.procedure_code,
            history.channel,
            history.version_id.int,
            tuple(history.papers),
            (history.has_electronic_result, history.has_scanned_result),
            None if money is None else (money.is_settled, money.is_settled and money.is_online),
        ),
        calendar=competent.calendar_on(local_day(history.passages[-1].at)),
    )


def _sightings(passages: Sequence[dossiers.PassageSeen], competent: str) -> list[Sighting]:
    return [
        Sighting(at, status, due_at, competent, ending, form == _APOLOGY, form == _REFUSAL)
        if form
        else Sighting(at, status, due_at, competent, ending)
        for _, at, status, due_at, form, ending in passages
    ]


@lru_cache(maxsize=8192)
def _traits(
    receiving: str,
    level: str,
    procedure: str,
    channel: str,
    version_number: int,
    papers: tuple[dossiers.PaperSeen, ...],
    files: tuple[bool, bool],
    paid: tuple[bool, bool] | None,
) -> Traits:
    """One value for all dossiers alike: a published version never changes, and all else is given in what is quickly compared.

    `files`: an electronic result, a scanned one. `paid` (None: no charge): at all, online.
    """
    version = catalogue.version(UUID(int=version_number))
    has_electronic_result, has_scanned_result = files
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
        has_fee=paid is not None,
        is_fee_paid=paid is not None and paid[0],
        is_fee_paid_online=paid is not None and paid[1],
    )


def _exemption(due: Sequence[dossiers.PaperSeen]) -> str:
    """A dossier is exempt when every paper that would have to be digitized is; the first ground is the one counted."""
    if not due or not all(paper.exemption for paper in due):
        return ""
    return due[0].exemption if due[0].exemption in EXEMPTIONS else "shared"
