"""Every form that people fill in: its texts, what it may ask, that its examples are right; and that labels keep their word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.catalogue.adapters.lists import official_lists
from motcua.catalogue.rules.codec import VersionContent, from_json, to_json
from motcua.catalogue.rules.forms.blocks import BLOCKS
from motcua.catalogue.rules.forms.checking import fill
from motcua.catalogue.rules.forms.composing import KINDS, composed
from motcua.catalogue.rules.forms.generic import GENERIC_FORM, REASON, generic_form
from motcua.catalogue.rules.forms.soundness import form_faults
from motcua.catalogue.rules.levels import level_faults
from motcua.catalogue.rules.types import Form, PartialReason, ResultKind
from motcua.catalogue.words import OnlineLevel, PartialGround
from motcua.provisioning.demo.pack import demo_answers, demo_entries

TODAY = date(2026, 11, 30)
CONTENTS = {entry.content.code: entry.content for entry in demo_entries()}
GENERIC = [
    generic_form(audience, results)
    for audience in (("citizen",), ("enterprise",), ("citizen", "enterprise"), ())
    for results in (
        (),
        (ResultKind("A", "Giấy phép"),),
        (ResultKind("A", "Giấy phép"), ResultKind("B", "Giấy chứng nhận")),
    )
]
FORMS: dict[str, Form] = {
    **{content.form.key: content.form for content in CONTENTS.values() if content.form},
    **{f"{GENERIC_FORM}-{number}": form for number, form in enumerate(GENERIC)},
}
#: Words of whoever asks for them: in a form they would be asked a second time.
ASKED_ELSEWHERE = (
    "nhận kết quả",
    "trả kết quả",
    "cách nhận thông báo",
    "thư điện tử của bạn",
    "địa chỉ nhận",
)
#: Telephones that are those of a business and not of whoever applies.
OF_OTHERS = {("household-business", "business.phone")}


def fields(form: Form) -> Iterator[dict[str, Any]]:
    for section in form.ui["sections"]:
        yield from section["fields"]


def test_every_procedure_of_the_pack_has_a_way_in() -> None:
    assert len(CONTENTS) >= 39
    for code, content in CONTENTS.items():
        assert content.form is not None, code
        assert content.form.key != GENERIC_FORM, code
        assert list(fields(content.form)), code


def test_no_two_procedures_of_the_pack_share_a_form() -> None:
    keys = [content.form.key for content in CONTENTS.values() if content.form]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_labels_of_the_pack_keep_their_word(code: str) -> None:
    assert list(level_faults(CONTENTS[code])) == []
    reason = CONTENTS[code].partial_reason
    assert (reason is not None) == (CONTENTS[code].level is OnlineLevel.PARTIAL)
    if reason is not None:
        assert reason.text_en
        assert "(" in reason.text, "the rule of the sector is named"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"form": None}, "chưa có tờ khai điện tử"),
        ({"form": GENERIC[0]}, "mới có tờ khai chung"),
        ({"level": OnlineLevel.PARTIAL}, "chưa nêu lý do"),
        (
            {"level": OnlineLevel.PARTIAL, "partial_reason": PartialReason(PartialGround.FAULT, " ")},
            "chưa nêu lý do",
        ),
        ({"partial_reason": REASON}, "không phải một phần"),
        ({"level": OnlineLevel.PARTIAL, "partial_reason": REASON, "form": GENERIC[0]}, ""),
        ({"level": OnlineLevel.INFORMATION, "form": None}, ""),
    ],
)
def test_a_level_that_is_not_reached_is_told(changes: dict[str, Any], said: str) -> None:
    whole = CONTENTS["1.001193"]
    found = list(level_faults(replace(whole, **changes)))
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_the_reason_is_kept_with_the_version() -> None:
    content: VersionContent = CONTENTS["2.000815"]
    assert from_json(to_json(content)) == content
    assert to_json(content)["partial_reason"]["ground"] == "presence"
    with pytest.raises(ValueError, match="whim"):
        from_json({**to_json(content), "partial_reason": {"ground": "whim", "text": "Thích thế"}})


@pytest.mark.parametrize("key", sorted(FORMS))
def test_a_form_is_sound_and_said_in_both_languages(key: str) -> None:
    form = FORMS[key]
    assert list(form_faults(form.schema, form.ui)) == []
    for section in form.ui["sections"]:
        assert section["title"], key
        assert section["title_en"], key
    paths = [
        (section["key"], field["path"]) for section in form.ui["sections"] for field in section["fields"]
    ]
    assert len(set(paths)) == len(paths)
    for field in fields(form):
        assert field["label"], field["path"]
        assert field["label_en"], field["path"]
        assert "{" not in field["label"] + field["label_en"], field["path"]
        assert bool(field.get("hint")) == bool(field.get("hint_en")), field["path"]
        for option in field.get("options", ()):
            assert option["label"], field["path"]
            assert option["label_en"], field["path"]


@pytest.mark.parametrize("key", sorted(FORMS))
def test_no_form_asks_again_how_the_requester_is_reached_or_how_the_result_comes_back(key: str) -> None:
    """Both are asked once, with the dossier: a second answer would be another one."""
    for field in fields(FORMS[key]):
        source = str(field.get("prefill", ""))
        assert not source.endswith((".phone", ".email")), field["path"]
        if (key, field["path"]) not in OF_OTHERS:
            assert field["widget"] not in ("phone", "email"), field["path"]
            assert not {"phone", "email", "delivery_address", "return_way"} & {*field["path"].split(".")}
        for text in (field["label"], *(option["label"] for option in field.get("options", ()))):
            assert not [word for word in ASKED_ELSEWHERE if word in text.lower()], field["path"]
    for section in FORMS[key].ui["sections"]:
        assert not [word for word in ASKED_ELSEWHERE if word in section["title"].lower()], section["key"]


@pytest.mark.parametrize("key", sorted(FORMS))
def test_what_is_shown_chosen_is_always_answered(key: str) -> None:
    """A page that is only opened and sent back must not answer what nobody was obliged to answer: a supplement would seem
    to bring something, a draft to have changed.
    """
    for field in fields(FORMS[key]):
        if field.get("default"):
            *groups, last = field["path"].split(".")
            at = FORMS[key].schema
            for group in groups:
                at = at["properties"][group]
            assert last in at["required"], field["path"]


def test_a_form_that_prefills_a_phone_is_not_published() -> None:
    asked = {"at": "a", "kind": "phone", "label": ("Điện thoại", "Phone"), "from": "applicant.phone"}
    form = composed("x", {"sections": [{"key": "s", "title": ("A", "A"), "fields": [asked]}]})
    assert [fault for fault in form_faults(form.schema, form.ui) if "applicant.phone" in fault]


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_the_example_of_a_form_is_right_and_says_all_that_is_asked(code: str) -> None:
    form = CONTENTS[code].form
    assert form is not None
    filled = fill(form, demo_answers()[code], today=TODAY, lists=official_lists())
    assert filled.faults == ()
    assert filled.data["requester" if "requester" in filled.data else next(iter(filled.data))]


@pytest.mark.parametrize("form", GENERIC)
def test_the_general_form_asks_more_than_papers_and_says_what_it_is(form: Form) -> None:
    assert form.key == GENERIC_FORM
    assert form.ui["is_generic"]
    assert "request.content" in [field["path"] for field in fields(form)]
    assert "tờ khai chung" in form.ui["sections"][0]["hint"]
    refused = {fault.path for fault in fill(form, {}, today=TODAY).faults}
    assert {"/request/content", "/promise", "/requester/full_name"} <= refused
    data = {
        "requester": {"full_name": "Lê Văn Khôi", "personal_number": "040090000789", "address": "Thôn Đông"},
        "organisation": {"name": "Công ty An Phát"},
        "request": {"content": "Cấp giấy phép cho cửa hàng", "result": "r2", "quantity": "2"},
        "promise": "on",
    }
    asked = {field["path"] for field in fields(form)}
    given = {name: value for name, value in data.items() if any(path.startswith(name) for path in asked)}
    if "request.result" not in asked:
        given["request"] = {**data["request"], "result": None}  # type: ignore[dict-item]  # left out by the reading
    assert fill(form, given, today=TODAY).faults == ()


def test_who_is_known_by_another_paper_says_which_and_of_what_country() -> None:
    form = FORMS["death-registration"]
    answers = demo_answers()["1.000656"]
    passport = {name: value for name, value in answers["deceased"].items() if name != "personal_number"}
    passport |= {"paper": "passport", "passport_number": "c 1234567", "passport_country": "han quoc"}
    filled = fill(form, {**answers, "deceased": passport}, today=TODAY, lists=official_lists())
    assert filled.faults == ()
    assert filled.data["deceased"]["passport_number"] == "C1234567"
    assert filled.data["deceased"]["passport_country"] == "Hàn Quốc"
    del passport["passport_country"]
    left = fill(form, {**answers, "deceased": passport}, today=TODAY, lists=official_lists())
    assert [fault.path for fault in left.faults] == ["/deceased/passport_country"]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"sections": [], "relation": []}, "relation"),
        ({"sections": [{"key": "a", "title": ("A", "A"), "field": []}]}, "field"),
        ({"sections": [{"key": "a", "title": ("A", "A"), "fields": [{"at": "x", "knd": "line"}]}]}, "knd"),
        (
            {
                "sections": [
                    {"key": "a", "title": ("A", "A"), "fields": [{"block": "person", "at": "x", "off": 1}]}
                ]
            },
            "off",
        ),
    ],
)
def test_a_word_that_nobody_understands_is_refused(written: dict[str, Any], wrong: str) -> None:
    with pytest.raises((ValueError, KeyError), match=wrong):
        composed("x", written)


def test_every_kind_of_question_can_be_asked() -> None:
    options = [("a", "A", "A"), ("b", "B", "B")]
    questions = [
        {"at": f"q{number}", "kind": kind, "label": (kind, kind), "optional": True}
        | ({"options": options} if kind in ("choice", "several") else {})
        | ({"list": "relations"} if kind == "list" else {})
        for number, kind in enumerate(KINDS)
    ]
    form = composed("all", {"sections": [{"key": "s", "title": ("S", "S"), "fields": questions}]})
    assert list(form_faults(form.schema, form.ui)) == []
    assert fill(form, {}, today=TODAY).faults == ()


def test_every_block_is_understood() -> None:
    for name in BLOCKS:
        line = {"block": name, "at": "x", "of": ("ai đó", "somebody"), "source": "applicant"}
        form = composed("b", {"sections": [{"key": "s", "title": ("S", "S"), "fields": [line]}]})
        assert list(form_faults(form.schema, form.ui)) == [], name
