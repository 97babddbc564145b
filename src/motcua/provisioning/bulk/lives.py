"""Whole lives of dossiers written at once, by COPY: what the services would have written move by move.

For simulated years and benchmarks. States, steps, terms, codes, the ledger of pauses and the chain of digests come from the
same rules as every act; a test replays a sample through the services and compares. Nothing is announced, no form is
typeset and nobody is told: the lives are those of nobody.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import Model

from motcua.catalogue.queries import VersionSnapshot
from motcua.directory import queries as directory
from motcua.dossiers.models import (
    ClockPause,
    Dossier,
    DossierPaper,
    IssuedForm,
    Passage,
    Result,
)
from motcua.dossiers.models.counters import RECEPTION_BOOK, RESULTS_BOOK, CodeCounter, LedgerCounter
from motcua.dossiers.queries import History, PaperSeen, PassageSeen
from motcua.dossiers.rules.chain import digest_of
from motcua.dossiers.rules.code import DossierCode, unit_code_on
from motcua.dossiers.rules.sides import agencies_of
from motcua.dossiers.words import Clock, MoveKey, Side
from motcua.kernel import clock
from motcua.kernel.calendar import Limit, LimitUnit, WorkingCalendar
from motcua.kernel.copying import without_indexes
from motcua.kernel.deadline import Pause, due_at
from motcua.kernel.text import fold
from motcua.provisioning.bulk.legs import Leg, legs_of
from motcua.provisioning.bulk.life import Life, LifeMove, LifePaper
from motcua.provisioning.bulk.life_rows import (
    Standing,
    dossier_row,
    moment,
    moment_or_none,
    paper_row,
    pause_row,
    result_row,
    when,
)
from motcua.provisioning.bulk.rows import Layout, layout

_BATCH = 2000


#: What a life written at once never has: columns left empty on purpose.
EMPTY: Mapping[type[Model], frozenset[str]] = {
    Dossier: frozenset({"request_key", "request_digest", "helping_id", "extended_due_at", "proposed_due_at"}),
    Result: frozenset({"draft_file_id", "drafted_for_id", "on_behalf_of_id", "paper_id", "replaces_id"}),
    IssuedForm: frozenset({"file_id", "signed_file_id"}),
}

_FILLED: tuple[type[Model], ...] = (Dossier, Passage, DossierPaper, ClockPause, Result, IssuedForm)


def without_dossier_indexes() -> AbstractContextManager[None]:
    """The tables of dossiers without their indexes while lives come in by the million; see `kernel.copying`."""
    return without_indexes([model._meta.db_table for model in _FILLED])


def load_lives(lives: Iterable[Life], *, seed: str) -> Iterator[History]:
    """Write lives and give each one's history, as `queries.histories` would tell it.

    Lives of one receiving unit come in the order of their receipt, all in one call: running numbers of codes follow it. The
    units must be new to dossiers. `seed` makes the same identifiers every time. Refuses `MoveImpossible` for a life the
    law does not know.
    """
    writer = _Writer(seed)
    for count, life in enumerate(lives, 1):
        yield writer.write(life)
        if count % _BATCH == 0:
            writer.flush()
    writer.close()


class _Writer:
    def __init__(self, seed: str) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - repeatable identifiers, not secrets
        self._lines: defaultdict[type[Model], list[str]] = defaultdict(list)
        self._layouts: dict[type[Model], Layout] = {}
        self._codes: defaultdict[tuple[str, date], int] = defaultdict(int)
        self._ledgers: defaultdict[tuple[UUID, int], int] = defaultdict(int)
        self._books: dict[tuple[UUID, int], int] = {}
        self._calendars: dict[UUID, WorkingCalendar] = {}
        self._legs = cache(_legs)
        self._fold = cache(fold)

    def write(self, life: Life) -> History:
        key = self._id(life.moves[0].at)
        row, seen = Standing(), []
        legs = self._legs(_Graph(life.version), tuple(move.key for move in life.moves))
        for seq, (move, leg) in enumerate(zip(life.moves, legs, strict=True), 1):
            before, step_due = row.due, row.step_due_at
            at = moment(move.at)
            self._advance(life, row, move, leg, at)
            self._passage(key, life, row, move, leg, seq, at, before, step_due)
            seen.append(PassageSeen(seq, move.at, leg.national_after, row.due_at, leg.form, leg.ends_as))
        papers = [self._paper(key, life, paper) for paper in life.papers]
        for pause in row.pauses:
            self._add(ClockPause, pause_row(self._id(pause[0]), key, pause))
        if MoveKey.SUBMIT_TO_LEADER in row.moments:
            self._add(Result, result_row(self._id(when(life, MoveKey.SUBMIT_TO_LEADER)), key, life, row))
            self._note_number(life, row)
        words = (self._fold(life.applicant_name), life.applicant_number, self._fold(life.version.title))
        self._add(Dossier, dossier_row(key, life, row, legs[-1], " ".join(word for word in words if word)))
        is_issued = MoveKey.ISSUE in row.moments
        return History(
            dossier_id=UUID(key),
            code=row.code or "",
            procedure_code=life.version.code,
            version_id=life.version.id,
            channel=life.channel,
            receiving_id=life.receiving.id,
            competent_id=life.competent.id,
            passages=seen,
            papers=papers,
            has_electronic_result=is_issued and life.sealed_file_id is not None,
            has_scanned_result=is_issued and life.sealed_file_id is None and life.scan_file_id is not None,
        )

    def _advance(self, life: Life, row: Standing, move: LifeMove, leg: Leg, at: str) -> None:
        """What `make_move` does to the row: term, then steps."""
        row.moments[leg.move] = at
        match leg.clock:
            case Clock.START:
                row.received_at = move.at
                row.due_at = self._due(life, row)
                row.due = row.promised = moment_or_none(row.due_at)
                row.code = self._code(life, move.at)
                line = (life.receiving.id, clock.local(move.at).year)
                self._ledgers[line] += 1
                row.ledger_number = self._ledgers[line]
            case Clock.PAUSE:
                row.pauses.append([move.at, None, move.reason, leg.form])
            case Clock.RESUME:
                self._resume(life, row, move.at)
            case Clock.STOP:
                row.ended = at
                if row.pauses and row.pauses[-1][1] is None:
                    row.pauses[-1][1] = move.at
            case Clock.NONE:
                pass
        if leg.walks:
            row.step_key, row.step_name, row.step_at = leg.entered, leg.entered_name, at
            row.step_due_at = self._within(life, move.at, leg) if leg.entered_days > 0 else None
        if leg.decides is not None:
            row.outcome = leg.decides.value
        if leg.move is MoveKey.HAND_OVER:
            row.returned = at

    def _resume(self, life: Life, row: Standing, at: datetime) -> None:
        row.pauses[-1][1] = at
        row.due_at = self._due(life, row)
        row.due = moment_or_none(row.due_at)
        if row.step_due_at is not None:
            calendar = self._calendar(life)
            stood_still = calendar.office_time_between(row.pauses[-1][0], at)
            row.step_due_at = calendar.add_office_time(row.step_due_at, stood_still)

    def _due(self, life: Life, row: Standing) -> datetime | None:
        version = life.version
        limit = version.cases[0].limit_for(life.channel)
        if limit is None or row.received_at is None:
            return None
        ledger = [Pause(*pause) for pause in row.pauses]
        calendar = self._calendar(life)
        policy, cutoff = version.supplement_policy, version.cutoff
        return due_at(row.received_at, limit, calendar, ledger, policy, cutoff, explain=False).due_at

    def _within(self, life: Life, at: datetime, leg: Leg) -> datetime:
        limit = Limit(leg.entered_days, LimitUnit.WORKING_DAY)
        return due_at(at, limit, self._calendar(life), explain=False).due_at

    def _calendar(self, life: Life) -> WorkingCalendar:
        """The hours in force when the first dossier of the agency came in; one batch does not outlast them."""
        found = self._calendars.get(life.competent.id)
        if found is None:
            day = clock.local(life.moves[0].at).date()
            found = self._calendars[life.competent.id] = directory.calendar_of(life.competent.id, day)
        return found

    def _code(self, life: Life, at: datetime) -> str:
        day, unit = clock.local(at).date(), life.receiving
        code = unit_code_on(day, bottom_up=unit.code_qcvn or unit.code, top_down=unit.code)
        self._codes[code, day] += 1
        return str(DossierCode(code, day, self._codes[code, day]))

    def _passage(
        self,
        key: str,
        life: Life,
        row: Standing,
        move: LifeMove,
        leg: Leg,
        seq: int,
        at: str,
        due_before: str | None,
        step_due: datetime | None,
    ) -> None:
        passage: dict[str, object] = {
            "id": self._id(move.at),
            "dossier_id": key,
            "seq": seq,
            "move": leg.move.value,
            "from_state": leg.before,
            "to_state": leg.after,
            "national_before": leg.national_before,
            "national_after": leg.national_after,
            "at": at,
            "actor_id": move.by.account_id and str(move.by.account_id),
            "actor_name": move.by.name,
            "on_behalf_of_id": None,
            "agency_id": _agency_of(leg.side, life),
            "reason": move.reason,
            "form_code": leg.form,
            "due_before": due_before,
            "due_after": row.due,
            "left_step": leg.left,
            "left_step_due_at": moment(step_due) if leg.walks and step_due else None,
            "entered_step": leg.entered,
            "detail": dict(move.detail),
        }
        digest = digest_of(passage, row.head)
        self._add(Passage, passage | {"previous_digest": row.head, "digest": digest})
        row.head = digest
        if leg.form in life.forms:
            content = dict(life.forms[leg.form]) | {"code": row.code or "", "reason": move.reason}
            form = {"id": self._id(move.at), "dossier_id": key, "passage_id": passage["id"]}
            self._add(IssuedForm, form | {"code": leg.form, "content": content, "issued_at": at})

    def _paper(self, key: str, life: Life, paper: LifePaper) -> PaperSeen:
        row = paper_row(self._id(life.moves[0].at), key, life, paper)
        self._add(DossierPaper, row)
        has_file = paper.file_id is not None
        return PaperSeen(bool(row["must_digitize"]), has_file, paper.exemption, int(paper.digitization))

    def _note_number(self, life: Life, row: Standing) -> None:
        if life.result_number is not None and MoveKey.SIGN in row.moments:
            book = (life.competent.id, clock.local(when(life, MoveKey.SIGN)).year)
            self._books[book] = max(self._books.get(book, 0), life.result_number)

    def flush(self) -> None:
        """Dossiers before what points to them."""
        order: tuple[type[Model], ...] = (*_FILLED, CodeCounter, LedgerCounter)
        for model in order:
            if model in self._lines:
                self._layouts[model].write(self._lines[model])
        self._lines.clear()

    def close(self) -> None:
        """What waits, and the counters from which the services go on."""
        for (unit, day), last in self._codes.items():
            self._add(CodeCounter, {"unit": unit, "day": day.isoformat(), "last": last})
        for book, lasts in ((RESULTS_BOOK, self._books), (RECEPTION_BOOK, self._ledgers)):
            for (agency_id, year), last in lasts.items():
                self._add(LedgerCounter, {"agency_id": agency_id, "book": book, "year": year, "last": last})
        self.flush()

    def _add(self, model: type[Model], row: dict[str, object]) -> None:
        """One row; rows of a model have the same columns."""
        how = self._layouts.get(model)
        if how is None:
            how = self._layouts[model] = layout(model, tuple(row), EMPTY.get(model, frozenset()))
        self._lines[model].append(how.line(row))

    def _id(self, at: datetime) -> str:
        """A UUIDv7 of a moment, the same for the same seed."""
        bits = self._chance.getrandbits(74)
        number = int(at.timestamp() * 1000) << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & _LOW
        text = f"{number:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_LOW = (1 << 62) - 1


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    """The process graph of a version as a key of what is remembered."""

    version: VersionSnapshot

    def __hash__(self) -> int:
        return hash(self.version.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Graph) and other.version.id == self.version.id


def _legs(graph: _Graph, life: tuple[MoveKey, ...]) -> tuple[Leg, ...]:
    process = graph.version.process
    return legs_of(process.steps, process.start, life)


def _agency_of(side: Side, life: Life) -> str | None:
    """In whose name the act is done; the applicant acts for nobody."""
    if side is Side.APPLICANT:
        return None
    return str(agencies_of(side, _Seats(life.receiving.id, life.competent.id, life.receiving.id))[0])


@dataclass(frozen=True, slots=True)
class _Seats:
    """The organisations of a life: nobody is consulted in it, so that an answer to a consultation is refused."""

    receiving_id: UUID
    competent_id: UUID
    returning_id: UUID
    consulted_agencies: tuple[UUID, ...] = ()
