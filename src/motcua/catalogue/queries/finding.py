"""Finding procedures: forgiving of accents, slips, word order; by field, life event, audience; paged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Length, RowNumber

from motcua.catalogue.models import EverydayWord, FindingRevision, ListedProcedure, Procedure, ProcedureTag
from motcua.catalogue.rules.finding.everyday import EverydayTable
from motcua.catalogue.rules.finding.index import ListedTitle, TitleIndex
from motcua.catalogue.rules.finding.typed import words_of
from motcua.catalogue.words import CompetentLevel, LifeEvent, OnlineLevel, PriorityList
from motcua.kernel import clock


@dataclass(frozen=True, slots=True)
class ProcedureHit:
    id: UUID
    code: str
    title: str
    title_en: str
    field_code: str
    field_name: str
    field_name_en: str
    level: OnlineLevel
    agency_level: CompetentLevel
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureTitle:
    code: str
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """One page of hits; `next` is passed back as `after` for the page behind it, None on the last."""

    hits: tuple[ProcedureHit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class FieldCount:
    code: str
    name: str
    name_en: str
    procedures: int


@dataclass(frozen=True, slots=True)
class EverydayLine:
    """An entry of the table of everyday words; `ended_at` None while it counts."""

    id: UUID
    phrase: str
    official: tuple[str, ...]
    in_pack: bool
    begun_at: datetime
    ended_at: datetime | None


#: Nobody reads on behind this many answers to a question; browsing without words has no such end.
_MOST_HITS = 400
_COLUMNS = (
    "id",
    "code",
    "title",
    "title_en",
    "field__code",
    "field__name",
    "field__name_en",
    "level",
    "agency_level",
    "audience",
)


def find_procedures(
    text: str = "",
    *,
    field: str | None = None,
    life_event: LifeEvent | str | None = None,
    priority: PriorityList | str | None = None,
    audience: str | None = None,
    level: OnlineLevel | None = None,
    limit: int = 20,
    after: str | None = None,
    on: date | None = None,
) -> ProcedurePage:
    """Offered procedures, best first (by title when `text` is empty). `field` is a field code.

    Everyday words count as the law's, accents and slips are forgiven, words of asking hardly count (rules/finding). An
    empty page is an honest "not found". A damaged `after` starts over. At most two statements, whatever the page's size.
    """
    narrowed = _narrowed(field, life_event, priority, audience, level, on or clock.today())
    start = int(after) if after and after.isascii() and after.isdigit() and len(after) < 9 else 0
    if words_of(text):
        rows = _ranked(text, narrowed)[start : start + limit + 1]
    else:
        rows = list(narrowed.order_by("title", "id").values_list(*_COLUMNS)[start : start + limit + 1])
    following = str(start + limit) if len(rows) > limit else None
    return ProcedurePage(tuple(_hit(row) for row in rows[:limit]), following)


def fields_offered() -> tuple[FieldCount, ...]:
    """Fields of administration with their number of offered procedures, by name."""
    rows = (
        Procedure.objects.filter(is_offered=True)
        .values_list("field__code", "field__name", "field__name_en")
        .annotate(procedures=Count("id"))
        .order_by("field__name")
    )
    return tuple(FieldCount(code, name, name_en, n) for code, name, name_en, n in rows)


def codes_offered() -> tuple[str, ...]:
    """The codes of all procedures that are offered, in order."""
    rows = Procedure.objects.filter(is_offered=True).order_by("code")
    return tuple(rows.values_list("code", flat=True))


def life_events_offered(on: date | None = None) -> dict[LifeEvent, int]:
    """Life events with their number of offered procedures."""
    rows = (
        ProcedureTag.objects.filter(
            kind=ProcedureTag.Kind.LIFE_EVENT, procedure__is_offered=True, valid__contains=on or clock.today()
        )
        .values_list("value")
        .annotate(procedures=Count("id"))
    )
    return {LifeEvent(value): n for value, n in rows}


def titles_by_event(*, most: int = 3, on: date | None = None) -> dict[LifeEvent, tuple[ProcedureTitle, ...]]:
    """For each life event the procedures whose titles say it shortest: a door each, not the whole list. One statement."""
    place = Window(
        RowNumber(), partition_by=F("value"), order_by=[Length("procedure__title"), F("procedure__code")]
    )
    rows = (
        ProcedureTag.objects.filter(
            kind=ProcedureTag.Kind.LIFE_EVENT, procedure__is_offered=True, valid__contains=on or clock.today()
        )
        .annotate(place=place)
        .filter(place__lte=most)
        .order_by("value", "place")
        .values_list("value", "procedure__code", "procedure__title", "procedure__title_en")
    )
    found: dict[LifeEvent, tuple[ProcedureTitle, ...]] = {}
    for value, *title in rows:
        found[LifeEvent(value)] = (*found.get(LifeEvent(value), ()), ProcedureTitle(*title))
    return found


def everyday_words(text: str = "") -> tuple[EverydayLine, ...]:
    """The entries that count now, by phrase; only those whose phrase or meaning has the words of `text`, if given."""
    wanted = words_of(text)
    rows = EverydayWord.objects.filter(valid__contains=clock.now()).order_by("folded")
    return tuple(
        EverydayLine(row.id, row.phrase, tuple(row.official), row.in_pack, row.valid.lower, row.valid.upper)
        for row in rows
        if set(wanted) <= {*row.folded.split(), *(word for one in row.official for word in words_of(one))}
    )


def listed_without_content() -> tuple[str, ...]:
    """Codes that an official list names and no version describes."""
    rows = ListedProcedure.objects.exclude(code__in=Procedure.objects.values("code")).order_by("code")
    return tuple(rows.values_list("code", flat=True))


# -- the index of this process


#: Another process's change is seen within this time; inside a transaction the database is asked each time.
_FRESH_FOR = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class _Kept:
    token: UUID | None
    ids: tuple[UUID, ...]
    index: TitleIndex


_kept: _Kept | None = None
_asked_at: datetime | None = None


def forget_titles() -> None:
    """Read titles and everyday words anew at the next search."""
    global _kept
    _kept = None


def _titles() -> _Kept:
    """The index of all offered titles, built again when something it looks at has changed (0.3 ms a title)."""
    global _kept, _asked_at
    now = clock.now()
    if (
        _kept is not None
        and _asked_at is not None
        and not connection.in_atomic_block
        and abs(now - _asked_at) < _FRESH_FOR
    ):
        return _kept
    token = FindingRevision.objects.values_list("token", flat=True).first()
    if _kept is None or _kept.token != token:
        _kept = _read_titles(token)
    _asked_at = now
    return _kept


def _read_titles(token: UUID | None) -> _Kept:
    now = clock.now()
    priorities = ProcedureTag.objects.filter(
        procedure=OuterRef("pk"), kind=ProcedureTag.Kind.PRIORITY_LIST, valid__contains=now.date()
    )
    rows = list(
        Procedure.objects.filter(is_offered=True)
        .annotate(is_priority=Exists(priorities))
        .order_by("title", "id")
        .values_list(
            "id", "code", "title", "title_en", "field__name", "agency_level", "audience", "is_priority"
        )
    )
    everyday = EverydayTable(
        EverydayWord.objects.filter(valid__contains=now).values_list("phrase", "official")
    )
    listed = [
        ListedTitle(code, title, title_en, field, CompetentLevel(level), "citizen" in audience, is_priority)
        for _, code, title, title_en, field, level, audience, is_priority in rows
    ]
    return _Kept(token, tuple(row[0] for row in rows), TitleIndex(listed, everyday))


def _ranked(text: str, narrowed: QuerySet[Procedure]) -> list[tuple[object, ...]]:
    """Rows that answer the text and pass the narrowing, best first. One statement."""
    titles = _titles()
    places = {
        titles.ids[place]: rank for rank, (_, place) in enumerate(titles.index.search(text)[:_MOST_HITS])
    }
    if not places:
        return []
    rows = narrowed.filter(pk__in=places).values_list(*_COLUMNS)
    return sorted(rows, key=lambda row: places[row[0]])


def _narrowed(
    field: str | None,
    life_event: str | None,
    priority: str | None,
    audience: str | None,
    level: OnlineLevel | None,
    on: date,
) -> QuerySet[Procedure]:
    wanted = Q(is_offered=True)
    if field:
        wanted &= Q(field__code=field)
    if audience:
        wanted &= Q(audience__contains=[audience])
    if level:
        wanted &= Q(level=str(level))
    found = Procedure.objects.filter(wanted)
    for value, kind in (
        (life_event, ProcedureTag.Kind.LIFE_EVENT),
        (priority, ProcedureTag.Kind.PRIORITY_LIST),
    ):
        if value:
            tags = ProcedureTag.objects.filter(
                procedure=OuterRef("pk"), kind=kind, value=str(value), valid__contains=on
            )
            found = found.filter(Exists(tags))
    return found


def _hit(row: tuple[Any, ...]) -> ProcedureHit:
    return ProcedureHit(
        id=row[0],
        code=row[1],
        title=row[2],
        title_en=row[3],
        field_code=row[4],
        field_name=row[5],
        field_name_en=row[6],
        level=OnlineLevel(row[7]),
        agency_level=CompetentLevel(row[8]),
        audience=tuple(row[9]),
    )
