"""Query budgets: a list costs the same with two rows and with thirty, on every face."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, at_leader, in_work, received, submitted
from tests.fitness.test_permissions import PARAMETERS
from tests.web.api.conftest import Program

from motcua.directory import services as directory
from motcua.dossiers import services
from motcua.kernel import clock

FEW, MANY = 2, 30


def draft(cast: Cast) -> None:
    services.begin_draft(actor=cast.hoa, procedure_code=BIRTH)


def asked(cast: Cast) -> None:
    services.ask_opinion(
        actor=cast.chau, dossier_id=in_work(cast), agency_id=cast.agriculture, question="Đất ai?"
    )


#: Every list: address, reader, what fills it, and the most statements it may take.
LISTS: dict[str, tuple[str, str, Callable[[Cast], object], int]] = {
    "portal:dossiers": ("/ho-so/", "hoa", submitted, 12),
    "portal:dossiers (drafts)": ("/ho-so/", "hoa", draft, 12),
    "portal:own_papers": ("/kho-giay-to/", "hoa", submitted, 12),
    "portal:search": ("/tim/?q=khai+sinh", "nobody", submitted, 12),
    "portal:fields": ("/linh-vuc/", "nobody", submitted, 12),
    "counter:online": ("/quay/truc-tuyen/", "binh", submitted, 12),
    "counter:daybook": ("/quay/so-ngay/", "binh", received, 12),
    "counter:returns": ("/quay/tra-ket-qua/", "binh", received, 12),
    "counter:cash": ("/quay/thu-phi/?q=hoa", "lan", received, 12),
    "counter:scans": ("/quay/quet/", "binh", received, 14),
    "office:inbox": ("/co-quan/", "chau", in_work, 12),
    "office:inbox (mine)": ("/co-quan/?hop=cua-toi", "chau", in_work, 12),
    "office:inbox (all)": ("/co-quan/?hop=tat-ca&q=hoa", "minh", in_work, 12),
    "office:tasks": ("/co-quan/viec/", "hanh", in_work, 16),
    "office:waiting": ("/co-quan/viec/dem/", "hanh", in_work, 6),
    "office:tray": ("/co-quan/trinh-ky/", "dung", at_leader, 30),
    "office:tray (by delegation)": ("/co-quan/trinh-ky/", "em", at_leader, 34),
    "office:consultations": ("/co-quan/y-kien/", "phuc", asked, 12),
    "opendata:board": ("/so-lieu/", "nobody", received, 30),
    "api:inbox": ("/dossiers", "chau", in_work, 5),
    "api:inbox (all)": ("/dossiers?box=all&q=hoa", "minh", in_work, 5),
    "api:mine": ("/dossiers/mine", "hoa", submitted, 5),
    "api:of_party": ("/dossiers/of-party/{party}", "binh", received, 5),
    "api:find": ("/procedures?q=khai+sinh", "nobody", submitted, 5),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_two_rows_and_with_thirty(cast: Cast, name: str) -> None:
    path, who, make, most = LISTS[name]
    ask = reader(cast, name, path.format(party=cast.hoa_party), who)
    # One moment for all of it: a session noted as used once a minute is not the list's doing.
    with clock.frozen(clock.now()):
        fill(cast, make, FEW)
        ask()
        few = cost(ask)
        fill(cast, make, MANY - FEW)
        many = cost(ask)
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= most, "\n".join(many)


def test_every_list_named_here_is_an_address() -> None:
    assert {name.partition(" ")[0] for name in LISTS} <= set(PARAMETERS)


def fill(cast: Cast, make: Callable[[Cast], object], count: int) -> None:
    for _ in range(count):
        make(cast)


def cost(ask: Callable[[], int]) -> list[str]:
    with CaptureQueriesContext(connection) as made:
        assert ask() == 200
    return [query["sql"][:200] for query in made.captured_queries]


def reader(cast: Cast, name: str, path: str, who: str) -> Callable[[], int]:
    if name.startswith("api"):
        secret = ""
        if who != "nobody":
            _, secret = directory.issue_api_token(
                actor=cast.system, account_id=cast.account(who), name="x", life=timedelta(days=1)
            )
        program = Program(secret)
        return lambda: program.call("GET", path).status
    client = Client()
    if who != "nobody":
        cast.login(client, who)
    return lambda: client.get(path).status_code
