"""Lists of dossiers: keyset pages that cost the same at the first and the thousandth page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from motcua.directory import queries as directory
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.queries.paging import Lanes, by_due, newest_first
from motcua.dossiers.rules.code import parse_code, parse_short_code
from motcua.dossiers.rules.terms import urgency
from motcua.dossiers.words import BEFORE_RECEIPT, PAUSED, READY, WITH_LEADER, Urgency
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.text import fold
from motcua.kernel.values import Unreadable, read_phone

T = TypeVar("T")

_PERSONAL_NUMBER = re.compile(r"[0-9]{12}")
#: An old identity number, a phone, a tax code, in any grouping.
_NUMBER = re.compile(r"\+?[0-9(][0-9\s.()\-–]{7,20}")
#: Days asked for beyond these find nothing more and could not be reckoned with.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


class Box(StrEnum):
    """What an officer looks at: work of the competent agency, own tasks, reception, results to hand over, opinions asked."""

    WORK = "work"
    MINE = "mine"
    RECEPTION = "reception"
    RETURN = "return"
    CONSULTED = "consulted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """All optional; `text` finds codes, names, numbers and titles without accents."""

    text: str = ""
    urgency: Urgency | None = None
    procedure_code: str = ""
    channel: str = ""
    states: frozenset[str] = field(default_factory=frozenset)
    agency_id: UUID | None = None
    received_from: date | None = None
    received_to: date | None = None
    agency_ids: frozenset[UUID] = field(default_factory=frozenset)
    due_from: date | None = None
    due_to: date | None = None
    is_running: bool = False
    #: Whose clock runs and which nobody moved since this moment.
    unmoved_since: datetime | None = None
    assignee_id: UUID | None = None
    is_unassigned: bool = False
    step_name: str = ""
    #: Only these; an empty set finds nothing.
    ids: frozenset[UUID] | None = None
    #: Ended before this moment: of results to hand over, those that lie too long.
    ended_before: datetime | None = None
    #: Handed over by a reorganisation and not acknowledged.
    awaits_acknowledgement: bool = False


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One line of a list."""

    id: UUID
    code: str | None
    procedure_code: str
    procedure_title: str
    applicant_name: str
    channel: str
    state: str
    national_status: int
    is_paused: bool
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    step_name: str
    step_due_at: datetime | None
    assignee_id: UUID | None
    assignee_name: str
    awaits_acknowledgement: bool
    receiving_id: UUID
    competent_id: UUID
    returning_id: UUID
    revision: int
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page and the cursor of the next one (None at the end)."""

    rows: Sequence[T]
    after: str | None


_FIELDS = (
    "id",
    "code",
    "procedure_code",
    "procedure_title",
    "applicant_name",
    "channel",
    "state",
    "national_status",
    "is_paused",
    "submitted_at",
    "received_at",
    "due_at",
    "ended_at",
    "step_name",
    "step_due_at",
    "assignee_id",
    "assignee_name",
    "awaits_acknowledgement",
    "receiving_id",
    "competent_id",
    "returning_id",
    "revision",
)


def inbox(
    *,
    actor: Actor,
    box: Box = Box.WORK,
    filters: Filters | None = None,
    after: str | None = None,
    limit: int = 20,
) -> Page[DossierRow]:
    """An officer's list. Open work comes by due moment (nearest first), everything else newest first."""
    rows, agency = _box(actor, box)
    lanes = _lanes(_filtered(rows, filters or Filters()), actor, agency)
    if box in {Box.RECEPTION, Box.ALL}:
        return _newest_first(lanes, after, limit)
    return _by_due(lanes, after, limit)


def export_rows(*, actor: Actor, box: Box = Box.WORK, filters: Filters | None = None) -> Iterator[DossierRow]:
    """Every row of a list, by identifier, from a cursor on the server: memory does not grow with their number."""
    found = rows_of(actor, box, filters or Filters()).order_by("id").values(*_FIELDS)
    today = clock.today()
    return (_row(row, today) for row in found.iterator(chunk_size=500))


def rows_of(actor: Actor, box: Box, filters: Filters) -> DossierQuerySet:
    """The rows of a list, in no order, within the rights of the actor."""
    rows, agency = _box(actor, box)
    if agency and EVERYWHERE not in _readable(actor):
        rows = rows.filter(**{f"{agency}__in": _readable(actor)})
    return _filtered(rows, filters)


#: Nobody reads a greater number in a tab; counting on would read every row of a full box with each page.
MOST_COUNTED = 1000


def box_counts(*, actor: Actor, box: Box = Box.WORK, most: int = MOST_COUNTED) -> dict[Urgency, int]:
    """How many lie in each group of urgency, counted up to `most`; one statement."""
    today = clock.today()
    rows, agency = _box(actor, box)
    if agency and EVERYWHERE not in _readable(actor):
        rows = rows.filter(**{f"{agency}__in": _readable(actor)})
    parts: list[str] = []
    params: list[Any] = []
    for group in Urgency:
        counted = rows.filter(_of_urgency(group, today)).order_by().values("pk")[:most]
        try:
            sql, given = counted.query.sql_with_params()
        except EmptyResultSet:
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - made by the query sets above
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(Urgency, cursor.fetchone(), strict=True))


def own_dossiers(*, actor: Actor, after: str | None = None, limit: int = 20) -> Page[DossierRow]:
    """Dossiers of the person or the organisations they act for, newest first."""
    if not actor.party_ids:
        return Page((), None)
    scoped = Dossier.objects.visible_to(actor)
    roles = ("applicant_id", "submitter_id")
    lanes = [scoped.filter(**{role: party}) for party in sorted(actor.party_ids) for role in roles]
    found, following = newest_first(lanes, _FIELDS, after, limit, may_overlap=True)
    return Page(_rows(found), following)


def dossiers_of_party(
    *, actor: Actor, party_id: UUID, after: str | None = None, limit: int = 20
) -> Page[DossierRow]:
    """All dossiers of one applicant, in whichever record, that the actor may see, newest first."""
    rows = Dossier.objects.visible_to(actor)
    lanes = [rows.filter(applicant_id=one) for one in sorted(directory.records_of([party_id]))]
    return _newest_first(lanes, after, limit)


def signing_tray(*, actor: Actor, agency_ids: Sequence[UUID], limit: int = 100) -> Sequence[DossierRow]:
    """What waits for a leader of these agencies: proposals to decide and decisions to sign, most urgent first."""
    rows = Dossier.objects.filter(is_open=True, state__in=WITH_LEADER)
    return _by_due([rows.filter(competent_id=agency_id) for agency_id in set(agency_ids)], None, limit).rows


def extension_proposals(*, actor: Actor, limit: int = 100) -> Sequence[DossierRow]:
    """Dossiers of which an officer proposed a new appointment to the head, nearest term first."""
    agencies = actor.agencies_with("dossier.extend")
    rows = Dossier.objects.opened().filter(proposed_due_at__isnull=False, competent_id__in=agencies)
    return _rows(list(rows.order_by("due_at", "id").values(*_FIELDS)[:limit]))


def rows_by_due(lanes: Lanes, after: str | None, limit: int) -> Page[DossierRow]:
    """A page of the lanes of another list of this package, nearest due moment first."""
    return _by_due(lanes, after, limit)


def _readable(actor: Actor) -> frozenset[UUID]:
    return actor.agencies_with("dossier.read") | actor.agencies_with("dossier.read_all")


def _lanes(rows: DossierQuerySet, actor: Actor, agency: str) -> Lanes:
    """One lane per agency the actor may read in, by the column of the box; one for all of the province."""
    agencies = _readable(actor)
    if not agency or EVERYWHERE in agencies:
        return [rows]
    return [rows.filter(**{agency: one}) for one in sorted(agencies)]


def _box(actor: Actor, box: Box) -> tuple[DossierQuerySet, str]:
    """The rows of a box, and the column that must name an agency of the actor ("" where the rows are scoped already)."""
    every: DossierQuerySet = Dossier.objects.all()
    if not _readable(actor):
        return every.none(), ""
    match box:
        case Box.WORK:
            return every.filter(is_open=True), "competent_id"
        case Box.MINE:
            return every.filter(is_open=True, assignee_id=actor.account_id), ""
        case Box.RECEPTION:
            return every, "receiving_id"
        case Box.RETURN:
            waiting = every.filter(returned_at=None, ended_at__isnull=False, state=READY)
            return waiting, "returning_id"
        case Box.CONSULTED:
            own = list(actor.agencies_with("dossier.answer_consultation"))
            # A dossier asked about twice is one dossier: no join, which would give it twice.
            unanswered = Consultation.objects.filter(
                dossier=OuterRef("pk"), agency_id__in=own, answered_at=None
            )
            return every.filter(Exists(unanswered), is_open=True), ""
        case Box.ALL:
            return every.visible_to(actor), ""


def _filtered(rows: DossierQuerySet, filters: Filters) -> DossierQuerySet:
    return rows.filter(wanted(filters))


def wanted(filters: Filters) -> Q:
    """The condition of a filter, for lists and counts alike."""
    exact = {
        "procedure_code": filters.procedure_code,
        "channel": filters.channel,
        "competent_id": filters.agency_id,
        "competent_id__in": filters.agency_ids,
        "received_at__gte": _opening(filters.received_from),
        "received_at__lt": _opening(filters.received_to, days=1),
        "due_at__gte": _opening(filters.due_from),
        "due_at__lt": _opening(filters.due_to, days=1),
        "assignee_id": filters.assignee_id,
        "step_name": filters.step_name,
        "state__in": filters.states,
    }
    found = Q(**{name: value for name, value in exact.items() if value})
    if filters.text.strip():
        found &= _matching(filters.text)
    if filters.urgency is not None:
        found &= _of_urgency(filters.urgency, clock.today())
    if filters.is_running:
        found &= ~_waiting()
    if filters.is_unassigned:
        found &= Q(assignee_id=None)
    if filters.ids is not None:
        found &= Q(pk__in=filters.ids)
    if filters.ended_before is not None:
        found &= Q(ended_at__lt=filters.ended_before)
    if filters.awaits_acknowledgement:
        found &= Q(awaits_acknowledgement=True)
    if filters.unmoved_since is not None:
        found &= Q(changed_at__lt=filters.unmoved_since) & ~Q(state__in=PAUSED)
    return found


def _matching(text: str) -> Q:
    code = parse_code(text)
    if code is not None:
        return Q(code=str(code))
    short = parse_short_code(text)
    if short is not None:
        return Q(code__in=[f"{unit}{short}" for unit in _units()])
    person = _person(text)
    if person is not None:
        return Q(applicant_id__in=directory.records_of([person]))
    people = directory.parties_reached_by(text) if _NUMBER.fullmatch(text.strip()) else ()
    if people:
        return Q(applicant_id__in=people) | Q(submitter_id__in=people) | _words_of(_digits(text))
    return _words_of(text)


def _units() -> set[str]:
    """Codes, in either order, of the desks that number dossiers: each is one look-up by the index of codes."""
    desks = directory.find_agencies(is_one_stop=True)
    return {unit for desk in desks for unit in (desk.code, desk.code_qcvn) if unit}


def _digits(text: str) -> str:
    """A number as it is kept: a phone in the one form it is read to, anything else without blanks."""
    try:
        return read_phone(text)
    except Unreadable:
        return re.sub(r"[\s.]", "", text)


def _words_of(text: str) -> Q:
    # Every word must occur; each is a trigram look-up, their order does not matter.
    found = Q()
    for word in fold(text).split()[:8]:
        found &= Q(search_text__contains=word)
    return found


def _person(text: str) -> UUID | None:
    """Whose whole personal number was typed, with spaces or points or without: their dossiers lie together in an index,
    while the pieces of a number are those of thousands. A number nobody has (any more) is looked for as text.
    """
    digits = re.sub(r"[\s.]", "", text)
    return directory.person_with(digits) if _PERSONAL_NUMBER.fullmatch(digits) else None


def _waiting() -> Q:
    return Q(state__in=sorted(PAUSED | BEFORE_RECEIPT)) | Q(due_at=None)


def _of_urgency(group: Urgency, today: date) -> Q:
    waiting = _waiting()
    match group:
        case Urgency.WAITING:
            return waiting
        case Urgency.OVERDUE:
            return Q(due_at__lt=_opening(today)) & ~waiting
        case Urgency.TODAY:
            return Q(due_at__gte=_opening(today), due_at__lt=_opening(today, days=1)) & ~waiting
        case Urgency.SOON:
            return Q(due_at__gte=_opening(today, days=1), due_at__lt=_opening(today, days=4)) & ~waiting
        case Urgency.LATER:
            return Q(due_at__gte=_opening(today, days=4)) & ~waiting


def _opening(day: date | None, *, days: int = 0) -> datetime | None:
    if day is not None:
        day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return datetime.combine(day + timedelta(days=days), time.min, tzinfo=clock.LOCAL) if day else None


def _by_due(lanes: Lanes, after: str | None, limit: int) -> Page[DossierRow]:
    found, following = by_due(lanes, _FIELDS, after, limit)
    return Page(_rows(found), following)


def _newest_first(lanes: Lanes, after: str | None, limit: int) -> Page[DossierRow]:
    found, following = newest_first(lanes, _FIELDS, after, limit)
    return Page(_rows(found), following)


def _rows(found: Sequence[Any]) -> list[DossierRow]:
    today = clock.today()
    return [_row(row, today) for row in found]


def _row(row: Any, today: date) -> DossierRow:
    due_on = clock.local(row["due_at"]).date() if row["due_at"] else None
    waiting = row["is_paused"] or row["state"] in BEFORE_RECEIPT
    return DossierRow(**row, urgency=urgency(due_on=due_on, today=today, waiting=waiting))
