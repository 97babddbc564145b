"""From the histories of the dossiers package to the accounts that are counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.oversight.rules.measures import EXEMPTIONS
from motcua.oversight.rules.standing import Sighting, Traits
from motcua.oversight.services.counting import Account
from motcua.payments import queries as payments

_REUSED = (2, 3)  # states of digitization: reused from a warehouse, reused result of another dossier


def accounts_of(dossier_ids: Collection[UUID], *, until: datetime | None = None) -> list[Account]:
    """Accounts of these dossiers, as far as they went by `until` (None: now)."""
    found = dossiers.histories(dossier_ids, until=until)
    money = payments.money_of(dossier_ids, until=until)
    agencies = directory.agencies(
        {one for history in found for one in (history.receiving_id, history.competent_id)}
    )
    return [account_of(history, agencies, money.get(history.dossier_id)) for history in found]


def account_of(
    history: dossiers.History, agencies: Mapping[UUID, directory.AgencyView], money: payments.MoneySeen | None
) -> Account:
    """One history as an account: what the statistics know of a dossier, and nothing else."""
    receiving, competent = agencies[history.receiving_id], agencies[history.competent_id]
    return Account(
        dossier_id=history.dossier_id,
        code=history.code,
        seq=history.passages[-1].seq,
        sightings=[_sighting(passage, competent.code) for passage in history.passages],
        traits=_traits(history, receiving, competent, money),
        calendar=directory.calendar_of(competent.id),
    )


def _sighting(passage: dossiers.PassageSeen, competent: str) -> Sighting:
    return Sighting(
        at=passage.at,
        status=int(passage.national_after),
        due_at=passage.due_after,
        competent=competent,
        is_final=passage.is_final,
        is_extension=passage.form_code == dossiers.Form.APOLOGY,
        is_refusal=passage.form_code == dossiers.Form.REFUSAL,
    )


def _traits(
    history: dossiers.History,
    receiving: directory.AgencyView,
    competent: directory.AgencyView,
    money: payments.MoneySeen | None,
) -> Traits:
    version = catalogue.version(history.version_id)
    papers = history.papers
    due = [paper for paper in papers if paper.must_digitize]
    return Traits(
        province=receiving.code.partition(".")[0],
        receiving=receiving.code,
        procedure=history.procedure_code,
        channel=history.channel,
        level=str(competent.level),
        service={"full": "full", "partial": "partial"}.get(str(version.level), ""),
        has_written_result=version.has_written_result,
        has_electronic_result=history.has_electronic_result,
        has_result_file=history.has_scanned_result,
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
