"""Fees: the demo pack against the table transcribed from the law, the language of fees, reliefs and their soundness."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.catalogue.fee_table import FEES, Asked, papers

from motcua.catalogue.rules.codec import fee_in, from_json, to_json
from motcua.catalogue.rules.fees.facts import Benefit, FeeFacts, ReckonedFee
from motcua.catalogue.rules.fees.reckoning import describe_fee, reckon_fee, reckon_fees
from motcua.catalogue.rules.fees.soundness import fee_faults
from motcua.catalogue.rules.types import FeeRow
from motcua.catalogue.words import Channel
from motcua.provisioning.demo.pack import demo_entries

CONTENTS = {entry.content.code: entry.content for entry in demo_entries()}
TODAY = date(2026, 11, 30)


def reckoned(code: str, asked: Asked, *, english: bool = False) -> list[ReckonedFee]:
    content = CONTENTS[code]
    case = next((one for one in content.cases if one.key == asked.case), content.cases[0])
    facts = FeeFacts(asked.on, asked.form, asked.counted, frozenset(asked.grounds))
    return list(reckon_fees(case, Channel(asked.channel), facts, english=english).fees)


@pytest.mark.parametrize(
    ("code", "asked"), [(code, asked) for code, source in FEES.items() for asked in source.asked]
)
def test_every_dossier_of_the_table_costs_what_the_text_says(code: str, asked: Asked) -> None:
    fees = reckoned(code, asked)
    total = (
        None if not fees or any(fee.amount is None for fee in fees) else sum(fee.amount or 0 for fee in fees)
    )
    assert total == asked.total
    assert all(fee.unknown for fee in fees if fee.amount is None), "an unknown fee says where to look"


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_fees_of_the_pack_are_sound_and_survive_being_published(code: str) -> None:
    content = CONTENTS[code]
    schema = content.form.schema if content.form else None
    assert [fault for case in content.cases for row in case.fees for fault in fee_faults(row, schema)] == []
    assert from_json(json.loads(json.dumps(to_json(content)))) == content
    for case in content.cases:
        for row in case.fees:
            assert row.name_en, row.code
            assert (describe_fee(row, TODAY) != "") == (row.rule is not None)


def test_the_way_is_shown_in_both_languages() -> None:
    asked = Asked(70_000, form=papers((5, 10)))
    assert reckoned("2.000815", asked)[0].formula == "(2 × 2.000 đ + 3 × 1.000 đ) × 10 bản"
    assert reckoned("2.000815", asked, english=True)[0].formula == "(2 × 2.000 đ + 3 × 1.000 đ) × 10 copies"
    capped = reckoned("2.000815", Asked(None, form=papers((500, 3))))[0].formula
    assert capped == "(2 × 2.000 đ + 498 × 1.000 đ, không quá 200.000 đ) × 3 bản"
    (row,) = CONTENTS["2.000815"].cases[0].fees_for(Channel.COUNTER)
    said = describe_fee(row, TODAY)
    for part in ("2.000 đ cho trang thứ 1 đến 2", "không quá 200.000 đ", "× bản"):
        assert part in said
    assert "at most 200.000 đ" in describe_fee(row, TODAY, english=True)


def row_of(**value: Any) -> FeeRow:
    return fee_in({"code": "P", "name": "Phí", "kind": "fee", **value}, Channel.COUNTER)


FACTS = FeeFacts(TODAY, {"area": 85.125, "value": 3_000_000_000, "items": [{"n": 1}, {"n": 2}]})
AREA = {"value": "area", "label": "m²"}


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ({"multiply": [1000, AREA]}, 85_125),
        ({"percent": "0.05", "of": {"value": "value", "label": "đ"}}, 1_500_000),
        ({"percent": "0.375", "of": {"multiply": [1, AREA]}}, 0),  # 0,319… đồng
        ({"percent": "1", "of": 50}, 1),  # half a đồng goes up
        ({"most": [{"multiply": [10, AREA]}, 5_000]}, 5_000),
        ({"add": [500, {"multiply": [2, 3]}]}, 506),
        ({"steps": AREA, "bands": [{"to": 50, "rate": 100}, {"to": 80, "rate": 50}, {"rate": 10}]}, 6_551),
        (
            {"sum_over": "items", "label": "mục", "of": {"multiply": [700, {"value": ".n", "label": "cái"}]}},
            2_100,
        ),
        ({"multiply": [1000, {"value": "nothing", "label": "m²"}]}, None),
        ({"sum_over": "nothing", "label": "mục", "of": 5}, None),
        ({"if": {"field": "area", "filled": True}, "label": "có nhà", "then": 9, "else": 1}, 9),
    ],
)
def test_quantities_areas_values_steps_and_bounds(amount: Any, expected: int | None) -> None:
    assert reckon_fee(row_of(rule={"amount": amount}), FACTS).amount == expected


LEVEL = {
    "ground": "Công dân số",
    "level": "vneid-5",
    "percent": 50,
    "basis": "Nghị quyết 66.22/2026/NQ-CP",
    "start": "2026-08-15",
    "end": "2027-02-28",
}
HOLDS = Benefit("vneid-5", "VNeID", date(2026, 9, 1), date(2026, 12, 31))


def test_the_highest_of_several_reliefs_applies_with_its_source() -> None:
    row = row_of(
        amount=100_000, exemptions=["Hộ nghèo"], reliefs=[LEVEL, {"ground": "Sinh viên", "percent": 30}]
    )
    facts = FeeFacts(TODAY, grounds=frozenset({"Sinh viên"}), benefits=(HOLDS,))
    fee = reckon_fee(row, facts)
    assert (fee.amount, fee.full) == (50_000, 100_000)
    assert fee.relief is not None
    assert (fee.relief.ground, fee.relief.source, fee.relief.basis) == (
        "Công dân số",
        "VNeID",
        "Nghị quyết 66.22/2026/NQ-CP",
    )
    poor = reckon_fee(row, FeeFacts(TODAY, grounds=frozenset({"Sinh viên", "Hộ nghèo"}), benefits=(HOLDS,)))
    assert poor.amount == 0


@pytest.mark.parametrize(
    ("day", "benefit"),
    [
        (date(2026, 8, 14), Benefit("vneid-5", "VNeID", date(2026, 1, 1))),  # before the resolution
        (date(2027, 3, 1), Benefit("vneid-5", "VNeID", date(2026, 1, 1))),  # after it
        (date(2027, 1, 1), HOLDS),  # the level itself has lapsed
        (date(2026, 8, 31), HOLDS),
        (TODAY, Benefit("vneid-1", "VNeID", date(2026, 1, 1))),
    ],
)
def test_a_benefit_counts_only_on_its_days_and_for_its_level(day: date, benefit: Benefit) -> None:
    assert (
        reckon_fee(row_of(amount=100_000, reliefs=[LEVEL]), FeeFacts(day, benefits=(benefit,))).amount
        == 100_000
    )


def test_a_whole_relief_of_an_unknown_fee_is_nothing_to_pay_and_a_part_of_it_stays_unknown() -> None:
    row = row_of(amount=None, note="Theo nghị quyết", exemptions=["Hộ nghèo"], reliefs=[LEVEL])
    assert reckon_fee(row, FeeFacts(TODAY, grounds=frozenset({"Hộ nghèo"}))).amount == 0
    half = reckon_fee(row, FeeFacts(TODAY, benefits=(HOLDS,)))
    assert (half.amount, half.unknown) == (None, "Theo nghị quyết")


SCHEMA = {"type": "object", "properties": {"copies": {"type": "integer"}, "name": {"type": "string"}}}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ({"amount": -1}, "âm"),
        ({"amount": 5, "rule": {"amount": 5}}, "vừa có"),
        ({"rule": {}}, "không hiểu"),
        ({"rule": {"amount": "5"}}, "không hiểu"),
        ({"rule": {"amount": True}}, "không hiểu"),
        ({"rule": {"amount": {"value": "copies", "label": "b", "add": [1]}}}, "không hiểu"),
        ({"rule": {"amount": -5}}, "âm"),
        ({"rule": {"amount": {"value": "cop", "label": "bản"}}}, "không có trong biểu mẫu"),
        ({"rule": {"amount": {"value": "name", "label": "bản"}}}, "không phải"),
        ({"rule": {"amount": {"value": "copies"}}}, "nhãn"),
        ({"rule": {"amount": {"value": "copies", "label": "b", "else": "0"}}}, "chưa khai"),
        ({"rule": {"amount": {"add": []}}}, "số hạng"),
        ({"rule": {"amount": {"multiply": 3}}}, "số hạng"),
        ({"rule": {"amount": {"least": [], "of": 1}}}, "số hạng"),
        ({"rule": {"amount": {"most": []}}}, "số hạng"),
        ({"rule": {"amount": {"steps": 1, "bands": []}}}, "bậc"),
        (
            {
                "rule": {
                    "amount": {"steps": 1, "bands": [{"to": 2, "rate": 1}, {"to": 2, "rate": 1}, {"rate": 1}]}
                }
            },
            "nối",
        ),
        ({"rule": {"amount": {"steps": 1, "bands": [{"to": 2, "rate": 1}]}}}, "cuối"),
        ({"rule": {"amount": {"steps": 1, "bands": [{"rate": "1"}]}}}, "mức thu"),
        ({"rule": {"amount": {"percent": 5, "of": 1}}}, "phần trăm"),
        ({"rule": {"amount": {"percent": "x", "of": 1}}}, "phần trăm"),
        ({"rule": {"amount": {"sum_over": "copies", "of": 1}}}, "array"),
        ({"rule": {"amount": {"days_since": "copies"}}}, "string"),
        ({"rule": {"amount": {"if": 1, "then": 1, "else": 1}}}, "điều kiện"),
        ({"rule": {"amount": {"if": {}, "then": 1, "else": 1}}}, "điều kiện"),
        ({"rule": {"amount": {"if": {"at_most": [1]}, "then": 1, "else": 1}}}, "không quá"),
        ({"rule": {"amount": {"if": {"not": {"field": "x"}}, "then": 1, "else": 1}}}, "không có trong"),
        ({"rule": {"amount": {"if": {"field": "copies"}, "then": 1}}}, "không hiểu"),
        ({"rule": {"amount": {"unknown": " "}}}, "xem ở đâu"),
        ({"rule": {"amount": 1, "counts": [{"key": "x"}]}}, "đếm tại quầy"),
        ({"amount": 1, "reliefs": [{"ground": "a", "percent": 101}]}, "1–100"),
        ({"amount": 1, "reliefs": [{"ground": "", "percent": 10}]}, "căn cứ"),
    ],
)
def test_publication_names_what_cannot_be_reckoned(value: dict[str, Any], word: str) -> None:
    faults = list(fee_faults(row_of(**value), SCHEMA))
    assert any(word in fault for fault in faults), faults


def test_an_expression_too_deep_is_refused() -> None:
    node: Any = 1
    for _ in range(40):
        node = {"add": [node]}
    assert any("quá sâu" in fault for fault in fee_faults(row_of(rule={"amount": node}), SCHEMA))


@given(st.integers(1, 500), st.integers(1, 200))
def test_copies_never_cost_more_than_the_cap_nor_less_than_a_page(pages: int, copies: int) -> None:
    (fee,) = reckoned("2.000815", Asked(None, form=papers((pages, copies))))
    assert fee.amount is not None
    assert 2_000 * copies <= fee.amount <= 200_000 * copies
    assert fee.amount == copies * min(200_000, 2_000 * min(pages, 2) + 1_000 * max(0, pages - 2))
