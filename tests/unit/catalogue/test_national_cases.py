"""Headings of the national component table that are no cases are folded, on examples and on the whole national export."""

import re
from pathlib import Path

import pytest

from motcua.catalogue.rules.national.cases import case_name, is_case, tidy_cases
from motcua.catalogue.rules.national.components import CaseGroup, ComponentLine
from motcua.catalogue.survey import ImportReport, read_national_file

NATIONAL = Path(__file__).resolve().parents[4] / "shared/data/procedures/national_2026-07.jsonl.gz"


def line(name: str, originals: int = 1) -> ComponentLine:
    return ComponentLine(name, "", originals, 0, name)


def group(name: str, *papers: str) -> CaseGroup:
    return CaseGroup(name, tuple(line(paper) for paper in papers))


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "--",
        "* Lưu ý",
        "Lưu ý:",
        "- Ghi chú",
        "* Giấy tờ phải nộp",
        "* Giấy tờ phải xuất trình",
        "Các giấy tờ phải nộp (bản chính), mỗi loại 01 bản, gồm",
        "Các giấy tờ phải xuất trình (bản chính), bao gồm",
        "Bao gồm",
        "Thành phần hồ sơ",
    ],
)
def test_what_nobody_can_be_is_no_case(heading: str) -> None:
    assert not is_case(case_name(heading))


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("* Trường hợp đăng ký trên môi trường điện tử", "Trường hợp đăng ký trên môi trường điện tử"),
        ("- Trường hợp ủy quyền cho cá nhân:", "Trường hợp ủy quyền cho cá nhân"),
        ("a) Đối với cấp mới", "a) Đối với cấp mới"),
        ("Hồ sơ của người nhận con nuôi", "Hồ sơ của người nhận con nuôi"),
    ],
)
def test_a_real_case_keeps_its_name_without_bullets(heading: str, name: str) -> None:
    assert case_name(heading) == name
    assert is_case(name)


def test_common_papers_stand_in_every_case_and_remarks_last() -> None:
    cases = tidy_cases(
        [
            group("", "Đơn"),
            group("* Trường hợp A", "Giấy A"),
            group("* Trường hợp B", "Giấy B"),
            group("* Lưu ý", "Nhớ"),
        ]
    )
    assert [case.name for case in cases] == ["Trường hợp A", "Trường hợp B"]
    assert [one.line.name for one in cases[1].lines] == ["Đơn", "Giấy B", "Nhớ"]
    assert [one.is_remark for one in cases[1].lines] == [False, False, True]


def test_papers_to_hand_in_and_to_show_are_one_case() -> None:
    (case,) = tidy_cases(
        [group("* Giấy tờ phải xuất trình", "Căn cước"), group("* Giấy tờ phải nộp", "Tờ khai")]
    )
    assert case.name == ""
    assert [(one.line.name, one.is_shown) for one in case.lines] == [("Tờ khai", False), ("Căn cước", True)]


def test_no_paper_is_lost_or_doubled() -> None:
    groups = [group("", "Đơn"), group("Trường hợp A", "Giấy A")]
    (case,) = tidy_cases(groups)
    assert [one.line.name for one in case.lines] == ["Đơn", "Giấy A"]


@pytest.mark.skipif(
    not NATIONAL.exists(), reason="the national export is not beside this checkout (../shared)"
)
def test_no_case_of_the_national_export_has_a_name_that_is_none() -> None:
    junk, several, lost = [], 0, []
    for procedure in read_national_file(NATIONAL, ImportReport()):
        groups = [one for one in procedure.components.groups if one.lines]
        cases = tidy_cases(groups)
        if len(cases) > 1:
            several += 1
            junk += [
                (procedure.code, case.name)
                for case in cases
                if not case.name or re.match(r"\W*(lưu ý|ghi chú|giấy tờ phải)", case.name, re.IGNORECASE)
            ]
        kept = {one.line.name for case in cases for one in case.lines}
        lost += [(procedure.code, row.name) for one in groups for row in one.lines if row.name not in kept]
    assert several > 300
    assert junk == []
    assert lost == []
