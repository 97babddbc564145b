"""Finding procedures: forgiving of accents, slips, word order; by field, life event, audience; paged by key."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max

from motcua.catalogue.models import ListedProcedure, Procedure, ProcedureTag, ProcedureVersion
from motcua.catalogue.rules.finding import Vocabulary, query_words, variants
from motcua.catalogue.words import AgencyLevel, LifeEvent, OnlineLevel, PriorityList
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
    agency_level: AgencyLevel
    audience: tuple[str, ...]


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


# A word counts more the more exactly it is there; the phrase as typed, and a short title, break ties.
_WHOLE, _SLIP, _BEGINNING, _INSIDE = 1000, 700, 600, 300
_PHRASE = 900


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

    A hit has at least two thirds of the words typed, each as typed, as the beginning of a word, or one slip away.
    A damaged `after` starts over. Two statements, whatever the size of the page.
    """
    words = query_words(text)
    where, params = _narrowing(field, life_event, priority, audience, level, on or clock.today())
    score, score_params = _score(words, " ".join(words))
    matched, matched_params = _matched(words)
    cursor = _read_cursor(after)
    clauses = [*where]
    if words:
        clauses.append(f"{matched} >= %s")
        params += [*matched_params, -(-2 * len(words) // 3)]
    outer = ""
    if cursor is not None:
        outer = "WHERE (-score, title, id) > (%s, %s, %s)"
    sql = f"""
      SELECT id, code, title, title_en, field_code, field_name, field_name_en, level, agency_level, audience, score
      FROM (
        SELECT p.id, p.code, p.title, p.title_en, f.code AS field_code, f.name AS field_name, f.name_en AS field_name_en,
               p.level, p.agency_level, p.audience, {score} AS score
        FROM catalogue_procedure p JOIN catalogue_field f ON f.id = p.field_id
        WHERE p.is_offered AND {" AND ".join(clauses) or "true"}
      ) found
      {outer}
      ORDER BY -score, title, id
      LIMIT %s
    """  # noqa: S608 - the text is built from constants only; every value travels as a parameter
    with connection.cursor() as db:
        db.execute(sql, (*score_params, *params, *(cursor or ()), limit + 1))
        rows = db.fetchall()
    hits = tuple(_hit(row) for row in rows[:limit])
    following = (
        _write_cursor(-rows[limit - 1][10], rows[limit - 1][2], rows[limit - 1][0])
        if len(rows) > limit
        else None
    )
    return ProcedurePage(hits, following)


def fields_offered() -> tuple[FieldCount, ...]:
    """Fields of administration with their number of offered procedures, by name."""
    rows = (
        Procedure.objects.filter(is_offered=True)
        .values_list("field__code", "field__name", "field__name_en")
        .annotate(procedures=Count("id"))
        .order_by("field__name")
    )
    return tuple(FieldCount(code, name, name_en, n) for code, name, name_en, n in rows)


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


_vocabulary: tuple[object, Vocabulary] | None = None


def _known_words() -> Vocabulary:
    """The words of all procedures, kept until something is published."""
    global _vocabulary
    sign = tuple(ProcedureVersion.objects.aggregate(n=Count("id"), at=Max("published_at")).values())
    if _vocabulary is None or _vocabulary[0] != sign:
        _vocabulary = (
            sign,
            Vocabulary(Procedure.objects.filter(is_offered=True).values_list("search", flat=True)),
        )
    return _vocabulary[1]


def _alternatives(words: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return list(variants(words, _known_words()).items()) if words else []


def _score(words: tuple[str, ...], phrase: str) -> tuple[str, list[Any]]:
    if not words:
        return "0", []
    parts: list[str] = []
    params: list[Any] = []
    for word, forms in _alternatives(words):
        cases = [f"WHEN p.search LIKE %s THEN {_WHOLE}"]
        params.append(f"% {_plain(word)} %")
        for form in forms[1:]:
            cases.append(f"WHEN p.search LIKE %s THEN {_SLIP}")
            params.append(f"% {_plain(form)} %")
        cases += [f"WHEN p.search LIKE %s THEN {_BEGINNING}", f"WHEN p.search LIKE %s THEN {_INSIDE}"]
        params += [f"% {_plain(word)}%", f"%{_plain(word)}%"]
        parts.append(f"(CASE {' '.join(cases)} ELSE 0 END)")
    parts.append(f"(CASE WHEN p.search LIKE %s THEN {_PHRASE} ELSE 0 END)")
    params.append(f"% {_plain(phrase)} %")
    return f"({' + '.join(parts)} - least(length(p.title), 400))", params


def _matched(words: tuple[str, ...]) -> tuple[str, list[Any]]:
    parts: list[str] = []
    params: list[Any] = []
    for word, forms in _alternatives(words):
        likes = ["p.search LIKE %s"] * len(forms)
        params += [f"% {_plain(word)}%", *(f"% {_plain(form)} %" for form in forms[1:])]
        parts.append(f"({' OR '.join(likes)})::int")
    return f"({' + '.join(parts)})", params


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
        agency_level=AgencyLevel(row[8]),
        audience=tuple(row[9]),
    )


def _narrowing(
    field: str | None,
    life_event: str | None,
    priority: str | None,
    audience: str | None,
    level: OnlineLevel | None,
    on: date,
) -> tuple[list[str], list[Any]]:
    clauses: list[str] = []
    params: list[Any] = []
    for value, clause in (
        (field, "f.code = %s"),
        (audience, "p.audience @> ARRAY[%s]"),
        (level, "p.level = %s"),
    ):
        if value:
            clauses.append(clause)
            params.append(str(value))
    for value, kind in ((life_event, "life_event"), (priority, "priority_list")):
        if value:
            clauses.append(
                "EXISTS (SELECT 1 FROM catalogue_proceduretag t WHERE t.procedure_id = p.id"
                " AND t.kind = %s AND t.value = %s AND t.valid @> %s)"
            )
            params += [kind, str(value), on]
    return clauses, params


def _plain(word: str) -> str:
    return word.replace("\\", "").replace("%", "").replace("_", "")


def _write_cursor(score: int, title: str, key: UUID) -> str:
    return base64.urlsafe_b64encode(f"{score}\n{key}\n{title}".encode()).decode()


def _read_cursor(after: str | None) -> tuple[int, str, UUID] | None:
    if not after:
        return None
    try:
        score, key, title = base64.urlsafe_b64decode(after.encode()).decode().split("\n", 2)
        return int(score), title, UUID(key)
    except (ValueError, binascii.Error):
        return None


def listed_without_content() -> tuple[str, ...]:
    """Codes that an official list names and no version describes."""
    rows = ListedProcedure.objects.exclude(code__in=Procedure.objects.values("code")).order_by("code")
    return tuple(rows.values_list("code", flat=True))
