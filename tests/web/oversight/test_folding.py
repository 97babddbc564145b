"""The switch of units on the public board: forward to successors, backward to units of an earlier day, nothing lost."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import count

import openpyxl
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from motcua.directory import queries as directory
from motcua.directory import services as directory_services
from motcua.directory.models import Agency, TerritorySuccession
from motcua.directory.models.validity import days
from motcua.dossiers.words import Ending
from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.oversight import queries, services
from motcua.oversight.rules.standing import LOCAL, PROCESSED, RECEIVED, Sighting, Traits
from motcua.oversight.services.counting import Account, count_dossiers

pytestmark = pytest.mark.django_db
MERGED = date(2026, 7, 1)
AN_BINH, YEN_HOA, NEW = "H99.11", "H99.12", "H99.19"
YEAR = {"tinh": "H99", "ky": "2026", "chi-tieu": "on_time_local"}
BEFORE = {"don-vi": "2026-06-30"}
NUMBERS = count(1)


@pytest.fixture
def reorganised(cast: Cast) -> Iterator[None]:
    """An Bình and Yên Hòa merged in July; 2 of 3, 1 of 2, then 4 of 4 dossiers in time."""
    old = directory.agency(cast.an_binh)
    new = directory_services.open_agency(
        actor=cast.system,
        code=NEW,
        name="Ủy ban nhân dân xã Minh Hòa",
        kind=old.kind,
        level=old.level,
        territory_id=old.territory_id,
        begins_on=MERGED,
    )
    directory_services.reorganise_agencies(
        actor=cast.system,
        predecessor_ids=[cast.an_binh, cast.yen_hoa],
        successor_ids=[new],
        effective_on=MERGED,
        decision="Nghị quyết 01/2026",
    )
    early, later = date(2026, 3, 2), date(2026, 8, 3)
    with transaction.atomic():
        count_dossiers(
            [
                *resolved(AN_BINH, early, in_time=2, late=1),
                *resolved(YEN_HOA, early, in_time=1, late=1),
                *resolved(NEW, later, in_time=4, late=0),
            ]
        )
    queries.forget_places()
    yield
    queries.forget_places()


def resolved(agency: str, on: date, *, in_time: int, late: int) -> Iterator[Account]:
    came = datetime(on.year, on.month, on.day, 9, tzinfo=LOCAL)
    due = came + timedelta(days=4)
    traits = Traits(province="H99", receiving=agency, procedure="1.001193", channel="counter")
    for is_late in (*[False] * in_time, *[True] * late):
        ended = due + timedelta(days=2 if is_late else -1)
        sightings = [
            Sighting(came, RECEIVED, due, agency),
            Sighting(ended, PROCESSED, due, agency, Ending.RESOLVED),
        ]
        yield Account(new_id(), f"{agency}-260302-{next(NUMBERS):04}", 2, sightings, traits)


def rows_of(query: dict[str, str]) -> dict[str, dict[str, str]]:
    response = Client().get(reverse("opendata:board_csv"), YEAR | query)
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed table
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert sum(int(row["numerator"]) for row in rows) == 7
    assert sum(int(row["denominator"]) for row in rows) == 9
    return {row["unit"]: row for row in rows}


def counts(row: dict[str, str]) -> tuple[int, int, str]:
    return int(row["numerator"]), int(row["denominator"]), row["part"]


def page_of(query: dict[str, str], view: str = "board", *args: str, language: str = "vi") -> str:
    reader = Client(headers={"accept-language": language})
    response = reader.get(reverse(f"opendata:{view}", args=args), YEAR | query)
    assert response.status_code == 200
    return response.content.decode()


def test_forward_the_merged_commune_holds_the_counts_of_both(reorganised: None) -> None:
    rows = rows_of({"don-vi": "nay"})
    assert counts(rows[NEW]) == (7, 9, "map")
    assert rows[NEW]["percent"] == "77.78"
    assert rows[NEW]["with"] == f"{AN_BINH} {YEN_HOA}"
    assert not {AN_BINH, YEN_HOA} & rows.keys()
    page = page_of({"don-vi": "nay"})
    assert "gồm cả" in page
    assert '<option value="nay" selected>' in page
    assert "Ngoài các đơn vị trên" not in page
    assert "= 7 ÷ 9" in page_of({"don-vi": "nay"}, "explain", NEW)


def test_as_counted_the_closed_communes_stand_in_a_table_of_their_own(reorganised: None) -> None:
    rows = rows_of({})
    assert {unit: counts(rows[unit]) for unit in (NEW, AN_BINH, YEN_HOA)} == {
        NEW: (4, 4, "map"),
        AN_BINH: (2, 3, "ended"),
        YEN_HOA: (1, 2, "ended"),
    }
    page = page_of({})
    assert "đơn vị đã kết thúc" in page[page.index("Ngoài các đơn vị trên") :]
    assert "= 2 ÷ 3" in page_of({}, "explain", AN_BINH)


def test_backward_the_merged_commune_is_not_split_but_shown_as_shared(reorganised: None) -> None:
    rows = rows_of(BEFORE)
    assert counts(rows[AN_BINH]) == (2, 3, "map")
    assert counts(rows[YEN_HOA]) == (1, 2, "map")
    assert counts(rows[NEW]) == (4, 4, "merged")
    assert rows[NEW]["with"] == f"{AN_BINH} {YEN_HOA}"
    page = page_of(BEFORE)
    assert "trước sắp xếp ngày 01/07/2026" in page
    assert (
        page.count("sau sắp xếp chung số với Ủy ban nhân dân xã Minh Hòa: 100,00 %") == 4
    )  # map and table, twice
    assert "không tách được: hợp nhất từ" in page
    # A month after the merger on the map before it: the old units have nothing of their own, the map shows the shared figure.
    board = queries.board(
        "H99", "on_time_local", queries.parse_period("2026-08"), fold_to=MERGED - timedelta(days=1)
    )
    old = {row.place.code: row for row in board.rows}[AN_BINH]
    assert (old.figure.denominator, old.shade, old.rank) == (0, 5, None)
    assert [(row.fate, row.figure.denominator) for row in board.rest] == [(queries.Fate.MERGED, 4)]


def test_the_switch_reads_in_english_and_forgives_nonsense(reorganised: None) -> None:
    page = page_of(BEFORE, language="en")
    assert "after the reorganisation counted together in" in page
    assert "before the reorganisation of 01/07/2026" in page
    assert "cannot be split: merged from" in page
    assert rows_of({"don-vi": "x"}).keys() == rows_of({}).keys()


def test_a_territory_tells_what_became_of_an_agency_where_no_decision_does(cast: Cast) -> None:
    old = {agency.code: agency for agency in directory.agencies_ever("H99")}
    into, gone = old[AN_BINH], old[YEN_HOA]
    Agency.objects.filter(pk=gone.id).update(validity=days(gone.begins_on, MERGED))
    TerritorySuccession.objects.create(
        predecessor_id=gone.territory_id,
        successor_id=into.territory_id,
        decree="Nghị quyết 01/2026",
        effective_on=MERGED,
    )
    (step,) = directory.agency_successions("H99")
    assert (step.predecessor, step.successor, step.share, step.effective_on) == (
        YEN_HOA,
        AN_BINH,
        Fraction(1),
        MERGED,
    )
    with transaction.atomic():
        count_dossiers(resolved(YEN_HOA, date(2026, 3, 2), in_time=7, late=2))
    queries.forget_places()
    assert counts(rows_of({"don-vi": "nay"})[AN_BINH]) == (7, 9, "map")
    assert counts(rows_of(BEFORE)[YEN_HOA]) == (7, 9, "map")
    assert "từ sau ngày của bản đồ gồm cả" in page_of(BEFORE)
    queries.forget_places()


def test_a_report_folds_former_units_into_the_one_that_took_them_over(cast: Cast, reorganised: None) -> None:
    year = queries.parse_period("2026")
    plain = services.report_for(actor=cast.minh, unit=NEW, period=year)
    folded = services.report_for(actor=cast.minh, unit=NEW, period=year, fold_to=clock.today())
    assert (plain.total.resolved, folded.total.resolved) == (4, 9)
    assert (list(plain.members), list(folded.members)) == ([NEW], [NEW, AN_BINH, YEN_HOA])
    figure = {one.key: figure for one, figure in folded.figures}["on_time_local"]
    assert (figure.numerator, figure.denominator) == (7, 9)
    assert sum(row.resolved for row in folded.months) == 9
    assert folded.total.is_balanced
    assert "gộp vào đơn vị kế thừa" in services.note_of_report(folded)
    assert "gộp" not in services.note_of_report(plain)
    apart = services.report_for(actor=cast.minh, unit="H99", period=year)
    whole = services.report_for(actor=cast.minh, unit="H99", period=year, fold_to=clock.today())
    assert whole.total == apart.total
    assert {code: row.resolved for code, _, row in apart.rows} == {NEW: 4, AN_BINH: 3, YEN_HOA: 2}
    assert {code: row.resolved for code, _, row in whole.rows} == {NEW: 9}


def test_the_page_of_figures_and_a_plan_fold_by_the_same_switch(cast: Cast, reorganised: None) -> None:
    client = Client(headers={"accept-language": "vi"})
    cast.login(client, "minh")
    asked = {"don-vi": NEW, "ky": "2026", "gop": "nay"}
    page = client.get(reverse("office:figures"), asked).content.decode()
    assert f"Gồm cả số của: {AN_BINH}, {YEN_HOA}." in page
    assert "gop=nay" in page
    assert "phan=tu-so" not in page  # several units together have no one list
    plain = client.get(reverse("office:figures"), asked | {"gop": ""}).content.decode()
    assert "Gồm cả số của" not in plain
    assert "phan=tu-so" in plain
    answer = client.get(reverse("office:report_file"), asked | {"dang": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert ("Đã giải quyết", 9) in [tuple(cell.value for cell in row[:2]) for row in sheet.iter_rows()]
    form = {"unit": NEW, "rhythm": "quarter", "recipients": "vanphong@example.vn"}
    assert client.post(reverse("office:sent_reports"), form | {"is_folded": "1"}).status_code == 302
    assert "gộp đơn vị cũ" in client.get(reverse("office:sent_reports")).content.decode()
    (plan,) = queries.plans(actor=cast.minh)
    assert plan.is_folded
    with clock.frozen(datetime(2026, 10, 5, 9, tzinfo=LOCAL)):
        assert services.send_planned_reports() == 1
    (sent,) = queries.sent_reports(actor=cast.minh)
    assert sent.content["members"] == [NEW, AN_BINH, YEN_HOA]
    assert "05/10/2026" in sent.content["note"]


def test_a_plan_keeps_units_apart_unless_asked(cast: Cast, reorganised: None) -> None:
    client = Client()
    cast.login(client, "minh")
    form = {"unit": "H99", "rhythm": "week", "recipients": "vanphong@example.vn"}
    client.post(reverse("office:sent_reports"), form)
    (plan,) = queries.plans(actor=cast.minh)
    assert not plan.is_folded


def test_a_forecast_remembers_what_former_units_did(cast: Cast, reorganised: None) -> None:
    with clock.frozen(datetime(2026, 8, 20, 9, tzinfo=LOCAL)):
        assert queries.outlook_of(actor=cast.minh, unit=NEW).read == 4
        assert queries.outlook_of(actor=cast.minh, unit=NEW, is_folded=True).read == 9
        assert queries.outlook_of(actor=cast.minh, unit="H99", is_folded=True).read == 9
        client = Client()
        cast.login(client, "minh")
        page = client.get(reverse("office:outlook"), {"don-vi": NEW, "gop": "nay"}).content.decode()
    assert '<option value="nay" selected>' in page
