"""Does every list find its way by an index at this size? Prints the plan and what it read, list by list. Needs Django."""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any
from uuid import UUID


def show() -> None:
    """`rows read` is what the plan touched for a page of twenty; more than a few hundred means an index is missing."""
    print("| list | nodes | rows read | buffers | ms |\n|---|---|---|---|---|")
    for name, ask in _lists():
        for plan in _plans(ask):
            nodes = " ← ".join(dict.fromkeys(_names(plan["Plan"])))
            buffers = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
            print(
                f"| {name} | {nodes} | {_read(plan['Plan'])} | {buffers} | {plan['Execution Time']:.1f} |",
                flush=True,
            )


def _lists() -> Iterator[tuple[str, Callable[[], Any]]]:
    from benchmarks.dossiers_generator import party_id

    from motcua.dossiers import queries
    from motcua.dossiers.queries import (
        Box,
        Filters,
    )
    from motcua.dossiers.words import (
        Urgency,
    )
    from motcua.kernel.authority import EVERYWHERE, SYSTEM, Actor, ActorKind
    from motcua.provisioning.demo.directory import load_demo_directory

    demo = load_demo_directory(actor=SYSTEM, password=None)

    def officer(*agencies: UUID) -> Actor:
        held = frozenset(agencies)
        grants = {"dossier.read": held, "dossier.answer_consultation": held}
        account = demo.accounts["chau"]
        return Actor(ActorKind.OFFICER, account, "", frozenset(), held, MappingProxyType(grants))

    one = officer(demo.agencies["H99.11"])
    three = officer(*(demo.agencies[code] for code in ("H99.11", "H99.12", "H99.13")))
    everywhere = officer(EVERYWHERE)
    person = Actor(ActorKind.PERSON, None, "", frozenset({party_id(1), party_id(2)}))

    def page(actor: Actor, box: Box, **filters: Any) -> Callable[[], Any]:
        return lambda: queries.inbox(actor=actor, box=box, filters=Filters(**filters))

    def deep(actor: Actor, box: Box) -> Callable[[], Any]:
        after = None
        for _ in range(100):
            after = queries.inbox(actor=actor, box=box, after=after, limit=200).after or after
        return lambda: queries.inbox(actor=actor, box=box, after=after)

    who = (("one agency", one), ("three agencies", three), ("the province", everywhere))
    for words, actor in who:
        for box in (Box.WORK, Box.RECEPTION, Box.RETURN, Box.ALL):
            yield f"{box}, {words}", page(actor, box)
    yield "mine", page(one, Box.MINE)
    yield "consulted", page(one, Box.CONSULTED)
    for words, actor in who:
        yield f"work, {words}, 20,000 deep", deep(actor, Box.WORK)
        yield f"reception, {words}, 20,000 deep", deep(actor, Box.RECEPTION)
    for urgency in Urgency:
        yield f"work, {urgency}", page(one, Box.WORK, urgency=urgency)
    yield "work, procedure", page(one, Box.WORK, procedure_code="1.001193")
    yield (
        "work, overdue, procedure, channel",
        page(one, Box.WORK, urgency=Urgency.OVERDUE, procedure_code="1.001193", channel="counter"),
    )
    yield "reception, three words", page(one, Box.RECEPTION, text="trần đức bình")
    yield "reception, a number", page(one, Box.RECEPTION, text="099050000100")
    yield "work, two words", page(one, Box.WORK, text="trần bình")
    yield "all, words found nowhere", page(one, Box.ALL, text="không ai tên này")
    yield "all, a code", page(one, Box.ALL, text="H99.11-261120-0001")
    yield "of a party, as officer", lambda: queries.dossiers_of_party(actor=one, party_id=party_id(3))
    yield "own, two parties", lambda: queries.own_dossiers(actor=person)
    yield "counts, one agency", lambda: queries.box_counts(actor=one)


def _plans(ask: Callable[[], Any]) -> Iterator[dict[str, Any]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    for query in asked:
        with connection.cursor() as cursor:
            # The text is complete: `%` in it is no place for a parameter.
            cursor.execute("explain (analyze, buffers, format json) " + query["sql"].replace("%", "%%"), [])
            yield cursor.fetchone()[0][0]


def _names(plan: dict[str, Any]) -> Iterator[str]:
    where = plan.get("Index Name") or plan.get("Relation Name") or ""
    yield f"{plan['Node Type']} {where}".strip()
    for child in plan.get("Plans", ()):
        yield from _names(child)


def _read(plan: dict[str, Any]) -> int:
    """Rows that the leaves gave, those filtered away included."""
    children = plan.get("Plans", ())
    if children:
        return sum(_read(child) for child in children)
    removed = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    return int((plan["Actual Rows"] + removed) * plan["Actual Loops"])
