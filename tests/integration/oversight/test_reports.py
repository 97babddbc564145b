"""One report, four formats, the same numbers: each is read back."""

from io import BytesIO
from subprocess import run

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.cast import Cast
from tests.factories.dossiers import in_work, received

from motcua.dossiers import services as dossiers
from motcua.kernel import clock
from motcua.kernel.errors import PermissionRefused
from motcua.oversight import queries, services
from motcua.oversight.queries import svg_of
from motcua.oversight.rules.report import ReportRow
from motcua.oversight.services import Format
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers
from motcua.oversight.services.reports import charts_of, tables_of

pytestmark = pytest.mark.django_db
Cells = list[list[str]]


@pytest.fixture
def year(cast: Cast) -> queries.Period:
    ids = [received(cast).dossier_id, in_work(cast), in_work(cast)]
    dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=ids[1], reason="Thôi")
    count_dossiers(accounts_of(ids))
    queries.forget_places()
    return queries.parse_period(f"{clock.today():%Y}")


def shown(value: object) -> str:
    return value if isinstance(value, str) else queries.count_text(value)


def of_xlsx(content: bytes) -> Cells:
    book = load_workbook(BytesIO(content))
    sheets = [sheet for sheet in book if sheet.freeze_panes]  # tables; the others are charts
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=6, values_only=True)]
    return [[shown(value) for value in row if value != ""] for row in rows]


def of_docx(content: bytes) -> Cells:
    tables = Document(BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def of_pdf(content: bytes) -> str:
    read = run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


@pytest.mark.parametrize("unit", ["H99.11", "H99"])
def test_every_format_carries_the_same_numbers(cast: Cast, year: queries.Period, unit: str) -> None:
    report = services.report_for(actor=cast.minh, unit=unit, period=year)
    assert (report.total.received, report.total.withdrawn, report.total.in_process) == (3, 1, 2)
    assert report.total.is_balanced
    wanted = [[shown(value) for value in row] for table in tables_of(report) for row in table.body]
    written = {
        form: services.write_report(actor=cast.minh, unit=unit, period=year, format=form).content
        for form in Format
    }
    assert of_docx(written[Format.DOCX]) == wanted
    assert [
        row[: len(want)] for row, want in zip(of_xlsx(written[Format.XLSX]), wanted, strict=True)
    ] == wanted
    charts = charts_of(report)
    cells = {cell for row in wanted for cell in row}
    assert len(charts) >= 1
    for chart in charts:
        drawn = svg_of(chart)
        for one in chart.series:
            for place, words in enumerate(one.words):
                assert f">{words}<" in drawn
                if one.values[place] is not None and chart.most is None:
                    assert words in cells  # a number of a chart is a cell of a table, in the same words
                    assert words == shown(one.values[place])
    (sheet,) = [
        one for one in load_workbook(BytesIO(written[Format.XLSX])) if one.title == charts[0].title[:31]
    ]
    assert [cell.value for cell in sheet["B"]][1:] == list(charts[0].series[0].values)
    pictures = Document(BytesIO(written[Format.DOCX])).inline_shapes
    assert len(pictures) == len(charts)
    described = pictures[0]._inline.docPr.get("descr")
    assert all(word in described for word in charts[0].series[0].words)
    text = of_pdf(written[Format.PDF])
    for chart in charts:
        assert chart.title in text
    place = 0
    for name, number in wanted[:17]:
        place = text.index(f"{name} {number}", place)
    for *_, value in wanted[17:]:
        assert value in text


def test_the_agencies_of_a_province_add_up_to_its_total(cast: Cast, year: queries.Period) -> None:
    report = services.report_for(actor=cast.minh, unit="H99", period=year)
    assert [code for code, _, _ in report.rows] == ["H99.11"]
    for key in ("carry_in", "received", "resolved", "withdrawn", "in_process", "paused"):
        assert sum(getattr(row, key) for _, _, row in report.rows) == getattr(report.total, key)


def test_every_column_of_the_report_is_named(cast: Cast, year: queries.Period) -> None:
    report = services.report_for(actor=cast.dung, unit="H99.11", period=year)
    assert len(tables_of(report)[0].body) == len(ReportRow.__dataclass_fields__) + 1
    assert report.rows == []


def test_a_report_is_for_those_who_oversee_the_unit(cast: Cast, year: queries.Period) -> None:
    for reader, unit in (
        (cast.giang, "H99.11"),
        (cast.dung, "H99"),
        (cast.dung, "H99.12"),
        (cast.hoa, "H99.11"),
    ):
        with pytest.raises(PermissionRefused):
            services.report_for(actor=reader, unit=unit, period=year)
