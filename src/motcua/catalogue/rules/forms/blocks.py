"""Questions that many forms ask alike: who asks, what paper somebody is known by, a person, a dwelling.

A block is used as `{"block": "person", "at": "deceased", "of": ["người chết", "the deceased"]}`: `{at}` becomes the path, `{of}`
whose it is. With `source` (`applicant`) its questions are prefilled from there, only while `fill_when` holds where that is given.
`optional` makes every question of it so, `without` leaves some out, `example` answers them by their last name, `labels` says
some in other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Question = Mapping[str, Any]

#: The kinds of paper that somebody is known by, as the directory writes people down.
PAPERS = (
    ("personal_number", "Thẻ căn cước (số định danh cá nhân)", "Identity card (personal number)"),
    ("passport", "Hộ chiếu", "Passport"),
    ("old_identity", "Chứng minh nhân dân 9 số", "Old identity card (9 digits)"),
)
_OTHERS = ("passport", "old_identity")

_IDENTITY: tuple[Question, ...] = (
    {
        "at": "{at}.paper",
        "kind": "choice",
        "label": ("Giấy tờ tùy thân của {of}", "Identity paper of {of}"),
        "hint": ("Bỏ trống nếu là thẻ căn cước", "Leave blank for the identity card"),
        "optional": True,
        "options": PAPERS,
        "widget": "select",
        "unless_known": "{source}.personal_number",
    },
    {
        "at": "{at}.personal_number",
        "kind": "personal-number",
        "label": ("Số định danh cá nhân của {of}", "Personal number of {of}"),
        "hint": ("12 chữ số trên thẻ căn cước", "12 digits on the identity card"),
        "from": "{source}.personal_number",
        "when": {"not": {"field": "{at}.paper", "in": list(_OTHERS)}},
    },
    {
        "at": "{at}.passport_number",
        "kind": "passport-number",
        "label": ("Số hộ chiếu của {of}", "Passport number of {of}"),
        "when": {"field": "{at}.paper", "equals": "passport"},
    },
    {
        "at": "{at}.passport_country",
        "kind": "list",
        "label": ("Nước cấp hộ chiếu của {of}", "Country that issued the passport of {of}"),
        "list": "nationalities",
        "when": {"field": "{at}.paper", "equals": "passport"},
    },
    {
        "at": "{at}.old_identity_number",
        "kind": "old-identity-number",
        "label": ("Số chứng minh nhân dân của {of}", "Old identity number of {of}"),
        "hint": ("9 chữ số", "9 digits"),
        "when": {"field": "{at}.paper", "equals": "old_identity"},
    },
)

_NAME: Question = {
    "at": "{at}.full_name",
    "kind": "name",
    "label": ("Họ, chữ đệm, tên {of}", "Full name of {of}"),
    "from": "{source}.full_name",
}
_BORN: Question = {
    "at": "{at}.birth_on",
    "kind": "partial-date",
    "label": ("Ngày sinh của {of}", "Date of birth of {of}"),
    "hint": (
        "Chỉ biết năm, hoặc tháng và năm, thì ghi phần đã biết",
        "If only the year, or month and year, is known, give that",
    ),
    "not_after": "today",
    "from": "{source}.birth_on",
}
_SEX: Question = {
    "at": "{at}.sex",
    "kind": "choice",
    "label": ("Giới tính của {of}", "Sex of {of}"),
    "options": (("male", "Nam", "Male"), ("female", "Nữ", "Female")),
    "from": "{source}.sex",
}
_ETHNICITY: Question = {
    "at": "{at}.ethnicity",
    "kind": "list",
    "label": ("Dân tộc của {of}", "Ethnicity of {of}"),
    "list": "ethnicities",
}
_NATIONALITY: Question = {
    "at": "{at}.nationality",
    "kind": "list",
    "label": ("Quốc tịch của {of}", "Nationality of {of}"),
    "list": "nationalities",
    "default": "Việt Nam",
}
_ADDRESS: Question = {
    "at": "{at}.address",
    "kind": "address",
    "label": ("Nơi cư trú của {of}", "Residence of {of}"),
    "from": "{source}.address",
}

BLOCKS: Mapping[str, tuple[Question, ...]] = {
    "identity": _IDENTITY,
    "somebody": (_NAME, _BORN, *_IDENTITY),
    "person": (_NAME, _BORN, _SEX, _ETHNICITY, _NATIONALITY, *_IDENTITY, _ADDRESS),
    # Who asks: name and number come from the account or the desk and are not to be changed; how to reach them is asked
    # with the dossier, once, never by a form.
    "requester": (
        {
            **_NAME,
            "label": ("Họ, chữ đệm, tên", "Full name"),
            "lock": True,
            "autocomplete": "name",
        },
        {**_IDENTITY[0], "label": ("Giấy tờ tùy thân", "Identity paper")},
        {**_IDENTITY[1], "label": ("Số định danh cá nhân", "Personal number"), "lock": True},
        {**_IDENTITY[2], "label": ("Số hộ chiếu", "Passport number")},
        {**_IDENTITY[3], "label": ("Nước cấp hộ chiếu", "Country that issued the passport")},
        {**_IDENTITY[4], "label": ("Số chứng minh nhân dân", "Old identity number")},
        {**_ADDRESS, "label": ("Nơi cư trú", "Residence"), "autocomplete": "street-address"},
    ),
    "organisation": (
        {
            "at": "is_organisation",
            "kind": "yes",
            "label": ("Tôi nộp cho một cơ quan, tổ chức", "I apply for a body or a company"),
        },
        {
            "at": "organisation.name",
            "kind": "line",
            "label": ("Tên cơ quan, tổ chức", "Name of the body"),
            "from": "organisation.name",
            "when": {"field": "is_organisation", "equals": True},
        },
        {
            "at": "organisation.number",
            "kind": "line",
            "label": ("Mã số doanh nghiệp hoặc mã số thuế", "Enterprise number or tax code"),
            "from": "organisation.enterprise_number",
            "optional": True,
            "longest": 20,
            "when": {"field": "is_organisation", "equals": True},
        },
    ),
    # A place in this province: the commune by the official list of the day, then the rest of the address.
    "place": (
        {
            "at": "{at}.commune",
            "kind": "list",
            "label": ("{of}: xã, phường", "{of}: commune or ward"),
            "list": "communes",
        },
        {
            "at": "{at}.address",
            "kind": "address",
            "label": ("{of}: số nhà, đường, thôn, tổ", "{of}: house number, street, hamlet"),
        },
    ),
    "copies": (
        {
            "at": "copies",
            "kind": "whole",
            "label": ("Số bản sao trích lục cần cấp", "Copies of the extract wanted"),
            "hint": ("8.000 đ mỗi bản; nhập 0 nếu không cần", "8.000 đ each; 0 for none"),
            "min": 0,
            "max": 20,
            "width": "short",
            "example": 2,
        },
    ),
    "promise": (
        {
            "at": "promise",
            "kind": "promise",
            "label": (
                "Tôi cam đoan nội dung khai là đúng sự thật",
                "I declare that what I state is true",
            ),
            "example": True,
        },
    ),
}
#: Where a block stands unless it is told otherwise.
_PLACES: Mapping[str, Mapping[str, str]] = {"requester": {"at": "requester", "source": "applicant"}}
_WORDS = frozenset(
    {"block", "at", "of", "source", "fill_when", "optional", "without", "example", "labels", "when"}
)


def expanded(written: Mapping[str, Any]) -> dict[str, Any]:
    """A written form with the questions of its blocks in their places."""
    return {
        **written,
        "sections": [
            {**section, "fields": [one for line in section["fields"] for one in _questions(line)]}
            for section in written["sections"]
        ],
    }


def _questions(line: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "block" not in line:
        yield dict(line)
        return
    line = {**_PLACES.get(line["block"], {}), **line}
    if strange := sorted(line.keys() - _WORDS):
        raise ValueError(f"{line['block']}: {', '.join(strange)}")
    for question in BLOCKS[line["block"]]:
        last = question["at"].rpartition(".")[2]
        if last not in line.get("without", ()):
            yield _question(question, line, last)


def _question(question: Question, line: Mapping[str, Any], last: str) -> dict[str, Any]:
    vietnamese, english = line.get("of", ("", ""))
    placed = {
        "at": line.get("at", ""),
        "source": line.get("source", ""),
    }
    made = {
        name: _filled(value, {**placed, "of": ""})
        for name, value in question.items()
        if name not in ("label", "hint")
    }
    for name in ("label", "hint"):
        if name in question:
            said = line.get("labels", {}).get(last) if name == "label" else None
            pair = said or question[name]
            made[name] = (
                _filled(pair[0], {**placed, "of": vietnamese}),
                _filled(pair[1], {**placed, "of": english}),
            )
    if not line.get("source"):
        for word in ("from", "unless_known"):
            if str(question.get(word, "")).startswith("{source}"):
                del made[word]
    if line.get("fill_when"):
        made.pop("unless_known", None)
        made |= {"fill_when": line["fill_when"]} if made.get("from") else {}
    if line.get("optional"):
        made["optional"] = True
    if line.get("when"):
        made["when"] = {"all": [line["when"], made["when"]]} if made.get("when") else line["when"]
    if last in line.get("example", {}):
        made["example"] = line["example"][last]
    return made


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """A value of a block with its places filled in; anything that is no text stays as it is."""
    if isinstance(value, str):
        for word, text in words.items():
            value = value.replace("{" + word + "}", text)
        return value
    if isinstance(value, Mapping):
        return {name: _filled(inner, words) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(inner, words) for inner in value]
    return value
