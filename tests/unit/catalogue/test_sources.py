"""Files of procedures from elsewhere: recognised by what they are, refused by name, read by the columns somebody points out."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motcua.catalogue.errors import SourceUnreadable
from motcua.catalogue.rules.national.components import read_components
from motcua.catalogue.rules.national.content import content_of
from motcua.catalogue.rules.national.record import read_record
from motcua.catalogue.rules.national.references import read_legal_bases
from motcua.catalogue.survey import survey
from motcua.catalogue.words import CompetentLevel
from motcua.cli.catalogue import command

HEADER = "Tên văn bản pháp lýMã văn bản"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (
            "Luật Đầu tư côngLuật số 58Luật Đất đai31/2024/QH15",
            [("Luật Đất đai", "31/2024/QH15")],
        ),
        (
            "Thông tư quy định thẻ an ninh31/2025/TT_BCALUẬT HÀNG KHÔNG66/2006/QH11",
            [("LUẬT HÀNG KHÔNG", "66/2006/QH11")],
        ),
        (
            "Quy định một cửa118/2025/NĐ-CNghị định về đất đai102/2024/NĐ-CP",
            [("Nghị định về đất đai", "102/2024/NĐ-CP")],
        ),
        (
            "Luật28/2023/QH15Nghị định phân quyền136/2025/NĐ-CP",
            [("Luật", "28/2023/QH15"), ("Nghị định phân quyền", "136/2025/NĐ-CP")],
        ),
        (
            "Thông tư ngày 28/4/202225Nghị quyết cắt giảm66.7/2025/NQ-CP",
            [("Nghị quyết cắt giảm", "66.7/2025/NQ-CP")],
        ),
        (
            "Thông tư sửa đổi Nghị định số 38/2018/NĐ-CP của Chính phủ64/2025/TT-BTC",
            [("Thông tư sửa đổi Nghị định số 38/2018/NĐ-CP của Chính phủ", "64/2025/TT-BTC")],
        ),
    ],
)
def test_a_malformed_number_never_gives_its_title_to_the_next_act(
    cell: str, wanted: list[tuple[str, str]]
) -> None:
    table = read_legal_bases(HEADER + cell)
    assert [(basis.title, basis.number) for basis in table.bases] == wanted
    assert "".join(piece.text for piece in table.pieces) == HEADER + cell


@pytest.mark.parametrize(
    ("cell", "name", "file"),
    [
        ("Đơn đề nghị theo mẫu1.003850.docx", "Đơn đề nghị theo mẫu", "1.003850.docx"),
        ("Tờ khai (NA8)9-Mẫu NA8.doc", "Tờ khai (NA8)", "9-Mẫu NA8.doc"),
        (
            "Đơn theo Nghị định số 58/2024/NĐ-CPMus142.docx",
            "Đơn theo Nghị định số 58/2024/NĐ-CP",
            "Mus142.docx",
        ),
        ("Giấy đề nghị theo mẫuđơn đề nghị.docx", "Giấy đề nghị theo mẫu", "đơn đề nghị.docx"),
        ("Tờ khai ban hành ngày 30/6/2023.NA5.doc", "Tờ khai ban hành ngày 30/6/2023.", "NA5.doc"),
    ],
)
def test_names_of_forms_are_told_from_the_paper_they_are_glued_to(cell: str, name: str, file: str) -> None:
    table = read_components(f"--Tên giấy tờMẫu đơn, tờ khaiSố lượng{cell}1 bản chính")
    assert [(line.name, line.form_file) for line in table.groups[0].lines] == [(name, file)]
    assert table.doubts == ()


def test_every_level_of_authority_is_kept_and_old_entries_are_told() -> None:
    row = {
        "ma_thu_tuc": "1.000001",
        "ten_thu_tuc": "Thử",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "trinh_tu_thuc_hien": "Nộp tại Bộ phận Một cửa cấp huyện.",
    }
    record = read_record(row)
    content = content_of(record)
    assert (content.agency_level, content.further_levels) == (
        CompetentLevel.COMMUNE,
        (CompetentLevel.PROVINCE,),
    )
    assert [doubt.kind for doubt in record.doubts if doubt.kind.startswith("older")] == [
        "older_than_2025-07-01"
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", '[{"ma_thu_tuc": "1.000001"}]', "mảng JSON"),
        ("a.pdf", "%PDF-1.7", "PDF"),
        ("a.html", "<html></html>", "HTML"),
        ("a.txt", "Danh sách thủ tục của tỉnh", "không có cột"),
        ("a.csv", "", "tệp rỗng"),
        ("a.csv", "so;ghi chu\n1;x\n", "so, ghi chu"),
        ("a.jsonl", '{"id": "1.000001", "content": {}}\n', "id, content"),
    ],
)
def test_what_cannot_be_read_is_refused_by_what_it_is(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    with pytest.raises(SourceUnreadable) as refusal:
        survey([written(tmp_path / name, content)])
    assert said in refusal.value.sentence()
    outcome = run("import", "--dry-run", str(tmp_path / name))
    assert outcome.exit_code == 1
    assert "Không đọc được tệp" in outcome.output


def test_tables_and_printed_lists_are_recognised(tmp_path: Path) -> None:
    table = written(
        tmp_path / "hue.csv",
        'code,name,field,issuer,executing\n1.116215,"Công nhận, hộ nghèo",Giảm nghèo,Bộ,Xã\n',
    )
    printed = written(
        tmp_path / "in.txt",
        "THỦ TỤC 1: Cấp số\nnhà\n\n1. Mã thủ tục\n1.009022\n\n2. Lĩnh vực\nXây dựng\n\nCơ quan thực hiện\nUBND phường\n"
        "THỦ TỤC 2: Không mã\n1. Mã thủ tục\n\n",
    )
    report = survey([table, printed])
    assert report.listed == 2
    assert [line["reason"] for line in report.refused] == ["names no procedure"]


def test_foreign_columns_are_pointed_out_and_shown_first(tmp_path: Path) -> None:
    table = written(tmp_path / "khac.csv", "Ký hiệu;Nội dung;Ghi chú\n1.000001;Khai sinh;x\n")
    before = run("columns", str(table))
    assert before.exit_code == 1
    assert "Ký hiệu → not read" in before.output
    pointed = ("-c", "Ký hiệu=code", "-c", "Nội dung=title")
    after = run("columns", str(table), *pointed)
    assert after.exit_code == 0
    assert "1.000001  Khai sinh" in after.output
    assert "listed: 1" in run("import", "--dry-run", str(table), *pointed).output
    lines = gzip.compress((json.dumps({"id": "1.000001", "ten": "Khai sinh"}) + "\n").encode())
    (tmp_path / "khac.jsonl.gz").write_bytes(lines)
    read = run(
        "import", "--dry-run", str(tmp_path / "khac.jsonl.gz"), "-c", "id=ma_thu_tuc", "-c", "ten=ten_thu_tuc"
    )
    assert "procedures: 1" in read.output
