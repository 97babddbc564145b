"""E-forms: what is rendered, posted and parsed comes back as it was; what cannot be read stays as it was typed."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.web.kit import forms
from motcua.web.kit.gallery import SAMPLE
from motcua.web.kit.templatetags.kit_forms import eform

DEFINITION = forms.read(SAMPLE)

_words = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyẮỡ <>&\"'/.-0123456789\n", min_size=1, max_size=30)
_line = _words.map(lambda text: " ".join(text.split())).filter(bool)
_text = _words.map(str.strip).filter(bool)
_day = st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat())
_child = st.fixed_dictionaries(
    {"full_name": _line, "birth_on": _day, "sex": st.sampled_from(["female", "male"])},
    optional={
        "weight": st.decimals(-99, 99, places=2).map(lambda d: int(d) if d == int(d) else float(d)),
        "order": st.integers(-10, 10**9),
    },
)
_answers = st.fixed_dictionaries(
    {"child": _child, "declared": st.just(True)},
    optional={
        "place": st.sampled_from(["hospital", "home", "road", "abroad", "boat", "plane"]),
        "needs": st.lists(
            st.sampled_from(["residence", "insurance", "allowance"]), min_size=1, unique=True
        ).map(lambda chosen: [need for need in ("residence", "insurance", "allowance") if need in chosen]),
        "witnesses": st.lists(
            st.fixed_dictionaries({"full_name": _line}, optional={"birth_on": _day}), min_size=1, max_size=3
        ),
        "remark": _text,
    },
)
_marriage = st.one_of(
    st.just({}),
    st.just({"is_married": False}),
    st.builds(lambda number: {"is_married": True, "certificate": number}, _line),
)


class _Browser(HTMLParser):
    """Collects what a browser would post from the fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.select: str | None = None
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "input" and given.get("type") in {"radio", "checkbox"}:
            if "checked" in given:
                self.sent.append((given["name"], given["value"]))
        elif tag == "input":
            self.sent.append((given["name"], given["value"]))
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and "selected" in given and self.select:
            self.sent.append((self.select, given["value"]))
        elif tag == "textarea":
            self.area, self.text = given["name"], ""

    def handle_data(self, text: str) -> None:
        if self.area:
            self.text += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.sent.append((self.area, self.text.removeprefix("\n").replace("\n", "\r\n")))
            self.area = None
        if tag == "select":
            self.select = None


def _render(bound: forms.Bound) -> str:
    return render_to_string("kit/form/form.html", eform(bound))


def _posted(page: str, **buttons: str) -> QueryDict:
    browser = _Browser()
    browser.feed(page)
    post = QueryDict(mutable=True)
    for name, value in [*browser.sent, *buttons.items()]:
        post.appendlist(name, value)
    return post


@settings(max_examples=60)
@given(answers=_answers, marriage=_marriage)
def test_rendering_posting_and_parsing_give_the_answers_back(
    answers: dict[str, Any], marriage: dict[str, Any]
) -> None:
    data = {**answers, **marriage}
    parsed = forms.parse(DEFINITION, _posted(_render(forms.bind(DEFINITION, data))))
    assert parsed.faults == {}
    assert parsed.data == data


def _post(**fields: str) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in fields.items():
        post[name.replace("__", ".")] = value
    return post


def test_impossible_date_is_kept_as_typed_and_named() -> None:
    parsed = forms.parse(
        DEFINITION, _post(child__birth_on__d="31", child__birth_on__m="2", child__birth_on__y="2026")
    )
    assert parsed.data["child"]["birth_on"] == "31/2/2026"
    assert "31/2/2026" in parsed.faults["child.birth_on"]
    page = _render(forms.bind(DEFINITION, parsed.data, parsed.faults))
    assert 'name="child.birth_on.d" type="text" inputmode="numeric" value="31"' in page


def test_two_digit_year_is_not_guessed() -> None:
    parsed = forms.parse(
        DEFINITION, _post(child__birth_on__d="1", child__birth_on__m="2", child__birth_on__y="26")
    )
    assert "child.birth_on" in parsed.faults


def test_numbers_are_read_the_way_people_write_them_here() -> None:
    assert forms.parse(DEFINITION, _post(child__order="15.000")).data == {"child": {"order": 15000}}
    assert forms.parse(DEFINITION, _post(child__weight="3,25")).data == {"child": {"weight": 3.25}}
    parsed = forms.parse(DEFINITION, _post(child__weight="ba cân"))
    assert parsed.data == {"child": {"weight": "ba cân"}}
    assert "child.weight" in parsed.faults


def test_answers_to_questions_that_were_not_asked_are_dropped() -> None:
    parsed = forms.parse(DEFINITION, _post(is_married="false", certificate="12/2020"))
    assert parsed.data == {"is_married": False}


def test_rows_keep_their_order_when_one_is_removed() -> None:
    data = {"witnesses": [{"full_name": "Một"}, {"full_name": "Hai"}, {"full_name": "Ba"}]}
    page = _render(forms.bind(DEFINITION, data))
    parsed = forms.parse(DEFINITION, _posted(page, _remove="witnesses.1"))
    assert parsed.is_changing_rows
    assert parsed.data == {"witnesses": [{"full_name": "Một"}, {"full_name": "Ba"}]}


def test_added_row_is_blank_and_stops_at_the_limit() -> None:
    data = {"witnesses": [{"full_name": "Một"}]}
    two = forms.bind(DEFINITION, data, added_row="witnesses").sections[2].fields[0]
    assert [row.number for row in two.rows] == [1, 2]
    full = (
        forms.bind(DEFINITION, {"witnesses": [{"full_name": "x"}] * 3}, added_row="witnesses")
        .sections[2]
        .fields[0]
    )
    assert len(full.rows) == 3
    assert not full.may_add


def test_known_values_fill_blanks_and_say_where_from() -> None:
    known = {"applicant.full_name": forms.Known("Nguyễn An", "Giấy chứng sinh")}
    bound = forms.bind(DEFINITION, {}, known=known)
    assert bound.known == 1
    assert "Đã có sẵn từ: Giấy chứng sinh" in _render(bound)
    own = forms.bind(DEFINITION, {"child": {"full_name": "Lê Bình"}}, known=known)
    assert own.known == 0
    assert own.sections[0].fields[0].value == "Lê Bình"


def test_locked_answers_are_shown_not_asked_and_cannot_be_changed() -> None:
    ui = {
        "sections": [
            {
                **SAMPLE.ui["sections"][0],
                "fields": [{**SAMPLE.ui["sections"][0]["fields"][0], "locked": True}],
            }
        ]
    }
    definition = forms.read(replace(SAMPLE, ui=ui))
    known = {"applicant.full_name": forms.Known("Nguyễn An", "Dân cư")}
    page = _render(forms.bind(definition, {}, known=known))
    assert "Nguyễn An" in page
    assert "<input" not in page
    parsed = forms.parse(
        definition, _post(child__full_name="Kẻ Khác"), forms.locked_values(definition, known)
    )
    assert parsed.data == {"child": {"full_name": "Nguyễn An"}}


def test_impossible_iso_date_goes_back_into_its_boxes() -> None:
    bound = forms.bind(DEFINITION, {"child": {"birth_on": "2026-02-31"}})
    assert bound.sections[0].fields[1].value == {"d": "31", "m": "02", "y": "2026"}


def test_faults_link_to_their_field_or_its_nearest_parent() -> None:
    bound = forms.bind(
        DEFINITION, {}, {"/child/birth_on": "a", "/witnesses/0/full_name": "b", "/witnesses/7": "c"}
    )
    assert [fault.field_id for fault in bound.faults] == [
        "f-child-birth_on",
        "f-witnesses-0-full_name",
        "f-witnesses-group",
    ]


def test_summary_says_answers_in_words() -> None:
    data = {
        "child": {"birth_on": "2026-02-01", "sex": "female"},
        "is_married": True,
        "needs": ["insurance", "allowance"],
    }
    rows = {row.key: row.value for _, section in forms.summary(DEFINITION, data) for row in section}
    assert rows["Ngày sinh"] == "01/02/2026"
    assert rows["Giới tính"] == "Nữ"
    assert rows["Cha mẹ có đăng ký kết hôn?"] == "Có"
    assert rows["Làm cùng lúc"] == "Thẻ bảo hiểm y tế, Trợ cấp"


def test_english_labels_are_used_when_there_are_any() -> None:
    definition = forms.read(SAMPLE, "en")
    with translation.override("en"):
        page = _render(forms.bind(definition, {}))
    assert "Date of birth" in page
    assert "Ngày" not in page.replace("Người", "")
