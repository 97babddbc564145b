"""The e-form of procedures for which nobody made one: what every application says, made from the national entry.

It asks who applies, for whom, which of the procedure's results, how many, and what is wanted, in words; the procedure's own
papers, its declaration on paper among them, are attached. It says of itself that it is general, and a service with it is
offered in part only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from motcua.catalogue.rules.forms.composing import composed
from motcua.catalogue.rules.types import Form, PartialReason, ResultKind
from motcua.catalogue.words import PartialGround

#: The key by which faces know it.
GENERIC_FORM = "generic"
#: Longer choices would be a list nobody reads.
_MOST_RESULTS = 12
_LONGEST_NAME = 150
_PEOPLE = frozenset({"citizen", "overseas_vietnamese", "foreigner"})

REASON = PartialReason(
    PartialGround.TECHNICAL,
    "Chưa có tờ khai điện tử riêng của thủ tục: gửi tờ khai chung cùng giấy tờ qua mạng, phần còn lại làm theo hướng dẫn của "
    "cơ quan giải quyết (Nghị định 224/2026/NĐ-CP, Điều 14: vấn đề kỹ thuật chưa giải quyết được).",
    "There is no e-form of this procedure yet: a general form and the papers are sent online, the agency says what is left to "
    "do (Decree 224/2026 art. 14: a technical matter not yet solved).",
)


def is_generic(form: Form) -> bool:
    """Whether it is the general form and not one of the procedure's own."""
    return form.key == GENERIC_FORM


def generic_form(audience: Sequence[str], results: Sequence[ResultKind]) -> Form:
    """The general form for whom the procedure is for and what it ends in; procedures that are alike share one."""
    people, bodies = _for_whom(audience)
    names = tuple(dict.fromkeys((one.name[:_LONGEST_NAME], one.name_en[:_LONGEST_NAME]) for one in results))
    return _made(people, bodies, names if 1 < len(names) <= _MOST_RESULTS else ())


def _for_whom(audience: Sequence[str]) -> tuple[bool, bool]:
    """Whether people and whether bodies apply; both where the source does not say."""
    people = any(one in _PEOPLE for one in audience)
    bodies = any(one not in _PEOPLE for one in audience)
    return (people, bodies) if people or bodies else (True, True)


@lru_cache(maxsize=4096)  # an import makes thousands of procedures, most of them alike
def _made(people: bool, bodies: bool, results: tuple[tuple[str, str], ...]) -> Form:
    return composed(
        GENERIC_FORM,
        {
            "is_generic": True,
            "sections": list(_sections(people, bodies, results)),
        },
    )


def _sections(
    people: bool, bodies: bool, results: tuple[tuple[str, str], ...]
) -> Iterator[dict[str, object]]:
    yield {
        "key": "requester",
        "title": ("Người nộp hồ sơ", "Person applying"),
        "hint": (
            "Đây là tờ khai chung, dùng khi thủ tục chưa có tờ khai điện tử riêng. Mẫu đơn riêng của thủ tục, nếu có, đính kèm ở "
            "phần giấy tờ.",
            "This is a general form, used while the procedure has none of its own. The procedure's own form, if any, is "
            "attached with the papers.",
        ),
        "fields": [{"block": "requester"}],
    }
    if bodies:
        yield {
            "key": "organisation",
            "title": ("Cơ quan, tổ chức, doanh nghiệp", "Body or company"),
            "fields": [{"block": "organisation"}] if people else _body_alone(),
        }
    yield {
        "key": "request",
        "title": ("Nội dung đề nghị", "Request"),
        "fields": list(_request(results)),
    }
    yield {"key": "promise", "title": ("Cam đoan", "Declaration"), "fields": [{"block": "promise"}]}


def _body_alone() -> list[dict[str, object]]:
    return [
        {
            "at": "organisation.name",
            "kind": "line",
            "label": ("Tên cơ quan, tổ chức", "Name of the body"),
            "from": "organisation.name",
        },
        {
            "at": "organisation.number",
            "kind": "line",
            "label": ("Mã số doanh nghiệp hoặc mã số thuế", "Enterprise number or tax code"),
            "from": "organisation.enterprise_number",
            "optional": True,
            "longest": 20,
        },
    ]


def _request(results: tuple[tuple[str, str], ...]) -> Iterator[dict[str, Any]]:
    if results:
        yield {
            "at": "request.result",
            "kind": "choice",
            "label": ("Kết quả cần nhận", "What is wanted"),
            "options": [(f"r{at}", name, name_en or name) for at, (name, name_en) in enumerate(results, 1)],
        }
    yield {
        "at": "request.content",
        "kind": "note",
        "label": ("Đề nghị giải quyết việc gì?", "What do you ask for?"),
        "hint": (
            "Ghi rõ việc cần làm và đối tượng của việc đó: tên, số, địa điểm, thời gian",
            "Say what is to be done and to what: name, number, place, time",
        ),
        "longest": 2000,
    }
    yield {
        "at": "request.kind",
        "kind": "choice",
        "label": ("Lần đề nghị", "First time?"),
        "options": [
            ("first", "Cấp, làm lần đầu", "First time"),
            ("renew", "Gia hạn, cấp đổi", "Renewal, exchange"),
            ("change", "Sửa đổi, bổ sung", "Change"),
            ("again", "Cấp lại", "Reissue"),
        ],
        "optional": True,
    }
    yield {
        "at": "request.former",
        "kind": "line",
        "label": ("Số, ngày của giấy tờ đã cấp", "Number and date of the former paper"),
        "when": {"field": "request.kind", "in": ["renew", "change", "again"]},
        "optional": True,
    }
    yield {
        "at": "request.quantity",
        "kind": "whole",
        "label": ("Số lượng", "Quantity"),
        "hint": (
            "Số bản, số người, số phương tiện…; bỏ trống nếu là một",
            "Copies, people, vehicles…; blank for one",
        ),
        "optional": True,
        "min": 1,
        "max": 10000,
        "width": "short",
    }
