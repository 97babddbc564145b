"""The importer against the real export: nothing lost, shares reached, totals checked by a second way of counting."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from motcua.catalogue.rules.national.pieces import UNPARSED, joined
from motcua.catalogue.rules.national.record import read_record
from motcua.catalogue.survey import survey
from motcua.cli.catalogue import command


@pytest.fixture(scope="module")
def national(shared_data: Path) -> Path:
    return shared_data / "procedures" / "national_2026-07.jsonl.gz"


@pytest.fixture(scope="module")
def rows(national: Path) -> list[dict[str, str]]:
    with gzip.open(national, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def test_every_cell_is_conserved(rows: list[dict[str, str]]) -> None:
    for row in rows:
        record = read_record(row)
        for pieces, cell in (
            (record.channels.pieces, "cach_thuc_thuc_hien"),
            (record.components.pieces, "thanh_phan_ho_so"),
            (record.legal.pieces, "can_cu_phap_ly"),
            (record.results.pieces, "ket_qua_xu_ly"),
        ):
            assert joined(pieces) == row[cell], (record.code, cell)
        said = {doubt.text for doubt in record.doubts}
        for pieces in (
            record.components.pieces,
            record.legal.pieces,
            record.results.pieces,
            record.channels.pieces,
        ):
            assert {piece.text for piece in pieces if piece.kind == UNPARSED} <= said


def test_rows_carry_the_text_they_were_read_from(rows: list[dict[str, str]]) -> None:
    """What the pieces call name, form and count is what the lines hold, in the same order: no row appears from nothing."""
    for row in rows[::7]:
        table = read_record(row).components
        rebuilt = "".join(p.text for p in table.pieces if p.kind in ("name", "form_file", "count"))
        assert rebuilt == "".join(line.source for group in table.groups for line in group.lines)


def _places(text: str, words: tuple[str, ...]) -> Iterator[int]:
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at + len(word)
            at = text.find(word, at + 1)


def _limits_by_hand(text: str) -> int:
    """Channel name, digits, blank, unit – read character by character, without the importer's patterns."""
    count = 0
    for at in _places(text, ("Trực tuyến", "Dịch vụ bưu chính", "Trực tiếp")):
        end = at
        while end < len(text) and (text[end].isdigit() or text[end] in ".,"):
            end += 1
        count += (
            end > at and text[end : end + 1] == " " and text[end + 1 :].startswith(("Ngày", "Giờ", "Tháng"))
        )
    return count


def test_totals_agree_with_a_second_count(rows: list[dict[str, str]], national: Path) -> None:
    report = survey([national])
    assert report.procedures == len(rows) == 2642
    assert report.channels_with_unit.total == sum(_limits_by_hand(row["cach_thuc_thuc_hien"]) for row in rows)
    # Rows end where a count touches what follows; counts quoted in a name are followed by a space or a mark.
    touching = re.compile(r"\d bản chính(?:,\d+ bản sao)?(?![ ,.;:)/\n])")
    by_touch = sum(len(touching.findall(row["thanh_phan_ho_so"])) for row in rows)
    assert abs(report.component_lines.parsed - by_touch) <= by_touch * 0.003
    assert report.component_lines.total >= by_touch
    codes = sum(row["ket_qua_xu_ly"].count("Mã: ") for row in rows)
    assert report.results.parsed <= codes
    assert report.results.parsed >= codes * 0.99


def test_shares_asked_for_are_reached(national: Path) -> None:
    report = survey([national])
    assert report.channels_with_unit.parsed >= 0.97 * report.channels_with_unit.total
    assert report.component_lines.parsed >= 0.98 * report.component_lines.total
    assert report.legal_bases.parsed >= 0.98 * report.legal_bases.total
    assert report.results.parsed >= 0.99 * report.results.total
    # 864 entries carry a number without a unit by the notes of the source; each is listed, none became a limit.
    bare = report.kinds["limit_without_unit"] + report.kinds["limit_and_fee_glued"]
    assert 850 <= bare <= 870


def test_known_procedures_read_right(rows: list[dict[str, str]]) -> None:
    by_code = {
        row["ma_thu_tuc"]: read_record(row)
        for row in rows
        if row["ma_thu_tuc"] in ("2.001610", "2.000635", "1.001612")
    }
    assert by_code["2.000635"].channels.entries[0].amount == 8000
    assert by_code["2.000635"].results.results[0].code == "KQ.G15.000342"


def test_dry_run_prints_the_report_alone_and_is_quick(
    national: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    began = time.perf_counter()
    outcome = CliRunner().invoke(command, ["import", str(national), "--dry-run", "--json"])
    assert time.perf_counter() - began < 30
    assert outcome.exit_code == 0, outcome.output
    report = json.loads(outcome.output)
    assert {
        "procedures",
        "channels_with_unit",
        "component_lines",
        "fees",
        "legal_bases",
        "results",
        "unparsed",
    } <= report.keys()
    assert sum(report["unparsed_by_kind"].values()) == len(report["unparsed"])
    assert all(entry.keys() == {"procedure", "kind", "text"} for entry in report["unparsed"])


def test_ministry_lists_are_read(shared_data: Path) -> None:
    lists = sorted((shared_data / "procedures").glob("danh-sach-tthc-*.xlsx"))
    report = survey(lists)
    assert report.listed == 796
    assert report.refused == []


def test_bad_lines_and_bad_files_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "rows.jsonl"
    broken.write_text(
        '{"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Thử"}\nnot json\n[1]\n{"ma_thu_tuc": "x"}\n',
        encoding="utf-8",
    )
    report = survey([broken])
    assert (report.procedures, len(report.refused)) == (1, 3)
    assert next(entry["text"] for entry in report.unparsed if entry["kind"] == "line") == "not json"
    cut = tmp_path / "rows.jsonl.gz"
    cut.write_bytes(gzip.compress(b'{"a": "' + bytes(range(97, 122)) * 400 + b'"}')[:-12])
    outcome = CliRunner().invoke(command, ["import", str(cut), "--dry-run"])
    assert outcome.exit_code == 1
    assert "rows.jsonl.gz" in outcome.output
    no_list = tmp_path / "list.xlsx"
    no_list.write_bytes(b"no workbook")
    outcome = CliRunner().invoke(command, ["import", str(no_list), "--dry-run"])
    assert outcome.exit_code == 1
    assert "list.xlsx" in outcome.output
