"""Every address of the site × every member of the cast → the status the design says.

A new address without a row fails. The rows are asked on one dossier of Hoa's in An Bình about which the Department of
Agriculture was consulted. Not logged in: faces lead to log-in (302), the API answers 401. Out of scope: 404, as if it
did not exist. In sight but not allowed: 403. A method an address does not have: 405.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.cast import EVERYBODY, Cast
from tests.factories.blocks import rolled_back
from tests.factories.dossiers import BIRTH, birth_application, in_work
from tests.factories.signing import plain_pdf
from tests.fitness.permissions import ASKED, ROWS

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.directory import services as directory_services
from motcua.documents import services as custody
from motcua.dossiers import queries, services
from motcua.kernel import clock

Places = Mapping[str, object]


def names(
    patterns: list[URLPattern | URLResolver], space: str = "", at: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner, at + str(pattern.pattern))
        else:
            yield f"{space}{pattern.name}", tuple(pattern.pattern.converters)


PARAMETERS = dict(names(get_resolver().url_patterns))


@dataclass(frozen=True)
class World:
    """The ids that stand in the addresses."""

    ids: Places

    def address(self, name: str, kwargs: Mapping[str, str], query: str = "") -> str:
        """What the parameters of an address stand for; a kind of id the world has none of leads to nothing."""
        wanted = {key: kwargs.get(key, key.removesuffix("_id")) for key in PARAMETERS[name]}
        values = {key: self.ids.get(value, self.ids["nothing"]) for key, value in wanted.items()}
        values |= {key: 1 for key in ("level", "column", "row", "item") if key in values}
        return reverse(name, kwargs=values) + query


@pytest.fixture
def world(cast: Cast) -> World:
    dossier_id = in_work(cast)
    services.ask_opinion(
        actor=cast.chau, dossier_id=dossier_id, agency_id=cast.agriculture, question="Đất ai?"
    )
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    file_id = services.typeset_form(actor=cast.system, form_id=page.forms[0].id)
    scanned = custody.keep_file(actor=cast.binh, stream=BytesIO(plain_pdf()), filename="quét.pdf").id
    slip = services.ask_at_desk(actor=cast.binh, application=birth_application(cast), reason="Thiếu")
    draft = services.begin_draft(actor=cast.hoa, procedure_code=BIRTH)
    upload = custody.begin_upload(actor=cast.hoa, filename="a.pdf", size=10).id
    (asked,) = queries.open_consultations_of(actor=cast.phuc)
    (lent, *_) = directory.delegations(actor=cast.dung, agency_id=cast.an_binh)
    directory_services.decide_day(
        actor=cast.quang, day=clock.today(), is_worked=False, name="Nghỉ", source="QĐ 1"
    )
    (decided, *_) = directory.decided_days(actor=cast.quang, agency_id=None)
    found: dict[str, object] = {
        "agency": cast.an_binh,
        "override": decided.id,
        "version": catalogue.version_in_force(BIRTH, clock.today()).id,
        "dossier": dossier_id,
        "file": file_id,
        "form": page.forms[0].id,
        "scan": scanned,
        "slip": slip.id,
        "draft": draft.id,
        "upload": upload,
        "consultation": asked.id,
        "delegation": lent.id,
        "nothing": UUID(int=7),
        "code": BIRTH,
        "dossier_code": page.code,
        "party": cast.hoa_party,
        "act": "nhan-bo-sung",
        "key": "forward",
        "component": "birth-notification",
        "txt": "txt",
        "event": "birth",
        "field_of_law": catalogue.version_in_force(BIRTH, clock.today()).field_code,
        # A unit without a single fact is not on the board.
        "unit": "99004",
    }
    return World(found)


def test_every_address_has_its_row() -> None:
    assert set(PARAMETERS) == set(ROWS)


@pytest.mark.slow
def test_everybody_meets_what_the_design_says(cast: Cast, world: World) -> None:
    met: dict[tuple[str, str, str], int] = {}
    wanted: dict[tuple[str, str, str], int] = {}
    for who in EVERYBODY:
        with clock.frozen(clock.now()), rolled_back():
            met |= statuses(cast, world, who)
            transaction.set_rollback(True)
        wanted |= {
            (who, name, method): row[who] for name, rows in ROWS.items() for method, row in rows.items()
        }
    wrong = {at: f"{status}, not {wanted[at]}" for at, status in met.items() if status != wanted[at]}
    assert wrong == {}


def statuses(cast: Cast, world: World, who: str) -> dict[tuple[str, str, str], int]:
    client = Client(raise_request_exception=False)
    headers = {}
    if who != "nobody":
        cast.login(client, who)
        _, secret = directory_services.issue_api_token(
            actor=cast.system, account_id=cast.account(who), name="x", life=timedelta(days=1)
        )
        headers = {"Authorization": f"Bearer {secret}"}
    met = {}
    for name, rows in ROWS.items():
        kwargs, query, body = ASKED.get(name, ({}, "", None))
        for method in rows:
            answer = client.generic(
                method,
                world.address(name, kwargs, query),
                body or "",
                content_type="application/json" if body else "application/x-www-form-urlencoded",
                headers=headers if name.startswith("api") else {},
            )
            met[who, name, method] = answer.status_code
    return met
