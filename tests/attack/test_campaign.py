"""The bounded campaign: all addresses × the cast × methods, right and hostile bodies, generated files.

A short form runs with the suite; `script/attack` runs the long one and prints its figures.
"""

import logging
import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import pytest
from django.test import Client
from tests.attack import harvest
from tests.attack.campaign import Campaign, Sort, Tally, Try, name_of, undone, uploaded
from tests.attack.hostile import BODIES, FILES, JSON_VALUES, VALUES, changed_json, with_value
from tests.attack.scene import STRANGERS, set_up
from tests.cast import EVERYBODY, Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
#: Tries of the form that runs with the suite; the long one has at least ten thousand.
_SHORT = 700
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
_PARAMETERS = (
    "q",
    "ma",
    "sau",
    "ngay",
    "xem",
    "don-vi",
    "ky",
    "hop",
    "chi-tieu",
    "next",
    "draft",
    "tinh",
    "ve",
)


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    settings.MOTCUA_LOOKUPS_PER_MINUTE = 10**6


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals would be thousands of lines."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_nothing_breaks_nothing_is_lost_and_nothing_is_seen(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    most = int(os.environ.get("ATTACK_TRIES", _SHORT))
    is_long = most > _SHORT
    chance = random.Random(int(os.environ.get("ATTACK_SEED", "1")))  # noqa: S311 - the same campaign again
    scene = set_up(cast)
    campaign = Campaign(cast, scene)
    with undone():
        pages = 120 if is_long else 25
        people = EVERYBODY if is_long else ("hoa", "binh", "chau", "dung", "quang")
        rights = list(harvest.right_forms(_browsers(cast, people), scene, pages))
    bodies = harvest.right_bodies(cast, scene)
    plans: Sequence[tuple[float, Iterator[Sequence[Try]]]] = (
        (0.45, _forms(rights, chance)),
        (0.20, _programs(bodies, chance)),
        (0.03 if is_long else 0.01, _files(rights, chance)),
        (0.07, _garbage(rights, bodies, chance)),
        (0.15, _queries(scene, chance)),
        (0.10, _methods(scene, chance)),
    )
    # Every form and body once as it is, from a stranger and again: whatever is cut short later, this is whole.
    for tries in _first(rights, bodies):
        campaign.make(*tries)
    for share, plan in plans:
        for tries in islice(plan, int(share * most)):
            campaign.make(*tries)
    with capsys.disabled():
        if is_long:
            print(_told(campaign.tally, rights, bodies))  # noqa: T201 - the figures are what it is run for
    tally = campaign.tally
    assert tally.broken == []
    assert tally.seen == []
    assert tally.lost == []
    assert tally.run == []
    assert tally.share_right >= 0.3
    if is_long:
        assert tally.hostile >= 10_000
    assert tally.taken[Sort.RIGHT] > 0
    unreached = {name_of(one.path) for one in _both(rights, bodies)} - {
        name for (name, _), sorts in tally.reached.items() if {Sort.RIGHT, Sort.FOREIGN, Sort.STALE} <= sorts
    }
    assert unreached == set()


def _both(
    rights: Sequence[harvest.Right], bodies: Sequence[harvest.RightBody]
) -> list[harvest.Right | harvest.RightBody]:
    return [*rights, *bodies]


def _browsers(cast: Cast, people: Sequence[str]) -> Mapping[str, Client]:
    found = {}
    for who in people:
        found[who] = Client(raise_request_exception=False)
        if who != "nobody":
            cast.login(found[who], who)
    return found


def _first(rights: Sequence[harvest.Right], bodies: Sequence[harvest.RightBody]) -> Iterator[Sequence[Try]]:
    for one in rights:
        data = _with_files(one)
        yield (
            Try(one.who, "POST", one.path, Sort.RIGHT, data),
            Try(one.who, "POST", one.path, Sort.STALE, _with_files(one)),
        )
        for stranger in STRANGERS:
            yield (Try(stranger, "POST", one.path, Sort.FOREIGN, _with_files(one)),)
    for body in bodies:
        right = _program(body, Sort.RIGHT)
        yield right, _program(body, Sort.STALE)
        for stranger in STRANGERS:
            yield (_program(body, Sort.FOREIGN, who=stranger),)


def _with_files(right: harvest.Right) -> dict[str, Any]:
    from tests.factories.signing import plain_pdf

    content = plain_pdf() if right.files else b""
    return {**right.data, **{name: uploaded("giấy.pdf", content) for name in right.files[:1]}}


def _program(one: harvest.RightBody, sort: Sort, *, who: str = "", body: Any = None) -> Try:
    import json

    content = json.dumps(one.body if body is None else body, default=str, ensure_ascii=True).encode()
    return Try(who or one.who, one.method, one.path, sort, None, content, "application/json", is_program=True)


def _forms(rights: Sequence[harvest.Right], chance: random.Random) -> Iterator[Sequence[Try]]:
    """Round by round through the forms: one field of each is hostile; every fourth comes from a stranger."""
    for number, one in enumerate(cycle(rights)):
        names = [name for name in one.data if name != "csrfmiddlewaretoken"]
        if not names:
            names = ["them"]
        value = chance.choice(VALUES).encode("utf-8", "replace").decode()
        data = {**one.data, chance.choice(names): [value]}
        who = one.who if number % 4 else chance.choice(STRANGERS)
        yield (Try(who, "POST", one.path, Sort.FIELD, data),)


def _programs(bodies: Sequence[harvest.RightBody], chance: random.Random) -> Iterator[Sequence[Try]]:
    for number, one in enumerate(cycle(bodies)):
        paths = list(changed_json(one.body)) or [()]
        body = with_value(one.body, chance.choice(paths), chance.choice(JSON_VALUES))
        who = one.who if number % 4 else chance.choice(STRANGERS)
        yield (_program(one, Sort.FIELD, who=who, body=body),)


def _files(rights: Sequence[harvest.Right], chance: random.Random) -> Iterator[Sequence[Try]]:
    taking = [one for one in rights if one.files]
    made = {name: (filename, content()) for name, (filename, content) in FILES.items()}
    for one, (filename, content) in zip(cycle(taking), cycle(made.values()), strict=False):
        data = {**one.data, one.files[0]: uploaded(filename, content)}
        yield (Try(one.who, "POST", one.path, Sort.FILE, data),)


def _garbage(
    rights: Sequence[harvest.Right], bodies: Sequence[harvest.RightBody], chance: random.Random
) -> Iterator[Sequence[Try]]:
    for one in cycle(_both(rights, bodies)):
        body, media_type = chance.choice(BODIES)
        is_program = isinstance(one, harvest.RightBody)
        method = one.method if isinstance(one, harvest.RightBody) else "POST"
        yield (Try(one.who, method, one.path, Sort.BODY, None, body, media_type, is_program),)


def _queries(scene: Any, chance: random.Random) -> Iterator[Sequence[Try]]:
    for _ in cycle([0]):
        for _, path in harvest.addresses(scene):
            odd = harvest.odd(
                path, chance.choice(_PARAMETERS), chance.choice(VALUES).replace("\x00", "\x00")[:3000]
            )
            yield (Try(chance.choice(EVERYBODY), "GET", odd, Sort.QUERY, is_program="/api/" in path),)


def _methods(scene: Any, chance: random.Random) -> Iterator[Sequence[Try]]:
    for method in cycle(_METHODS):
        for _, path in harvest.addresses(scene):
            yield (Try(chance.choice(EVERYBODY), method, path, Sort.METHOD, is_program="/api/" in path),)


def _told(tally: Tally, rights: Sequence[harvest.Right], bodies: Sequence[harvest.RightBody]) -> str:
    mutating = {name_of(one.path) for one in _both(rights, bodies)}
    whole = sum(
        {Sort.RIGHT, Sort.FOREIGN, Sort.STALE}
        <= {s for (n, _), found in tally.reached.items() if n == name for s in found}
        for name in mutating
    )
    refused = sum(n for status, n in tally.statuses.items() if 400 <= status < 500)
    lines = [
        "",
        f"tries {sum(tally.tries.values()):,}, of them hostile {tally.hostile:,}; forms otherwise right {tally.share_right:.0%}",
        f"5xx {len(tally.broken)} · refused {refused:,} · lost {len(tally.lost)} · seen {len(tally.seen)} · run {len(tally.run)}",
        "statuses " + ", ".join(f"{status}: {n:,}" for status, n in sorted(tally.statuses.items())),
        "sorts "
        + ", ".join(f"{sort}: {n:,} ({tally.taken[sort]:,} taken)" for sort, n in tally.tries.items()),
        f"right forms found {len(rights)}, bodies {len(bodies)}, of {len(mutating)} addresses; "
        f"sent right, foreign and stale: {whole}",
        f"addresses × methods reached {len(tally.reached)}",
    ]
    kinds: Counter[str] = Counter(
        line.partition("(")[0] for line in tally.broken + tally.lost + tally.seen + tally.run
    )
    return "\n".join([*lines, *(f"  {n} × {line}" for line, n in kinds.most_common(40))])
