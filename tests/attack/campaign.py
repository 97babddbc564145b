"""The campaign: tries are made one by one, each undone afterwards, and each answer is judged."""

import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from tests.attack.hostile import MARKS
from tests.attack.scene import SECRETS, STRANGERS, Scene
from tests.cast import EVERYBODY, Cast

from motcua.directory import services as directory
from motcua.kernel.models import ThrottleCount


class Sort(StrEnum):
    """What a try is. `RIGHT`, `FIELD`, `FOREIGN` and `STALE` send a form that is otherwise right."""

    RIGHT = "right"
    FIELD = "one field hostile"
    FOREIGN = "somebody else's"
    STALE = "sent again"
    FILE = "hostile file"
    BODY = "no form at all"
    QUERY = "hostile address"
    METHOD = "another method"


OTHERWISE_RIGHT = (Sort.RIGHT, Sort.FIELD, Sort.FOREIGN, Sort.STALE, Sort.FILE)


@dataclass(frozen=True)
class Try:
    """One request. `data`: of a form, with files; `body`: bytes as they are."""

    who: str
    method: str
    path: str
    sort: Sort
    data: Mapping[str, Any] | None = None
    body: bytes = b""
    media_type: str = "application/x-www-form-urlencoded"
    is_program: bool = False


@dataclass
class Tally:
    """What came of it all."""

    tries: Counter[Sort] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    #: address, method → sorts that reached it, and the sorts that were not turned away at the method.
    reached: dict[tuple[str, str], set[Sort]] = field(default_factory=dict)
    taken: Counter[Sort] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)

    @property
    def hostile(self) -> int:
        return sum(count for sort, count in self.tries.items() if sort is not Sort.RIGHT)

    @property
    def share_right(self) -> float:
        """Of the forms sent, those that were right but for what was meant to hurt."""
        forms = {sort: n for sort, n in self.tries.items() if sort not in (Sort.QUERY, Sort.METHOD)}
        return sum(count for sort, count in forms.items() if sort in OTHERWISE_RIGHT) / max(
            1, sum(forms.values())
        )


#: What nobody may change whom it does not belong to, as one digest: rows of Hoa and of An Bình as they stood at the start.
_KEPT = """
select md5(concat(
 (select string_agg(d::text, '' order by id) from dossiers_dossier d where id = any(%(dossiers)s)),
 (select string_agg(p::text, '' order by id) from dossiers_dossierpaper p where dossier_id = any(%(dossiers)s)),
 (select string_agg(d::text, '' order by id) from dossiers_draft d where owner_id = %(hoa)s),
 (select string_agg(f::text, '' order by id) from documents_filerecord f where owner_party_id = %(party)s),
 (select string_agg(b::text, '' order by id) from documents_scanbatch b where id = %(batch)s),
 (select string_agg(concat(id, revoked_at), '' order by id) from directory_delegation),
 (select string_agg(concat(id, username, password, is_active), '' order by id) from directory_account
  where id = any(%(accounts)s))
))"""
_COUNTED = ("dossiers_dossier", "dossiers_passage", "dossiers_dossierpaper", "documents_filerecord")
_COUNT = f"select {', '.join(f'(select count(*) from {table})' for table in _COUNTED)}"  # noqa: S608 - names of our own


class Campaign:
    """`with` nothing: the test's own transaction is around it, and each try is undone."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.tally = Tally()
        victims = [who for who in EVERYBODY if who not in STRANGERS]
        self._kept_of: dict[str, Any] = {
            "dossiers": list(scene.dossiers),
            "hoa": cast.account("hoa"),
            "party": cast.hoa_party,
            "batch": scene.places["batch_id"],
            "accounts": [cast.account(who) for who in victims],
        }
        self._clients = {who: Client(raise_request_exception=False) for who in EVERYBODY}
        self._keys: dict[str, str] = {}
        for who in EVERYBODY:
            if who != "nobody":
                cast.login(self._clients[who], who)
                _, self._keys[who] = directory.issue_api_token(
                    actor=cast.system, account_id=cast.account(who), name="x", life=timedelta(days=1)
                )

    def make(self, *tries: Try) -> list[Any]:
        """Make the tries one after the other, judge each, and undo all of them together."""
        answers = []
        with undone():
            for one in tries:
                before = self.state()
                answer = self._sent(one)
                answers.append(answer)
                self.judge(one, answer, before)
        return answers

    def state(self) -> tuple[str, dict[str, int]]:
        """What is kept of the victims, as a digest, and how many rows there are."""
        return self._kept(), self._counted()

    def _sent(self, one: Try) -> Any:
        ThrottleCount.objects.filter(scope="look_up").delete()
        client = self._clients[one.who]
        cookies = copy.deepcopy(client.cookies)
        headers = (
            {"Authorization": f"Bearer {self._keys[one.who]}"}
            if one.is_program and one.who in self._keys
            else {}
        )
        try:
            if one.data is not None:
                return client.post(one.path, one.data, headers=headers)
            return client.generic(
                one.method, one.path, one.body, content_type=one.media_type, headers=headers
            )
        finally:
            client.cookies = cookies

    def judge(self, one: Try, answer: Any, before: tuple[str, dict[str, int]]) -> None:
        """Count the answer, and all that is wrong with it; `before` is the `state` before the try."""
        tally, at = self.tally, f"{one.who} {one.method} {one.path[:160]} ({one.sort}) {str(one.data)[:300]}"
        tally.tries[one.sort] += 1
        tally.statuses[answer.status_code] += 1
        if answer.status_code != 405:
            tally.reached.setdefault((name_of(one.path), one.method), set()).add(one.sort)
        if answer.status_code < 400:
            tally.taken[one.sort] += 1
        if answer.status_code >= 500 and not (answer.status_code == 503 and "Retry-After" in answer.headers):
            tally.broken.append(f"{answer.status_code} {at}")
        body = b"".join(answer) if answer.streaming else answer.content
        shown = body.decode("utf-8", "replace")
        said = f"{one.path}{one.data}{one.body!r}"
        if one.who in STRANGERS:
            tally.seen += [f"{secret}: {at}" for secret in SECRETS if secret in shown and secret not in said]
        if "html" in answer.headers.get("Content-Type", ""):
            tally.run += [f"{mark}: {at}" for mark in MARKS if mark in shown]
        if "atk" in answer.cookies:
            tally.run.append(f"a cookie: {at}")
        is_silent = one.method in ("GET", "HEAD", "OPTIONS") or one.who in STRANGERS
        if is_silent and self._kept() != before[0]:
            tally.lost.append(f"changed: {at}")
        counted = self._counted()
        tally.lost += [
            f"{table} {before[1][table]} → {n}: {at}" for table, n in counted.items() if n < before[1][table]
        ]

    def _kept(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, self._kept_of)
            (digest,) = cursor.fetchone()
        return str(digest)

    def _counted(self) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT)
            return dict(zip(_COUNTED, cursor.fetchone(), strict=True))


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is rolled back, and that the code under test does not take for its own."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # what Django calls the blocks of its own test cases
    with block:
        yield
        transaction.set_rollback(True)


def name_of(path: str) -> str:
    """The name of the address a path leads to."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return "nowhere"


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
