"""A simulated life made again by the real services, with the clock frozen at each move."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.models import ClockPause, Dossier, DossierPaper, Passage, Result
from motcua.dossiers.models.counters import RECEPTION_BOOK, RESULTS_BOOK, CodeCounter, LedgerCounter
from motcua.dossiers.rules.chain import faults_of
from motcua.dossiers.rules.code import parse_code
from motcua.dossiers.services import Application, PaperGiven
from motcua.dossiers.services.finish import note_seal
from motcua.dossiers.services.intake import begin_dossier
from motcua.dossiers.services.move import Act, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, ActorKind
from motcua.oversight.rules.facts import cells_of
from motcua.oversight.rules.standing import standing_of
from motcua.oversight.services.accounts import accounts_of
from motcua.payments import queries as money
from motcua.payments import services as payments
from motcua.provisioning.bulk.life import Life, LifeMove
from motcua.provisioning.results import filled_in

_OWN: Mapping[type[Model], frozenset[str]] = {
    Dossier: frozenset({"id", "head_digest", "form_data"}),  # simulated ones are written without answers
    Passage: frozenset({"id", "dossier_id", "previous_digest", "digest"}),
    ClockPause: frozenset({"id", "dossier_id"}),
    DossierPaper: frozenset({"id", "dossier_id", "file_id", "paper_id"}),
    Result: frozenset({"id", "dossier_id", "signed_file_id", "sealed_file_id", "paper_id"}),
}


def picture(dossier_id: UUID) -> dict[str, Any]:
    """Everything a dossier says but identifiers of its own, and how it is counted; its chain must be whole."""
    dossier = Dossier.objects.get(pk=dossier_id)
    passages = list(Passage.objects.filter(dossier=dossier).order_by("seq"))
    links = [passage.link() for passage in passages]
    assert faults_of(dossier.id, links, head=dossier.head_digest, count=dossier.revision) == []
    (account,) = accounts_of([dossier_id])
    return {
        "dossier": _plain(dossier),
        "passages": [_plain(row) for row in passages],
        "pauses": [_plain(row) for row in ClockPause.objects.filter(dossier=dossier)],
        "papers": [
            _plain(row) | {"has_file": row.file_id is not None}
            for row in DossierPaper.objects.filter(dossier=dossier)
        ],
        "results": [
            _plain(row) | {"files": (row.signed_file_id is not None, row.sealed_file_id is not None)}
            for row in Result.objects.filter(dossier=dossier)
        ],
        "facts": cells_of(standing_of(account.sightings, account.traits, account.calendar)),
    }


def _plain(row: Model) -> dict[str, Any]:
    names = {field.attname for field in row._meta.concrete_fields} - _OWN[type(row)]
    return {name: getattr(row, name) for name in names}


def replay(life: Life, code: str, line: int | None, *, pays_online: bool, pdf: bytes) -> UUID:
    """Walk a life through the services; running numbers stand where they stood for the dossier with this code and
    this line of the ledger.
    """
    known = parse_code(code)
    assert known is not None
    _count_to(CodeCounter, {"unit": known.unit, "day": known.day}, known.number - 1)
    if line is not None:
        ledger = {"agency_id": life.receiving.id, "book": RECEPTION_BOOK, "year": known.day.year}
        _count_to(LedgerCounter, ledger, line - 1)
    replayed = _Replay(life, pays_online, pdf)
    for move in life.moves:
        with clock.frozen(move.at):
            replayed.make(move)
    assert replayed.dossier_id is not None
    return replayed.dossier_id


def _count_to(counter: type[Model], series: dict[str, Any], last: int) -> None:
    counter._default_manager.update_or_create(**series, defaults={"last": last})


class _Replay:
    def __init__(self, life: Life, pays_online: bool, pdf: bytes) -> None:
        self.life, self.pays_online, self.pdf = life, pays_online, pdf
        self.dossier_id: UUID | None = None

    def make(self, move: LifeMove) -> None:
        acts = {
            "submit": self._begin,
            "register": self._begin,
            "receive": self._receive,
            "sign": self._sign,
            "number_and_seal": self._seal,
        }
        if move.key in acts:
            acts[move.key](move)
        else:
            self._serve(move)

    def actor(self, move: LifeMove) -> Actor:
        if move.by.account_id is None:
            parties = frozenset({self.life.applicant_id})
            return Actor(ActorKind.PERSON, None, move.by.name, parties)
        return directory.actor_of(move.by.account_id)

    def _serve(self, move: LifeMove) -> None:
        ask: dict[str, Any] = {"actor": self.actor(move), "dossier_id": self.dossier_id}
        match move.key:
            case "assign":
                assert self.life.assignee is not None
                assert self.life.assignee.account_id is not None
                services.assign(**ask, assignee_id=self.life.assignee.account_id)
            case "ask_supplement":
                services.ask_supplement(**ask, reason=move.reason)
            case "supply":
                services.give_supplement(**ask)
            case "submit_to_leader":
                draft = queries.result_draft_of(actor=ask["actor"], dossier_id=ask["dossier_id"])
                content = filled_in(draft.template, {}, clock.today())
                services.submit_to_leader(**ask, content=content)
            case "approve":
                services.approve(**ask)
            case "issue":
                services.issue_result(**ask)
            case "hand_over":
                services.hand_over_result(**ask, received_by=self.life.applicant_name)
            case other:
                raise AssertionError(other)

    def _begin(self, move: LifeMove) -> None:
        application = Application(
            procedure_code=self.life.version.code,
            receiving_id=self.life.receiving.id,
            competent_id=self.life.competent.id,
            applicant_id=self.life.applicant_id,
            request_key="",
            channel=self.life.channel,
            form_data=self._answers(),
            form_digest=self.life.version.form.digest if self.life.version.form else "",
            papers=[self._paper()],
        )
        moved = begin_dossier(self.actor(move), application, move.key)
        self.dossier_id = moved.dossier_id
        if move.key == "register":
            self._pay()

    def _answers(self) -> dict[str, Any]:
        """What the person would have typed."""
        party = directory.party(self.life.applicant_id)
        known = {"full_name": party.full_name, "personal_number": party.personal_number or "040180000951"}
        return {"requester": known | {"address": "Thôn 1"}, "content": "Đề nghị giải quyết"}

    def _receive(self, move: LifeMove) -> None:
        assert self.dossier_id is not None
        seen = [self._paper()] if self.life.papers[0].file_id is None else []
        services.receive_dossier(actor=self.actor(move), dossier_id=self.dossier_id, papers=seen)
        self._pay()

    def _pay(self) -> None:
        assert self.dossier_id is not None
        charges = [charge.id for charge in money.charges_of(self.dossier_id)]
        if charges:
            way = money.Way.ONLINE if self.pays_online else money.Way.CASH
            payments.take_payment(actor=SYSTEM, charge_ids=charges, way=way)

    def _paper(self) -> PaperGiven:
        (paper,) = self.life.papers
        if paper.digitization == 2:
            kept = documents.record_paper(
                actor=SYSTEM,
                file_id=self._file(),
                kind_code="CCCD",
                owner_party_id=self.life.applicant_id,
                source=PaperSource.WAREHOUSE,
                trust=TrustLevel.COMPARED,
                title="Giấy tờ đã số hóa",
            )
            return PaperGiven("papers", originals=paper.originals, paper_id=kept.id, reused=2)
        file_id = self._file() if paper.file_id else None
        return PaperGiven("papers", originals=paper.originals, exemption=paper.exemption, file_id=file_id)

    def _file(self) -> UUID:
        stream = BytesIO(self.pdf)
        owner = self.life.applicant_id
        return documents.keep_file(actor=SYSTEM, stream=stream, filename="a.pdf", owner_party_id=owner).id

    def _sign(self, move: LifeMove) -> None:
        series = {
            "agency_id": self.life.competent.id,
            "book": RESULTS_BOOK,
            "year": clock.local(move.at).year,
        }
        assert self.life.result_number is not None
        _count_to(LedgerCounter, series, self.life.result_number - 1)
        assert self.dossier_id is not None
        services.sign_on_paper(actor=self.actor(move), dossier_id=self.dossier_id)

    def _seal(self, move: LifeMove) -> None:
        """An electronic seal as `number_and_seal` writes it once the token has answered; else ink."""
        assert self.dossier_id is not None
        actor = self.actor(move)
        if self.life.sealed_file_id is None:
            scan_id = self._file() if self.life.scan_file_id else None
            services.stamp_on_paper(actor=actor, dossier_id=self.dossier_id, scan_file_id=scan_id)
            return
        sealed = self._file()
        with transaction.atomic():
            dossier = lock_dossier(actor, self.dossier_id, None)
            result = note_seal(dossier, sealed)
            detail = {"number": result.number, "symbol": result.symbol}
            make_move(actor, dossier, MoveKey.NUMBER_AND_SEAL, Act(detail=detail))
