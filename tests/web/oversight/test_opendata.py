"""The public board over HTTP: open to all, the same numbers everywhere, nothing inline, few statements."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.cast import EVERYBODY, Cast
from tests.factories.dossiers import received

from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import ListedProcedure
from motcua.kernel import clock
from motcua.oversight import queries
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers
from motcua.provisioning.simulation.facts import pack_named, plans_of
from motcua.provisioning.simulation.load import load_simulation
from motcua.web.opendata.choice import choice_of
from motcua.web.opendata.lines import lines_of, map_of, rows_of

pytestmark = pytest.mark.django_db
PAGES = ("board", "index", "indicators", "services", "services_csv", "priorities", "board_csv")
YEAR = {"tinh": "H27", "ky": "2024"}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    queries.forget_places()


@pytest.fixture
def ha_tinh(cast: Cast) -> None:
    pack = pack_named("hatinh")
    load_simulation(pack, plans_of(pack, dossiers=2500))


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "vi"})


def text_of(client: Client, view: str, *args: str, **query: str) -> str:
    response = client.get(reverse(f"opendata:{view}", args=args), query)
    assert response.status_code == 200
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # either kind
    return body.decode()


def test_every_page_is_open_to_everybody(cast: Cast, ha_tinh: None) -> None:
    for name in EVERYBODY:
        client = Client()
        if name != "nobody":
            cast.login(client, name)
        for view in PAGES:
            assert client.get(reverse(f"opendata:{view}"), YEAR).status_code == 200, (name, view)
        for view in ("explain", "inputs_csv", "unit"):
            assert client.get(reverse(f"opendata:{view}", args=["H27.22"]), YEAR).status_code == 200, (
                name,
                view,
            )


def test_before_the_first_dossier_the_board_says_so_kindly(cast: Cast, client: Client) -> None:
    for view in ("board", "index", "indicators"):
        assert "Chưa có số liệu" in text_of(client, view)


def test_map_table_csv_and_explanation_show_one_figure(ha_tinh: None, client: Client) -> None:
    period = queries.parse_period("2024")
    board = queries.board("H27", "e_result", period)
    row = next(row for row in board.rows if row.place.code == "H27.22")
    share = f"{row.figure.percent:.2f}".replace(".", ",")
    query = YEAR | {"chi-tieu": "e_result"}
    page = text_of(client, "board", **query)
    assert f"UBND Thị xã Hồng Lĩnh: {share} % ({row.figure.numerator}/{row.figure.denominator})" in page
    assert f"<strong>{share} %</strong>" in page
    (line,) = [
        line
        for line in csv.DictReader(io.StringIO(text_of(client, "board_csv", **query)[1:]))
        if line["unit"] == "H27.22"
    ]
    assert (int(line["numerator"]), int(line["denominator"])) == (
        row.figure.numerator,
        row.figure.denominator,
    )
    opened = text_of(client, "explain", "H27.22", **query)
    assert f"= {row.figure.numerator} ÷ {row.figure.denominator}" in opened
    alone = text_of(client, "explain", "H27.22", **query, rieng="1")
    assert "Gồm các đơn vị" in opened
    assert "Gồm các đơn vị" not in alone


def test_the_public_can_recompute_a_figure_from_the_inputs(ha_tinh: None, client: Client) -> None:
    query = YEAR | {"chi-tieu": "on_time_national"}
    lines = list(csv.DictReader(io.StringIO(text_of(client, "inputs_csv", "H27", **query)[1:])))
    sums = {key: sum(int(line[key]) for line in lines) for key in lines[0] if key not in ("unit", "day")}
    opening = sum(int(line["open"]) for line in lines if line["day"] < "2024")
    one = queries.indicator("on_time_national", queries.parse_period("2024").last)
    (figure,) = [
        now
        for found, now, _ in queries.all_figures("H27", queries.parse_period("2024"))
        if found.key == one.key
    ]
    assert figure.numerator == sums["resolved_in_time_national"] + sums["open"] - sums["late_national"]
    assert figure.denominator == opening + sums["received"] + sums["taken_over"] - sums["given_over"]


def test_a_procedure_has_its_name_beside_its_code(cast: Cast, ha_tinh: None, client: Client) -> None:
    """As the catalogue calls it, whenever it did; else as the pack the province was simulated from does."""
    page = text_of(client, "explain", "H27", **YEAR)
    for code, title in (
        ("2.000488", "Cấp phiếu lý lịch tư pháp"),
        ("1.002809", "Đổi giấy phép lái xe"),
    ):
        assert f'<span class="mc-code">{code}</span> {title}' in page
    known = catalogue.version_in_force("1.001193", clock.today())
    ListedProcedure.objects.create(code="1.002809", title="Cấp đổi giấy phép lái xe ô tô", source="test")
    titles = queries.procedure_titles(["1.001193", "1.002809", "9.999999"], date(1999, 1, 1))
    assert titles == {"1.001193": known.title, "1.002809": "Cấp đổi giấy phép lái xe ô tô"}
    with override("en"):
        assert queries.procedure_titles(["1.001193"], date(1999, 1, 1)) == {"1.001193": known.title_en}


def test_names_are_escaped_on_map_and_table(ha_tinh: None, client: Client) -> None:
    choice = choice_of(RequestFactory().get("/", YEAR | {"lop": "district"}))
    found = queries.board("H27", "on_time_local", choice.period, layer="district")
    odd = replace(found.rows[0].place, name='<b>A & B</b>"')
    row = replace(found.rows[0], place=odd, folded=[odd], widened=[odd])
    lines = lines_of([row], choice)
    for written in (str(rows_of(lines)), str(map_of(found, lines))):
        assert "<b>" not in written
        assert "&lt;b&gt;A &amp; B&lt;/b&gt;&quot;" in written
    assert str(rows_of(lines)).count("&lt;b&gt;") == 3


def test_nothing_is_inline_and_the_map_has_its_table(ha_tinh: None, client: Client) -> None:
    for layer, units in (("district", 12), ("commune", 209)):
        page = text_of(client, "board", **YEAR, lop=layer)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
        assert len(re.findall(r'<path class="od-s', page)) == units
        assert len(re.findall(r'<th scope="row">', page)) >= units
        assert 'role="group" aria-labelledby="od-map-title"' in page
        assert len(page.encode()) < 300_000


def test_all_rows_of_a_board_add_up_to_the_province(ha_tinh: None) -> None:
    period = queries.parse_period("2024")
    for layer in ("district", "commune"):
        for key in ("received", "on_time_local", "on_time_national", "e_result"):
            board = queries.board("H27", key, period, layer=layer)
            shown = [row.figure for row in (*board.rows, *board.offices)] + [row.figure for row in board.rest]
            assert sum(figure.numerator for figure in shown) == board.whole.numerator
            assert sum(figure.denominator or 0 for figure in shown) == (board.whole.denominator or 0)
            assert [row.fate for row in board.rest] == ([] if layer == "district" else [queries.Fate.LAYER])


def test_the_unit_page_shows_the_identity(ha_tinh: None, client: Client) -> None:
    for unit in ("H27", "H27.22", "H27.01"):
        page = text_of(client, "unit", unit, **YEAR)
        assert "Khớp" in page
        assert "Không khớp" not in page


def test_a_unit_is_evaluated_as_far_as_facts_tell(ha_tinh: None, client: Client) -> None:
    page = text_of(client, "unit", "H27.22", **YEAR)
    assert "mới có điểm 3 trên 9 chỉ tiêu" in page
    assert "Waits for petitions" in text_of(
        Client(headers={"accept-language": "en"}), "unit", "H27.22", **YEAR
    )
    assert "chín chỉ tiêu" not in text_of(client, "unit", "H27", **YEAR)


def test_the_index_says_which_procedures_changed_it_and_how_it_is_scaled(
    ha_tinh: None, client: Client
) -> None:
    page = text_of(client, "index", tinh="H27", ky="2024-Q3")
    period = queries.parse_period("2024-Q3")
    score, moved = queries.index_of_province("H27", period)
    parts = queries.parts_of_changes("H27", period, moved[:1], most=99)[moved[0].component.key]
    assert sum(part.points for part in parts) == moved[0].points
    why = page[page.index("od-why") :]
    assert parts[0].procedure in why[:400]
    assert f"÷ {score.attainable} × 100" in page
    assert "chi-tieu=e_result" in page
    assert "Vì sao khác" not in text_of(client, "index", **YEAR)  # 2023 was not counted from its first day
    assert "số liệu bắt đầu muộn hơn" in text_of(client, "board", **YEAR)


def test_priority_services_stand_with_the_days_of_their_lists(cast: Cast, client: Client) -> None:
    count_dossiers(accounts_of([received(cast).dossier_id]))
    queries.forget_places()
    page = text_of(client, "priorities", tinh="H99")
    assert "Đề án 06" in page
    assert "1.001193" in page
    assert "1.001193" not in text_of(client, "priorities", tinh="H99", ky="2021")


def test_what_is_offered_online_opens_to_its_procedures(cast: Cast, client: Client) -> None:
    """3.1 and 3.2 are counted where the catalogue is the province's own, and say so where it is not."""
    count_dossiers(accounts_of([received(cast).dossier_id]))
    queries.forget_places()
    period = queries.parse_period(f"{clock.today():%Y-%m}")
    offer = queries.offer_of("H99", period)
    assert offer is not None
    used, online = offer.inputs["services_used"], offer.inputs["services_online"]
    filed = {row.code: row for row in queries.services_of(offer)}
    assert (online.numerator, online.denominator) == (len(offer.online), len(filed))
    assert used.denominator == online.numerator == sum(row.is_online for row in filed.values())
    assert used.numerator == sum(row.is_online and row.filed.numerator > 0 for row in filed.values())
    query = {"tinh": "H99", "ky": period.key}
    page = text_of(client, "services", **query)
    assert f"= {online.numerator} ÷ {online.denominator}" in page
    assert f"= {used.numerator} ÷ {used.denominator}" in page
    lines = list(csv.DictReader(io.StringIO(text_of(client, "services_csv", **query)[1:])))
    assert sum(line["level"] in ("full", "partial") for line in lines) == online.numerator
    index = text_of(client, "index", **query)
    assert f'href="{reverse("opendata:services")}?tinh=H99' in index
    assert "Do Cơ sở dữ liệu quốc gia về thủ tục hành chính chấm" in index  # 1.3 is not ours to count
    score, _ = queries.index_of_province("H99", period)
    assert {one.component.key for one in score.components if one.component.group == 1 and one.exact} == set()


def test_without_the_catalogue_of_a_province_nothing_is_said_of_its_services(
    ha_tinh: None, client: Client
) -> None:
    assert "không giữ danh mục thủ tục của tỉnh" in text_of(client, "services", **YEAR)
    assert "Hệ thống không giữ danh mục thủ tục của tỉnh này" in text_of(client, "index", **YEAR)
    english = Client(headers={"accept-language": "en"})
    assert "does not keep the catalogue" in text_of(english, "services", **YEAR)


def test_wrong_choices_are_refused_in_words(ha_tinh: None, client: Client) -> None:
    board = reverse("opendata:board")
    for query, status in (({"ky": "năm ngoái"}, 422), ({"chi-tieu": "khong-co"}, 404)):
        assert client.get(board, YEAR | query).status_code == status
    for unit in ("H27.99", "H47.21", "x"):
        assert client.get(reverse("opendata:explain", args=[unit]), YEAR).status_code == 404


def test_a_board_costs_the_same_few_statements_at_any_size(ha_tinh: None, client: Client) -> None:
    def cost(**query: str) -> int:
        text_of(client, "board", **query)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            text_of(client, "board", **query)
        return len(caught)

    assert cost(**YEAR, lop="district") == cost(**YEAR, lop="commune") <= 8


def test_english_is_complete(ha_tinh: None) -> None:
    reader = Client(headers={"accept-language": "en"})
    for view, args in (
        ("board", ()),
        ("index", ()),
        ("indicators", ()),
        ("priorities", ()),
        ("explain", ("H27.22",)),
        ("unit", ("H27.22",)),
    ):
        page = text_of(reader, view, *args, **YEAR)
        for words in ("Chỉ tiêu", "Tử số", "Mẫu số", "đơn vị)", "trong kỳ", "Không có"):
            assert words not in page, (view, words)


def test_a_real_dossier_shows_on_the_board(cast: Cast, client: Client) -> None:
    count_dossiers(accounts_of([received(cast).dossier_id]))
    queries.forget_places()
    page = text_of(client, "board", **{"tinh": "H99", "chi-tieu": "received"})
    assert re.search(r"An Bình</a>.*?<strong>1</strong>", page, re.DOTALL)
