"""No text of people or of administrators becomes a formula in a file that a spreadsheet opens."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.cast import Cast
from tests.factories.dossiers import received

from motcua.directory.models import Agency
from motcua.kernel import clock
from motcua.kernel.cells import as_text
from motcua.oversight import queries, services
from motcua.oversight.services import Format

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://127.0.0.1/"&A1,"x")'


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_what_begins_like_a_formula_stays_a_text(beginning: str) -> None:
    assert as_text(f"{beginning}1+1") == f"'{beginning}1+1"
    assert as_text("Nguyễn Thị Hoa") == "Nguyễn Thị Hoa"
    assert as_text(-1) == -1


@pytest.fixture
def hostile_agency(cast: Cast) -> None:
    """An agency whose name is a formula, with a dossier received three days ago."""
    Agency.objects.filter(pk=cast.an_binh).update(name=FORMULA)
    with clock.frozen(clock.now() - timedelta(days=3)):
        received(cast)
    services.rebuild_facts()
    queries.forget_places()


def test_no_public_table_holds_a_formula(cast: Cast, hostile_agency: None) -> None:
    seen = 0
    for path in (
        "/so-lieu/bang.csv",
        "/so-lieu/dich-vu/so-lieu.csv",
        "/so-lieu/giai-thich/H99.11/so-lieu.csv",
    ):
        answer = Client().get(path)
        assert answer.status_code == 200, path
        body = b"".join(answer).decode().removeprefix("\ufeff")
        cells = [cell for line in csv.reader(io.StringIO(body)) for cell in line]
        seen += sum(FORMULA in cell for cell in cells)
        assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    assert seen > 0


def test_no_report_holds_a_formula(cast: Cast, hostile_agency: None) -> None:
    period = queries.parse_period(f"{clock.today():%Y}")
    made = services.write_report(actor=cast.minh, unit="H99", period=period, format=Format.XLSX)
    cells = [
        cell for sheet in load_workbook(io.BytesIO(made.content)) for row in sheet.iter_rows() for cell in row
    ]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any(FORMULA in str(cell.value) for cell in cells)


def test_the_names_of_agencies_run_on_no_page(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.an_binh).update(name="<script>atk(1)</script>")
    queries.forget_places()
    received(cast)
    for who, path in (
        ("nobody", "/so-lieu/"),
        ("minh", reverse("office:steering")),
        ("quang", reverse("office:agencies")),
        ("hoa", "/ho-so/"),
        ("binh", "/quay/"),
    ):
        client = Client()
        if who != "nobody":
            cast.login(client, who)
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert b"<script>atk" not in answer.content, path
