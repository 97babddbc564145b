"""How public pages travel: small, once, and never with a token inside what is compressed."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from motcua.oversight import queries
from motcua.oversight.queries import live
from motcua.provisioning.simulation.facts import pack_named, plans_of
from motcua.provisioning.simulation.load import load_simulation

pytestmark = pytest.mark.django_db
FIRST_PAGE_BYTES = 400 * 1024
PACKED = {"accept-encoding": "br, gzip", "accept-language": "vi"}
COMMUNES = {"tinh": "H27", "ky": "2024", "lop": "commune"}
VIEWS = (
    ("board", ()),
    ("index", ()),
    ("indicators", ()),
    ("priorities", ()),
    ("explain", ("H27.22",)),
    ("unit", ("H27.22",)),
)


@pytest.fixture
def ha_tinh(cast: Cast) -> None:
    queries.forget_places()
    pack = pack_named("hatinh")
    load_simulation(pack, plans_of(pack, dossiers=800))


def asked(client: Client, view: str = "board", args: tuple[str, ...] = (), **headers: str) -> HttpResponse:
    address = reverse(f"opendata:{view}", args=args)
    response = client.get(
        address, COMMUNES, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )
    assert isinstance(response, HttpResponse)
    return response


def test_a_page_is_packed_for_who_asks_and_says_the_same(ha_tinh: None) -> None:
    for view, args in VIEWS:
        plain, packed = asked(Client(), view, args), asked(Client(headers=PACKED), view, args)
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"]
        again = asked(Client(headers=PACKED | {"accept-encoding": "gzip;q=0"}), view, args)
        assert gzip.decompress(packed.content) == again.content
        assert len(packed.content) < len(again.content) / 2


def test_a_table_as_csv_is_packed_as_it_streams(ha_tinh: None) -> None:
    address = reverse("opendata:board_csv")
    packed = b"".join(Client(headers=PACKED).get(address, COMMUNES).streaming_content)  # type: ignore[attr-defined]  # a streamed table
    plain = b"".join(Client().get(address, COMMUNES).streaming_content)  # type: ignore[attr-defined]  # a streamed table
    assert gzip.decompress(packed) == plain


def test_what_carries_a_token_is_never_packed(cast: Cast, ha_tinh: None) -> None:
    client = Client(headers=PACKED)
    cast.login(client, "lan")
    for view, args in VIEWS:
        page = asked(client, view, args)
        assert "csrfmiddlewaretoken" in page.content.decode()
        assert not {"Content-Encoding", "ETag"} & page.headers.keys()
        assert "csrfmiddlewaretoken" not in asked(Client(), view, args).content.decode()


def test_a_reader_who_has_the_page_is_told_so_until_a_figure_changes(ha_tinh: None) -> None:
    client = Client(headers=PACKED)
    first = asked(client)
    known = asked(client, if_none_match=first.headers["ETag"])
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["ETag"] == first.headers["ETag"]
    english = asked(client, if_none_match=first.headers["ETag"], accept_language="en")
    assert english.status_code == 200
    pack = pack_named("hatinh")
    load_simulation(pack, plans_of(pack, dossiers=900))
    changed = asked(client, if_none_match=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_the_first_page_with_the_map_and_all_its_files_is_light(ha_tinh: None) -> None:
    """The document as it travels, and every file it names (those named by its style sheets, too), packed where text."""
    document = asked(Client(headers=PACKED)).content
    page = gzip.decompress(document).decode()
    waiting, weight = re.findall(r'(?:href|src)="/static/([^"#]+)[^"]*"', page), {"document": len(document)}
    assert any(name.endswith(".css") for name in waiting)
    assert any(name.endswith(".js") for name in waiting)
    waiting = sorted(set(waiting))
    while waiting:
        name = waiting.pop()
        found = finders.find(name)
        assert found, name
        content = Path(found).read_bytes()
        is_text = name.endswith((".css", ".js", ".svg"))
        weight[name] = len(gzip.compress(content)) if is_text else len(content)
        if name.endswith(".css"):
            named = re.findall(r'url\("?([^")#]+\.woff2)"?\)', content.decode())
            waiting += [one for path in named if (one := f"{Path(name).parent}/{path}") not in weight]
    assert sum(weight.values()) <= FIRST_PAGE_BYTES, weight


def test_no_reader_waits_for_a_statement_to_be_compiled(ha_tinh: None) -> None:
    live.compiled.cache_clear()
    live.compiled_sums.cache_clear()
    queries.compile_statements(date(2024, 12, 31))
    before = live.compiled.cache_info().misses, live.compiled_sums.cache_info().misses
    assert min(before) > 10
    for view, args in VIEWS:
        for key in ("on_time_local", "accepted_late", "overdue_open"):
            address = reverse(f"opendata:{view}", args=args)
            assert Client().get(address, COMMUNES | {"chi-tieu": key}).status_code == 200
    assert (live.compiled.cache_info().misses, live.compiled_sums.cache_info().misses) == before
