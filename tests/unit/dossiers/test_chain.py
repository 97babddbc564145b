"""The chain of passages shows every edit, gap, swap and cut."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.chain import GENESIS, Break, Link, digest_of, faults_of

DOSSIER = UUID(int=7)
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def chain_of(count: int) -> list[Link]:
    links, previous = [], GENESIS
    for seq in range(1, count + 1):
        fields = {"seq": seq, "move": f"m{seq}", "at": START + timedelta(minutes=seq), "detail": {"a": seq}}
        digest = digest_of(fields, previous)
        links.append(Link(seq, fields, previous, digest))
        previous = digest
    return links


def check(links: list[Link], whole: list[Link]) -> set[Break]:
    return {fault.kind for fault in faults_of(DOSSIER, links, head=whole[-1].digest, count=len(whole))}


@given(st.integers(1, 12))
def test_an_untouched_chain_has_no_fault(count: int) -> None:
    whole = chain_of(count)
    assert check(whole, whole) == set()


@given(st.integers(2, 10), st.data())
def test_every_single_tampering_is_found(count: int, data: st.DataObject) -> None:
    whole = chain_of(count)
    at = data.draw(st.integers(0, count - 1))
    link = whole[at]
    ways: dict[str, Callable[[], list[Link]]] = {
        "edit": lambda: [
            *whole[:at],
            Link(link.seq, {**link.fields, "move": "x"}, link.previous, link.digest),
            *whole[at + 1 :],
        ],
        "rehash": lambda: [
            *whole[:at],
            Link(
                link.seq,
                {**link.fields, "move": "x"},
                link.previous,
                digest_of({**link.fields, "move": "x"}, link.previous),
            ),
            *whole[at + 1 :],
        ],
        "remove": lambda: [*whole[:at], *whole[at + 1 :]],
        "cut": lambda: whole[:-1],
    }
    way = data.draw(st.sampled_from(sorted(ways)))
    assert check(ways[way](), whole), way


def test_kinds_of_faults() -> None:
    whole = chain_of(5)
    assert Break.MISSING in check([whole[0], *whole[2:]], whole)
    assert Break.TRUNCATED in check(whole[:-1], whole)
    swapped = [whole[0], Link(2, whole[2].fields, whole[2].previous, whole[2].digest), *whole[2:]]
    assert Break.REORDERED in check(swapped, whole)


def test_digest_does_not_depend_on_zone_or_order_of_fields() -> None:
    here = START.astimezone()
    assert digest_of({"at": START, "b": 1}, GENESIS) == digest_of({"b": 1, "at": here}, GENESIS)
    assert digest_of({"at": START}, GENESIS) != digest_of({"at": START + timedelta(microseconds=1)}, GENESIS)


@pytest.mark.parametrize("field", ["move", "detail", "at"])
def test_every_field_counts(field: str) -> None:
    fields = dict(chain_of(1)[0].fields)
    changed = {**fields, field: "other"}
    assert digest_of(fields, GENESIS) != digest_of(changed, GENESIS)
