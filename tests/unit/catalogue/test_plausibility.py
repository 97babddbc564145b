"""Relations between answers, who may apply, official lists: judged in the demo forms, and checked when a form is published."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from tests.unit.catalogue.test_forms import BIRTH, FORMS

from motcua.catalogue.adapters.lists import official_lists
from motcua.catalogue.rules.forms.applicants import Applying, applicant_fault
from motcua.catalogue.rules.forms.checking import fill
from motcua.catalogue.rules.forms.soundness import LISTS, form_faults
from motcua.catalogue.rules.types import Form
from motcua.kernel.values import PartialDate

TODAY = date(2026, 11, 30)


def form_of(name: str) -> Form:
    """The form of the demo pack."""
    return next(form for form in FORMS.values() if form.key == name)


def told(name: str, data: dict[str, Any]) -> dict[str, str]:
    filled = fill(form_of(name), data, today=TODAY, lists=official_lists())
    return {fault.path: fault.message for fault in filled.faults}


def birth(**changes: dict[str, Any]) -> dict[str, Any]:
    data = deepcopy(dict(BIRTH))
    for group, values in changes.items():
        data[group] = {**data.get(group, {}), **values}
    return data


def test_a_child_is_not_older_than_its_mother() -> None:
    assert told("birth-registration", birth()) == {}
    said = told("birth-registration", birth(mother={"birth_on": "2020-01-01"}))
    assert said == {
        "/child/birth_on": "Mẹ phải hơn con ít nhất 12 tuổi. Xem lại ngày sinh của trẻ và của mẹ."
    }
    assert told("birth-registration", birth(mother={"birth_on": "2014"})) == {}


def test_one_number_is_not_that_of_two_parents() -> None:
    number = "040195000123"
    father = {**BIRTH["mother"], "full_name": "Trần Văn Nam", "personal_number": number}
    said = told(
        "birth-registration", birth(mother={"personal_number": number}, father=father) | {"parents": "both"}
    )
    assert list(said) == ["/father/personal_number"]


def test_the_area_changed_is_not_larger_than_the_plot() -> None:
    data = {
        "plot": {"area_m2": "85,125", "current_use": "rice"},
        "change": {"area_m2": "85,126", "new_use": "rice"},
    }
    said = told("land-use-change", data)
    assert said["/change/area_m2"] == "Diện tích xin chuyển không được lớn hơn diện tích thửa đất."
    assert said["/change/new_use"] == "Mục đích mới phải khác mục đích đang sử dụng."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("kinh", "Kinh"), ("H’Mông", "HMông"), ("Mèo", "HMông"), ("tay", "Tày"), ("06", "Mường"), ("Xyz", None)],
)
def test_a_people_is_kept_as_the_list_names_it(typed: str, kept: str | None) -> None:
    filled = fill(
        form_of("birth-registration"), birth(child={"ethnicity": typed}), today=TODAY, lists=official_lists()
    )
    if kept is None:
        assert [(fault.path, fault.kind) for fault in filled.faults] == [("/child/ethnicity", "enum")]
        assert filled.data["child"]["ethnicity"] == typed
    else:
        assert filled.is_valid
        assert filled.data["child"]["ethnicity"] == kept


def test_the_lists_are_whole_and_every_name_reads_as_itself() -> None:
    lists = official_lists()
    assert {*lists, "communes"} == LISTS  # communes are those of the directory
    assert (len(lists["provinces"].on(date(2025, 6, 30))), len(lists["provinces"].on(TODAY))) == (63, 34)
    assert len([one for one in lists["ethnicities"].entries if one.code != "55"]) == 54
    for official in lists.values():
        for day in (date(2025, 6, 30), TODAY):  # before and after the units of 1 July 2025
            names = [one.name for one in official.on(day)]
            assert len(set(names)) == len(names)
            assert len({one.code for one in official.on(day)}) == len(names)
        for entry in official.on(TODAY):
            for spelling in (entry.name, *entry.also):
                assert official.read(spelling, TODAY) == entry.name, spelling


def test_a_name_is_offered_only_in_its_days() -> None:
    occupations = official_lists()["occupations"]
    assert occupations.on(date(2021, 1, 14)) == ()
    assert len(occupations.on(date(2021, 1, 15))) == 10
    assert occupations.read("Lực lượng vũ trang", date(2020, 12, 31)) is None


@pytest.mark.parametrize(
    ("name", "who", "may"),
    [
        ("household-business", Applying("person", PartialDate(1990, 1, 1)), True),
        ("household-business", Applying("person", PartialDate(2010, 1, 1)), False),
        ("household-business", Applying("person"), True),
        ("household-business", Applying("organisation"), False),
        ("marriage-registration", Applying("person", PartialDate(2008, 12, 1)), False),
        ("marriage-registration", Applying("person", PartialDate(2008)), True),
        ("birth-registration", Applying("organisation"), True),
    ],
)
def test_who_may_apply(name: str, who: Applying, may: bool) -> None:
    fault = applicant_fault(form_of(name), who, today=TODAY)
    assert (fault is None) is may
    if fault is not None:
        assert fault.message
        assert fault.params["said_en"]


def test_a_child_applies_through_its_guardian() -> None:
    form = deepcopy(form_of("household-business"))
    form.ui["applicants"] |= {"by_guardian": True}
    young = PartialDate(2015, 1, 1)
    assert applicant_fault(form, Applying("person", young), today=TODAY) is not None
    assert applicant_fault(form, Applying("person", young, is_represented=True), today=TODAY) is None


SAID = {"message": "Sai.", "message_en": "Wrong."}


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        ({"older": "mother.birth_on", "younger": "child.birth_on", "years": 12}, "chưa có câu nói"),
        ({"older": "mother.birth_on", "younger": "child.birth_on", **SAID}, "số năm"),
        ({"order": ["mother.nobody", "child.birth_on"], **SAID}, "trường không có: mother.nobody"),
        ({"order": ["mother.full_name", "child.birth_on"], **SAID}, "không phải ngày"),
        ({"age": "mother.birth_on", **SAID}, "tuổi ít nhất hoặc nhiều nhất"),
        ({"total": ["child.full_name"], "most": 3, **SAID}, "không phải số"),
        ({"total": ["copies"], **SAID}, "tổng nhiều nhất"),
        ({"distinct": ["child.full_name"], "years": 3, **SAID}, "từ không hiểu: years"),
        ({"older": "a", "age": "b", **SAID}, "đúng một loại"),
        ({"distinct": ["child.full_name"], "condition": {"field": "nobody", "equals": 1}, **SAID}, "nobody"),
    ],
)
def test_a_relation_nobody_could_judge_is_not_published(relation: dict[str, Any], reason: str) -> None:
    form = form_of("birth-registration")
    found = list(form_faults(form.schema, {**form.ui, "relations": [relation]}))
    assert any(reason in fault for fault in found), found


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"kinds": ["dog"], **SAID}, "loại không có"),
        ({"age": {"least": 3}, **SAID}, "điều kiện tuổi"),
        ({"kinds": ["person"]}, "chưa có câu nói"),
        ({"who": 1, **SAID}, "từ không hiểu"),
    ],
)
def test_a_rule_about_applicants_nobody_could_follow_is_not_published(
    rule: dict[str, Any], reason: str
) -> None:
    form = form_of("birth-registration")
    assert any(reason in fault for fault in form_faults(form.schema, {**form.ui, "applicants": rule}))


def test_a_field_chooses_from_a_list_there_is() -> None:
    form = deepcopy(form_of("birth-registration"))
    field = next(f for part in form.ui["sections"] for f in part["fields"] if f["path"] == "child.ethnicity")
    field["list"] = "stars"
    assert any("danh mục không có: stars" in fault for fault in form_faults(form.schema, form.ui))
