"""The readers of glued cells, on small made-up tables that show one difficulty each."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.rules.national.channels import HEADER as CHANNEL_HEADER
from motcua.catalogue.rules.national.channels import read_channels
from motcua.catalogue.rules.national.components import HEADER as COMPONENT_HEADER
from motcua.catalogue.rules.national.components import read_components
from motcua.catalogue.rules.national.pieces import joined
from motcua.catalogue.rules.national.record import read_record
from motcua.catalogue.rules.national.references import LEGAL_HEADER, read_legal_bases, read_results
from motcua.catalogue.words import Channel, CompetentLevel
from motcua.kernel.calendar import Limit, LimitUnit


def test_channels_limits_and_fees_come_apart() -> None:
    table = read_channels(
        CHANNEL_HEADER
        + "Trực tuyến2.5 Ngày làm việc100,000 Việt Nam Đồng(mức (a) và (b))Nộp qua cổng."
        + "Dịch vụ bưu chính8 GiờMiễn phíTrực tiếp30 NgàyKhông có thông tinTại quầy"
    )
    online, postal, counter = table.entries
    assert (online.channel, online.limit) == (Channel.ONLINE, Limit(Decimal("2.5"), LimitUnit.WORKING_DAY))
    assert (online.amount, online.fee_note, online.description) == (
        100_000,
        "mức (a) và (b)",
        "Nộp qua cổng.",
    )
    assert (postal.channel, postal.limit, postal.amount) == (
        Channel.POSTAL,
        Limit(Decimal(8), LimitUnit.HOUR),
        0,
    )
    assert (counter.limit, counter.amount) == (Limit(Decimal(30), LimitUnit.CALENDAR_DAY), None)
    assert counter.description == "Tại quầy"
    assert (table.with_unit, table.with_unit_parsed) == (3, 3)
    assert table.doubts == ()


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("Trực tuyến1Miễn phí", "limit_without_unit"),
        ("Trực tiếp120 VNĐ(20.000 đồng/tờ khai)", "limit_and_fee_glued"),
        ("Trực tiếpKhông phải trả kết quảMiễn phíTại quầy", "limit_in_words"),
        ("Trực tiếp5 Ngày làm việc10 USD(/lần)", "fee_in_foreign_currency"),
        ("Trực tiếp5 Ngày làm việc135 VNĐ(135.000 đồng/lần)", "fee_suspicious"),
    ],
)
def test_what_cannot_be_trusted_is_listed_verbatim(entry: str, kind: str) -> None:
    table = read_channels(CHANNEL_HEADER + entry)
    assert [doubt.kind for doubt in table.doubts] == [kind]
    assert entry.startswith(table.doubts[0].text)
    assert len(table.entries) == 1


def test_a_bare_number_is_never_taken_for_a_limit_or_a_fee() -> None:
    (entry,) = read_channels(CHANNEL_HEADER + "Trực tuyến1100 VNĐ").entries
    assert entry.limit is None
    assert entry.amount is None
    assert entry.limit_text + entry.amount_text == "1100 VNĐ"


def test_components_with_case_headings_forms_and_counts() -> None:
    table = read_components(
        "* Giấy tờ phải nộp:"
        + COMPONENT_HEADER
        + "- Tờ khai theo mẫu;Mẫu số 01.docx1 bản chính"
        + "Giấy phép: 01 bản chính;2 bản chính,1 bản sao"
        + "--"
        + COMPONENT_HEADER
        + "Lưu ý chung0 bản chính"
    )
    first, second = table.groups
    assert (first.name, second.name) == ("* Giấy tờ phải nộp", "")
    declaration, licence = first.lines
    assert (declaration.name, declaration.form_file) == ("- Tờ khai theo mẫu;", "Mẫu số 01.docx")
    assert (licence.name, licence.originals, licence.copies) == ("Giấy phép: 01 bản chính;", 2, 1)
    assert second.lines[0].is_remark
    assert (table.total, table.parsed) == (3, 3)


@pytest.mark.parametrize(
    ("row", "name", "originals"),
    [
        ("Đơn theo Mẫu số 011 bản chính", "Đơn theo Mẫu số 01", 1),
        ("Quyết định năm 20181 bản chính", "Quyết định năm 2018", 1),
        ("Ảnh chân dung10 bản chính", "Ảnh chân dung", 10),
        ("Văn bản số 12/QĐ-UBND3 bản chính", "Văn bản số 12/QĐ-UBND", 3),
    ],
)
def test_digits_of_the_name_stay_with_the_name(row: str, name: str, originals: int) -> None:
    (line,) = read_components("--" + COMPONENT_HEADER + row).groups[0].lines
    assert (line.name, line.originals) == (name, originals)


def test_a_text_without_a_table_is_kept_and_counted_as_unparsed_lines() -> None:
    table = read_components("Bước 1. Lập hồ sơ\n\nBước 2. Nộp hồ sơ")
    assert (table.total, table.parsed) == (2, 0)
    assert table.doubts[0].text == "Bước 1. Lập hồ sơ\n\nBước 2. Nộp hồ sơ"


def test_text_behind_the_last_row_is_not_dropped() -> None:
    table = read_components("--" + COMPONENT_HEADER + "Đơn1 bản chínhGiấy tờ bị cắt cụt")
    assert [(d.kind, d.text) for d in table.doubts] == [("component_line", "Giấy tờ bị cắt cụt")]
    assert (table.total, table.parsed) == (2, 1)


def test_legal_bases_split_where_the_columns_touch() -> None:
    table = read_legal_bases(
        LEGAL_HEADER
        + "Luật 60/2014/QH1360/2014/QH13"
        + "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ123/2015/NĐ-CP"
        + "Luật số 43/2024/QH15 ngày 29/6/202443/2024/QH15"
        + "Quy định về phíThông tư số 85/2019/TT-BTC"
    )
    assert [basis.number for basis in table.bases] == [
        "60/2014/QH13",
        "123/2015/NĐ-CP",
        "43/2024/QH15",
        "85/2019/TT-BTC",
    ]
    assert table.bases[2].title == "Luật số 43/2024/QH15 ngày 29/6/2024"
    assert table.bases[3].title == "Quy định về phí"
    assert table.total == 4


def test_a_basis_without_a_number_is_listed() -> None:
    table = read_legal_bases(LEGAL_HEADER + "Luật Hộ tịch60/2014/QH13Điều ước quốc tế")
    assert [doubt.text for doubt in table.doubts] == ["Điều ước quốc tế"]
    assert (table.total, len(table.bases)) == (2, 1)


def test_results_with_old_and_new_codes() -> None:
    table = read_results(
        "Giấy khai sinhMã: KQ.G15.000342Thông báoMã: 000.00.00.G09-KQ002269Từ khóaKhông có thông tinMô tảKhông có thông tin"
        "Chọn cơ quan thực hiệnTỉnh/ Thành phố"
    )
    assert [(r.name, r.code) for r in table.results] == [
        ("Giấy khai sinh", "KQ.G15.000342"),
        ("Thông báo", "000.00.00.G09-KQ002269"),
    ]
    assert table.doubts == ()


def test_a_nonsense_result_code_is_listed_not_kept() -> None:
    table = read_results("Quyết địnhMã: sfbkjas")
    assert table.results == ()
    assert table.doubts[0].text == "Quyết địnhMã: sfbkjas"


def test_a_record_takes_levels_and_audiences_whose_names_contain_commas() -> None:
    record = read_record(
        {
            "ma_thu_tuc": "1.000001",
            "ten_thu_tuc": "Thủ tục thử",
            "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
            "doi_tuong_thuc_hien": "Tổ chức (không bao gồm doanh nghiệp, HTX),"
            " Cán bộ, công chức, viên chức, Người ngoài hành tinh",
        }
    )
    assert record.levels == (CompetentLevel.PROVINCE, CompetentLevel.COMMUNE)
    assert record.audiences == ("organisation", "official")
    assert [d.text for d in record.doubts if d.kind == "audience"] == ["Người ngoài hành tinh"]


@pytest.mark.parametrize(
    "row", [{"ma_thu_tuc": "abc", "ten_thu_tuc": "x"}, {"ma_thu_tuc": "1.000001", "ten_thu_tuc": " "}]
)
def test_a_line_without_code_or_title_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="procedure"):
        read_record(row)


FRAGMENTS = st.sampled_from(
    [
        CHANNEL_HEADER, COMPONENT_HEADER, LEGAL_HEADER, "--", "Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính", "3", "12",
        "01", " Ngày làm việc", " Giờ", "Miễn phí", "Không có thông tin", "8,000", " VNĐ", " USD", "(", ")", "mô tả",
        " bản chính", ",1 bản sao", "Đơn", "Mẫu số 01.docx", "\n", " ", ".", ";", "Luật", "60/2014/QH13", "12/2020/NĐ-CP",
        "Mã: KQ.G15.000342", "Mã: ", "Từ khóa", "Mô tả", "Chọn cơ quan thực hiện",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_no_reader_loses_a_character(text: str) -> None:
    for read in (read_channels, read_components, read_legal_bases, read_results):
        assert joined(read(text).pieces) == text
