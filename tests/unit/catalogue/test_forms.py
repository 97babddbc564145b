"""E-forms: what is asked, what is kept, what is said."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.errors import FormInvalid
from motcua.catalogue.rules.codec import form_digest
from motcua.catalogue.rules.forms.checking import MESSAGES, fill
from motcua.catalogue.rules.forms.cleaning import cleaned
from motcua.catalogue.rules.forms.composing import composed
from motcua.catalogue.rules.forms.conditions import holds
from motcua.catalogue.rules.forms.prefill import locked_paths, prefilled
from motcua.catalogue.rules.forms.soundness import check_form, form_faults
from motcua.catalogue.rules.types import Form
from motcua.provisioning.demo.pack import demo_entries

TODAY = date(2026, 11, 2)
FORMS = {entry.content.code: entry.content.form for entry in demo_entries() if entry.content.form}

BIRTH: dict[str, Any] = {
    "requester": {
        "full_name": "Nguyễn Thị Hoa",
        "personal_number": "042190001234",
        "address": "Thôn 1, xã An Bình",
        "relation": "mother",
    },
    "child": {
        "full_name": "Nguyễn An",
        "birth_on": "20/10/2026",
        "sex": "female",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "birth_place": "Bệnh viện tỉnh Minh Sơn",
        "hometown": "Xã An Bình, tỉnh Minh Sơn",
    },
    "parents": "mother_only",
    "mother": {
        "full_name": "Nguyễn Thị Hoa",
        "birth_on": "1990-05-04",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "address": "Thôn 1, xã An Bình",
    },
    "copies": "2",
    "promise": "on",
}


def birth(**changes: Any) -> dict[str, Any]:
    return {**BIRTH, **changes}


def faults(code: str, data: dict[str, Any]) -> dict[str, str]:
    form = FORMS[code]
    assert form is not None
    return {fault.path: fault.kind for fault in fill(form, data, today=TODAY).faults}


def test_a_complete_birth_registration_is_kept_as_typed_data() -> None:
    form = FORMS["1.001193"]
    assert form is not None
    filled = fill(form, BIRTH, today=TODAY)
    assert filled.faults == ()
    assert filled.data["child"]["birth_on"] == "2026-10-20"
    assert filled.data["copies"] == 2
    assert filled.data["promise"] is True
    assert "father" not in filled.data


def test_what_is_hidden_is_neither_required_nor_stored() -> None:
    form = FORMS["1.001193"]
    assert form is not None
    typed = birth(
        father={"full_name": "Trần Văn Bí Mật"}, marriage={"number": "12/2020"}, are_parents_married="on"
    )
    filled = fill(form, typed, today=TODAY)
    assert filled.faults == ()
    assert not {"father", "marriage", "are_parents_married"} & filled.data.keys()


def test_what_is_shown_is_required() -> None:
    missing = faults("1.001193", birth(parents="both", are_parents_married="on"))
    assert missing["/father/full_name"] == "required"
    assert missing["/marriage/number"] == "required"
    assert "/father" not in missing


def test_an_empty_form_names_every_field_and_not_its_group() -> None:
    paths = faults("1.001193", {})
    assert paths["/child/full_name"] == "required"
    assert paths["/child/sex"] == "choose"
    assert paths["/parents"] == "choose"
    assert "/child" not in paths
    assert "/mother/full_name" not in paths


@pytest.mark.parametrize(
    ("place", "value", "kind"),
    [
        (("child", "birth_on"), "30/02/2026", "date_impossible"),
        (("child", "birth_on"), "hôm qua", "date"),
        (("child", "birth_on"), "2026-11-03", "not_after_today"),
        (("child", "sex"), "khác", "enum"),
        (("child", "full_name"), "A" * 101, "maxLength"),
        (("child", "full_name"), "<script>", "name_with_other_signs"),
        (("requester", "personal_number"), "12345", "personal_number"),
        (("requester", "personal_number"), "999999999999", "personal_number_year"),
        (("requester", "address"), "—", "address"),
        (("requester", "unasked"), "x", "additionalProperties"),
        (("copies",), "hai", "integer"),
        (("copies",), "21", "maximum"),
        (("copies",), "-1", "minimum"),
        (("promise",), "false", "const"),
    ],
)
def test_each_fault_is_said_kindly_at_its_field(place: tuple[str, ...], value: str, kind: str) -> None:
    form = FORMS["1.001193"]
    assert form is not None
    data: dict[str, Any] = {
        key: dict(part) if isinstance(part, dict) else part for key, part in BIRTH.items()
    }
    target = data
    for name in place[:-1]:
        target = target[name]
    target[place[-1]] = value
    (fault,) = fill(form, data, today=TODAY).faults
    assert (fault.path, fault.kind) == ("/" + "/".join(place), kind)
    assert "{" not in fault.message
    assert fault.message != ""


@pytest.mark.parametrize(("kind", "value"), [("phone", "12"), ("email", "khong-phai")])
def test_a_way_to_reach_somebody_else_is_read_as_such(kind: str, value: str) -> None:
    asked = {"at": "shop", "kind": kind, "label": ("Cửa hàng", "Shop")}
    form = composed("shop", {"sections": [{"key": "s", "title": ("Cửa hàng", "Shop"), "fields": [asked]}]})
    (fault,) = fill(form, {"shop": value}, today=TODAY).faults
    assert (fault.path, fault.kind) == ("/shop", kind)
    assert "Cửa hàng" in fault.message


def test_faults_come_in_the_order_of_the_form() -> None:
    form = FORMS["1.001193"]
    assert form is not None
    paths = [fault.path for fault in fill(form, {}, today=TODAY).faults]
    assert paths.index("/requester/full_name") < paths.index("/child/full_name") < paths.index("/promise")


def test_repeated_sections_check_each_item() -> None:
    data = {
        "requester": BIRTH["requester"] | {"relation": None},
        "documents": [
            {"title": "Bằng đại học", "pages": "2", "copies": "3"},
            {"title": "Hộ chiếu", "copies": "0"},
            {},
        ],
        "delivery": "paper",
    }
    assert faults("2.000815", data) == {"/documents/1/pages": "required", "/documents/1/copies": "minimum"}
    assert faults("2.000815", {**data, "documents": []}) == {"/documents": "minItems"}


def test_a_repeated_section_that_is_not_asked_is_not_required() -> None:
    form = FORMS["1.001612"]
    assert form is not None
    alone = {
        path for path in faults("1.001612", {"lines": [{"name": "Bán phở"}]}) if path.startswith("/members")
    }
    together = {
        path for path in faults("1.001612", {"members_together": "on"}) if path.startswith("/members")
    }
    assert alone <= {"/members_together"}
    assert "/members" in together


def test_dates_may_be_bound_to_each_other() -> None:
    data = {"owner": {"birth_on": "05/05/2000", "registered_on": "04/05/2000"}}
    assert faults("2.000635", data)["/owner/registered_on"] == "not_before"


def test_money_and_dates_are_read_as_people_write_them() -> None:
    schema = {
        "type": "object",
        "properties": {
            "money": {"type": "integer"},
            "area": {"type": "number"},
            "day": {"type": "string", "format": "date"},
            "name": {"type": "string"},
        },
    }
    typed = {"money": "50.000.000", "area": "1.234,5", "day": "1/2/2026", "name": "  Ho\u0300a  "}
    assert cleaned(schema, typed, TODAY) == {
        "money": 50_000_000,
        "area": 1234.5,
        "day": "2026-02-01",
        "name": "Hòa",
    }
    assert cleaned(schema, {"money": "năm mươi", "name": "   "}, TODAY) == {"money": "năm mươi"}


def test_prefill_and_locks() -> None:
    form = FORMS["1.001193"]
    assert form is not None
    known = {
        "applicant.full_name": "Nguyễn Thị Hoa",
        "applicant.personal_number": "042190001234",
        "applicant.address": "",
    }
    assert prefilled(form, known) == {
        "requester": {"full_name": "Nguyễn Thị Hoa", "personal_number": "042190001234"}
    }
    assert locked_paths(form, known) == {"requester.full_name", "requester.personal_number"}
    assert locked_paths(form, {}) == frozenset()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "a", "equals": 1}, True),
        ({"field": "a", "in": [2, 3]}, False),
        ({"field": "b.c", "filled": True}, False),
        ({"field": "b.c", "filled": False}, True),
        ({"all": [{"field": "a", "equals": 1}, {"not": {"field": "a", "equals": 2}}]}, True),
        ({"any": [{"field": "a", "equals": 2}, {"field": "x", "filled": True}]}, False),
        (None, True),
    ],
)
def test_conditions(condition: dict[str, Any] | None, expected: bool) -> None:
    assert holds(condition, {"a": 1, "b": {"c": ""}}) is expected


def test_every_demo_form_can_be_filled_in() -> None:
    for form in FORMS.values():
        assert form is not None
        assert list(form_faults(form.schema, form.ui)) == []
        for section in form.ui["sections"]:
            assert section.get("title_en"), section["key"]
            assert all(field.get("label_en") for field in section["fields"])


ONE = {"type": "object", "properties": {"a": {"type": "string"}}}


def screen(*fields: dict[str, Any], **section: Any) -> dict[str, Any]:
    return {"sections": [{"key": "s", "title": "S", "fields": list(fields), **section}]}


@pytest.mark.parametrize(
    ("schema", "ui", "said"),
    [
        ({"type": "nonsense"}, {}, "JSON Schema"),
        ({**ONE, "required": ["a"]}, {"sections": []}, "a không có"),
        ({**ONE, "required": ["gone"]}, {"sections": []}, "gone không có"),
        ({"type": "object", "properties": {"g": {**ONE, "required": ["gone"]}}}, {}, "g.gone không có"),
        (ONE, screen({"path": "b", "label": "B", "widget": "text"}), "b không có"),
        (ONE, screen({"path": "a", "label": "", "widget": "text"}), "nhãn"),
        (ONE, screen({"path": "a", "label": "A", "widget": "magic"}), "magic"),
        (ONE, screen({"path": "a", "label": "A", "widget": "select"}), "lựa chọn"),
        (ONE, screen(condition={"field": "zz", "equals": 1}), "zz"),
        (ONE, screen(condition={"equals": 1}), "điều kiện"),
        (ONE, screen(title=""), "tiêu đề"),
        (ONE, screen(repeat={"path": "rows.of", "min": 1}), "mục lặp"),
        (ONE, screen({"path": "a", "label": "A", "widget": "text", "prefill": "moon.phase"}), "moon"),
    ],
)
def test_a_form_that_cannot_work_is_refused(schema: dict[str, Any], ui: dict[str, Any], said: str) -> None:
    with pytest.raises(FormInvalid, match=said):
        check_form(schema, ui)


def test_every_message_formats() -> None:
    values = {"label": "Tên", "label_en": "Name", "limit": 3, "other": "hôm nay"}
    for text in MESSAGES.values():
        assert "Tên" in text.format_map(values)


LEAVES = (
    st.none()
    | st.text(max_size=6)
    | st.integers(-3, 30)
    | st.booleans()
    | st.sampled_from(["both", "mother_only", "on", "20/10/2026"])
)
NAMES = st.sampled_from([*BIRTH, "full_name", "birth_on"])
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from([*BIRTH, "father", "marriage", "are_parents_married"]), ANY, max_size=6)
)
def test_no_input_breaks_a_form_and_filling_again_changes_nothing(part: dict[str, Any]) -> None:
    form = FORMS["1.001193"]
    assert form is not None
    once = fill(form, {**BIRTH, **part}, today=TODAY)
    again = fill(form, once.data, today=TODAY)
    assert again.data == once.data
    assert {f.path for f in again.faults} == {f.path for f in once.faults}
    # A list of answers, which nobody can give here and which is a fault, says what any of them says (`forms.conditions`).
    said = once.data.get("parents")
    if not any(one in ("both", "father_only") for one in (said if isinstance(said, list) else [said])):
        assert "father" not in once.data


def test_a_form_is_named_by_what_it_says() -> None:
    form = FORMS["2.000635"]
    assert isinstance(form, Form)
    assert form.digest == form_digest(form.schema, form.ui)
    assert form.digest != form_digest(form.schema, {**form.ui, "sections": []})
