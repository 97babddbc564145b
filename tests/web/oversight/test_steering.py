"""Steering inside rights: every number opens to its dossiers, reports agree in all formats, lists stream."""

import csv
import io
import re
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.cast import EVERYBODY, Cast
from tests.factories.dossiers import in_work, received, submitted
from tests.factories.recorded_rows import bring
from tests.fitness.permissions import ROWS

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Box, Filters, Nearness
from motcua.kernel import clock
from motcua.kernel.errors import PermissionRefused
from motcua.oversight import queries
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers
from motcua.web.office.oversight import sheets
from motcua.web.office.oversight.choice import SLUGS

pytestmark = pytest.mark.django_db
AN_BINH = "H99.11"
Open = Callable[[str], Client]


@pytest.fixture(autouse=True)
def catalogue(cast: Cast) -> None:
    queries.forget_places()


@pytest.fixture
def as_(cast: Cast) -> Open:
    def open_(name: str) -> Client:
        client = Client(headers={"accept-language": "vi"})
        cast.login(client, name)
        return client

    return open_


def counted(*ids: UUID) -> None:
    count_dossiers(accounts_of(list(ids)))
    queries.forget_places()


def page_of(client: Client, view: str, **query: str) -> str:
    response = client.get(reverse(f"office:{view}"), {key.replace("_", "-"): v for key, v in query.items()})
    assert response.status_code == 200, (view, response.status_code)
    return response.content.decode()


def body_of(client: Client, view: str, **query: str) -> bytes:
    response = client.get(reverse(f"office:{view}"), {key.replace("_", "-"): v for key, v in query.items()})
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # either kind


def set_due(dossier_id: UUID, days: int) -> None:
    noon = clock.now().replace(hour=5, minute=0)
    bring(dossier_id, due_at=noon + timedelta(days=days))


# Steering ---------------------------------------------------------------------------------------------------------


def test_groups_follow_working_days_and_their_lists_agree(cast: Cast) -> None:
    ids = [in_work(cast) for _ in range(6)]
    thursday = clock.now().replace(year=2026, month=11, day=5, hour=5, minute=0)
    for dossier_id, days in zip(ids, (-1, 0, 1, 4, 5, 6), strict=True):  # Wed Thu Fri Mon Tue Wed
        bring(dossier_id, due_at=thursday + timedelta(days=days), changed_at=thursday - timedelta(days=1))
    bring(ids[5], changed_at=thursday - timedelta(days=9))
    waiting = submitted(cast).dossier_id
    bring(waiting, changed_at=thursday)
    with clock.frozen(thursday):
        found = dossiers.steering(actor=cast.dung)
        filters = dossiers.steering_filters(actor=cast.dung)
        lists = {
            group: [row.id for row in dossiers.inbox(actor=cast.dung, filters=one).rows]
            for group, one in filters.items()
        }
    assert lists == {
        Nearness.LATE: [ids[0]],
        Nearness.TODAY: [ids[1]],
        Nearness.IN_1: [ids[2]],
        Nearness.IN_2: [ids[3]],
        Nearness.IN_3: [ids[4]],
        Nearness.STUCK: [ids[5]],
        Nearness.WAITING: [waiting],
    }
    assert found.counts == {group: len(rows) for group, rows in lists.items()}
    assert found.open == 7
    mine = next(one for one in found.workload if one.assignee_id == cast.account("chau"))
    assert (mine.open, mine.late, mine.soon, mine.stuck) == (6, 1, 4, 1)
    assert sum(step.open for step in found.steps) >= 6


def test_steering_stops_at_the_rights_of_who_asks(cast: Cast) -> None:
    in_work(cast)
    for name in ("giang", "chau", "binh"):
        with pytest.raises(PermissionRefused):
            dossiers.steering(actor=cast.actor(name))
    with pytest.raises(PermissionRefused):
        dossiers.steering(actor=cast.dung, agency_id=cast.yen_hoa)
    assert dossiers.steering(actor=cast.minh).open == 1
    assert dossiers.steering(actor=cast.minh, agency_id=cast.yen_hoa).open == 0


def test_every_number_of_the_desk_opens_to_its_dossiers(cast: Cast, as_: Open) -> None:
    late, held = in_work(cast), in_work(cast)
    set_due(late, -3)
    set_due(held, 60)
    client = as_("dung")
    page = page_of(client, "steering")
    assert re.search(r"Đã quá hạn</span> <strong>1</strong>", page)
    for slug in SLUGS:
        assert f"nhom={slug}" in page
    behind = page_of(client, "steered", nhom="qua-han")
    assert reverse("office:dossier", args=[late]) in behind
    assert reverse("office:dossier", args=[held]) not in behind
    assert "có hạn trả trước ngày hôm nay" in behind
    assert page_of(client, "steered", can_bo="chua-phan-cong").count("data-row>") == 0
    assert page_of(client, "steered", can_bo=str(cast.account("chau"))).count("data-row>") == 2


def test_the_desk_costs_the_same_with_two_and_with_twenty(cast: Cast, as_: Open) -> None:
    client = as_("dung")

    def cost(view: str) -> int:
        page_of(client, view)
        with CaptureQueriesContext(connection) as caught:
            page_of(client, view)
        return len(caught)

    for _ in range(2):
        in_work(cast)
    few = cost("steering"), cost("steered")
    for _ in range(18):
        in_work(cast)
    assert (cost("steering"), cost("steered")) == few
    assert few[0] <= 12
    assert few[1] <= 12


def test_of_other_agencies_nothing_opens(cast: Cast, as_: Open) -> None:
    in_work(cast)
    for view in ("steering", "steered", "figures", "explain_figure", "report_file"):
        assert as_("dung").get(reverse(f"office:{view}"), {"don-vi": "H99.12"}).status_code == 404, view
        assert as_("chau").get(reverse(f"office:{view}")).status_code == 403, view
    assert as_("chau").get(reverse("office:dossiers_csv"), {"hop": "dieu-hanh"}).status_code == 403


# Figures ----------------------------------------------------------------------------------------------------------


def test_a_figure_opens_to_formula_counts_and_dossiers(cast: Cast, as_: Open) -> None:
    first, second = received(cast).dossier_id, received(cast).dossier_id
    counted(first, second)
    for reader, unit in (("dung", AN_BINH), ("minh", AN_BINH), ("minh", "H99")):
        page = page_of(
            as_(reader), "explain_figure", don_vi=unit, chi_tieu="received", ky=f"{clock.today():%Y}"
        )
        assert "số hồ sơ được tiếp nhận hợp lệ trong kỳ" in page
        for dossier_id in (first, second):
            assert reverse("office:dossier", args=[dossier_id]) in page, (reader, unit)
        assert page.count("data-row>") == 2
    nothing = page_of(
        as_("minh"), "explain_figure", don_vi="H99.12", chi_tieu="received", ky=f"{clock.today():%Y}"
    )
    assert "Không có hồ sơ nào được đếm" in nothing


def test_the_province_is_open_only_to_who_oversees_all(cast: Cast) -> None:
    counted(received(cast).dossier_id)
    year = queries.parse_period(f"{clock.today():%Y}")
    one = queries.indicator("received", year.last)
    assert (
        len(
            queries.dossiers_behind(
                actor=cast.minh, indicator=one, part="numerator", period=year, agency="H99"
            )
        )
        == 1
    )
    with pytest.raises(PermissionRefused):
        queries.dossiers_behind(actor=cast.dung, indicator=one, part="numerator", period=year, agency="H99")


# Lists as files ---------------------------------------------------------------------------------------------------


def copies(pattern: UUID, number: int) -> None:
    row = Dossier.objects.get(pk=pattern)
    fields = {field.attname: getattr(row, field.attname) for field in Dossier._meta.concrete_fields}
    fields |= {"request_key": None, "form_data": {}}
    Dossier.objects.bulk_create(
        (Dossier(**fields | {"id": uuid4(), "code": f"{row.code}-{n}"}) for n in range(number)),
        batch_size=500,
    )


def lines_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode().removeprefix("\ufeff"))))


def test_the_file_has_the_rows_of_the_list_within_scope(cast: Cast, as_: Open) -> None:
    first = received(cast).dossier_id
    bring(first, applicant_name="=1+1", due_at=clock.now() - timedelta(days=9))
    in_work(cast)
    code = Dossier.objects.get(pk=first).code
    head, *rows = lines_of(body_of(as_("dung"), "dossiers_csv"))
    assert head[0] == "Mã hồ sơ"
    assert len(rows) == 2
    (late,) = lines_of(body_of(as_("dung"), "dossiers_csv", nhom="qua-han"))[1:]
    assert late[0] == code
    assert late[3] == "'=1+1"
    assert lines_of(body_of(as_("dung"), "dossiers_csv", hop="dieu-hanh", nhom="qua-han"))[1:] == [late]
    assert lines_of(body_of(as_("giang"), "dossiers_csv"))[1:] == []
    assert lines_of(body_of(as_("giang"), "dossiers_csv", hop="tat-ca"))[1:] == []
    assert as_("nga").get(reverse("office:dossiers_csv")).status_code == 403


def cells_of(content: bytes) -> list[list[list[str]]]:
    book = load_workbook(io.BytesIO(content))
    return [[[said(cell.value) for cell in row] for row in sheet.rows] for sheet in book]


def said(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "")


def test_the_spreadsheet_has_the_cells_of_the_other_file(cast: Cast, as_: Open) -> None:
    ids = [received(cast).dossier_id for _ in range(3)]
    bring(ids[0], applicant_name="=1+1 <&> \x07")
    lines = lines_of(body_of(as_("dung"), "dossiers_csv"))
    (rows,) = cells_of(body_of(as_("dung"), "dossiers_xlsx"))
    assert rows == [[cell.removeprefix("'").replace("\x07", "") for cell in line] for line in lines]
    assert as_("nga").get(reverse("office:dossiers_xlsx")).status_code == 403


def test_moments_are_moments_and_codes_keep_every_figure(cast: Cast, as_: Open) -> None:
    bring(received(cast).dossier_id, procedure_code="1.010380")
    (sheet,) = load_workbook(io.BytesIO(body_of(as_("dung"), "dossiers_xlsx")))
    cells = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert cells["Mã thủ tục"].value == "1.010380"
    assert isinstance(cells["Nộp lúc"].value, datetime)
    assert cells["Nộp lúc"].is_date
    assert cells["Kết thúc lúc"].value is None
    (row,) = lines_of(body_of(as_("dung"), "dossiers_csv"))[1:]
    assert row[1] == "'1.010380"  # a spreadsheet takes it for a text


def test_a_longer_list_goes_on_in_a_further_sheet() -> None:
    rows = [[str(number), "=1+1"] for number in range(5)]
    content = b"".join(sheets.spreadsheet(["n", "text"], rows, most_rows=3))
    assert cells_of(content) == [
        [["n", "text"], *rows[:2]],
        [["n", "text"], *rows[2:4]],
        [["n", "text"], *rows[4:]],
    ]
    first = load_workbook(io.BytesIO(content))["1"]
    assert first["B2"].data_type == "s"  # a text, never a formula
    assert cells_of(b"".join(sheets.spreadsheet(["n"], []))) == [[["n"]]]


def test_a_file_of_any_length_needs_the_same_memory(cast: Cast) -> None:
    copies(received(cast).dossier_id, 3000)

    def peak(filters: Filters) -> tuple[int, int]:
        tracemalloc.start()
        rows = sum(1 for _ in dossiers.export_rows(actor=cast.dung, box=Box.ALL, filters=filters))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return rows, used

    peak(Filters())
    bring(*Dossier.objects.filter(code__regex="[0-4]$").values_list("pk", flat=True), channel="postal")
    half, used_by_half = peak(Filters(channel="postal"))
    whole, used_by_whole = peak(Filters())
    assert (half, whole) == (1501, 3001)
    assert used_by_whole < used_by_half * 1.3


def test_a_file_begins_before_its_last_row_is_read(cast: Cast) -> None:
    copies(received(cast).dossier_id, 1200)
    rows = dossiers.export_rows(actor=cast.dung, box=Box.ALL)
    tracemalloc.start()
    assert next(rows).code
    read = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read < 1_500_000
    assert sum(1 for _ in rows) == 1200


# Who and in which language ----------------------------------------------------------------------------------------


def test_each_member_of_the_cast_meets_what_the_matrix_says(cast: Cast) -> None:
    views = (
        "steering",
        "steered",
        "dossiers_csv",
        "dossiers_xlsx",
        "figures",
        "explain_figure",
        "report_file",
    )
    met: dict[tuple[str, str], int] = {}
    for who in EVERYBODY:
        client = Client()
        if who != "nobody":
            cast.login(client, who)
        met |= {(view, who): client.get(reverse(f"office:{view}")).status_code for view in views}
    assert met == {(view, who): ROWS[f"office:{view}"]["GET"][who] for view in views for who in EVERYBODY}


def test_english_is_complete(cast: Cast) -> None:
    dossier_id = in_work(cast)
    set_due(dossier_id, -2)
    counted(dossier_id)
    client = Client(headers={"accept-language": "en"})
    cast.login(client, "minh")
    for view in ("steering", "steered", "figures", "explain_figure"):
        page = page_of(client, view)
        for words in (
            "Điều hành",
            "Tử số",
            "Chỉ tiêu",
            "Quá hạn",
            "Đứng yên",
            "Tải ",
            "Kỳ",
            "trong kỳ",
            "Hạn trả",
        ):
            assert words not in page, (view, words)
    head = body_of(client, "dossiers_csv", hop="tat-ca").decode().splitlines()[0]
    assert head.startswith("\ufeffDossier code") or "Mã" not in head


def test_odd_addresses_are_refused_in_words(cast: Cast, as_: Open) -> None:
    client = as_("dung")
    for view, query, status in (
        ("figures", {"ky": "năm ngoái"}, 422),
        ("explain_figure", {"chi-tieu": "khong-co"}, 404),
        ("report_file", {"dang": "exe"}, 404),
        ("steering", {"ngay": "9" * 30}, 200),
        ("steering", {"ngay": "²"}, 200),
        ("steered", {"can-bo": "ai", "sau": "x", "nhom": "y"}, 200),
        ("explain_figure", {"sau": "x", "phan": "y"}, 200),
    ):
        assert client.get(reverse(f"office:{view}"), query).status_code == status, (view, query)
