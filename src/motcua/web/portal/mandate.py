"""Handing in for somebody else: what is asked about them and about the right to, as typed and as kept in a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from motcua.directory import queries as directory
from motcua.dossiers.queries import (
    mandate_ground,
)
from motcua.dossiers.services import Principal
from motcua.dossiers.words import (
    MandateKind,
)
from motcua.kernel import clock
from motcua.kernel.errors import DomainError
from motcua.kernel.values import PartialDate, Unreadable, date_of_boxes, read_person_name
from motcua.web.kit.components import Option
from motcua.web.kit.errors import sentence_of

#: Value of the choice "somebody else", beside the parties of the actor.
OTHER = "other"
_LONGEST = 200
_KINDS = {
    MandateKind.RELATIVE: (
        gettext_lazy("Tôi là người thân"),
        gettext_lazy("Vợ, chồng, cha, mẹ, con, ông, bà, cháu, anh, chị, em ruột"),
    ),
    MandateKind.AUTHORISED: (
        gettext_lazy("Tôi được ủy quyền bằng văn bản"),
        gettext_lazy("Văn bản ủy quyền sẽ là giấy tờ bắt buộc của hồ sơ"),
    ),
}


@dataclass(slots=True)
class TypedMandate:
    """The answers as typed."""

    name: str = ""
    number: str = ""
    birth: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    ground: str = ""

    def faults(self) -> dict[str, str]:
        """What is missing or cannot be true, by field. Nothing is looked up: nobody learns here who is recorded."""
        found = {}
        if not self.name:
            found["principal_name"] = gettext("Ghi họ, chữ đệm, tên của người đó như trên thẻ căn cước.")
        elif not _is_name(self.name):
            found["principal_name"] = gettext(
                "Họ tên chỉ gồm chữ cái, dấu cách và dấu nối; gõ lại như trên giấy tờ."
            )
        birth_on = self.birth_on()
        if birth_on is None:
            found["principal_birth"] = gettext(
                "Ghi ngày, tháng, năm sinh, ví dụ 20 1 1993; giấy tờ chỉ có năm thì ghi năm."
            )
        try:
            number = directory.parse_personal_number(self.number)
            if birth_on is not None and number.birth_year != birth_on.year:
                found["principal_number"] = gettext("Số định danh không khớp năm sinh; xem lại cả hai.")
        except DomainError as refused:
            found["principal_number"] = sentence_of(refused)
        if self.kind not in set(MandateKind):
            found["mandate_kind"] = gettext("Chọn vì sao bạn được nộp thay.")
        if not self.ground:
            found["mandate_ground"] = gettext(
                "Ghi quan hệ, ví dụ “con ruột”; hoặc số và ngày của văn bản ủy quyền."
            )
        return found

    def birth_on(self) -> PartialDate | None:
        """As much of the date as is known; None where there is no such day behind us."""
        try:
            day = date_of_boxes(*(self.birth.get(part, "") for part in "ymd"))
        except Unreadable:
            return None
        first, last = day.earliest, day.latest
        return day if first and last and last >= date(1896, 1, 1) and first <= clock.today() else None

    def kept(self) -> dict[str, Any]:
        """As the draft keeps it."""
        birth_on = self.birth_on()
        person = {
            "full_name": self.name,
            "personal_number": _digits(self.number),
            "birth_on": str(birth_on) if birth_on else "",
        }
        return {"kind": self.kind, "ground": self.ground, "person": person}


def _is_name(text: str) -> bool:
    try:
        read_person_name(text)
    except Unreadable:
        return False
    return True


def _digits(number: str) -> str:
    """As it is kept; as typed where it cannot be read."""
    try:
        return directory.parse_personal_number(number).number
    except DomainError:
        return number


def typed_of(post: Mapping[str, object]) -> TypedMandate:
    """What was posted."""
    text = {
        name: str(post.get(name, "")).strip()[:_LONGEST]
        for name in ("principal_name", "principal_number", "mandate_kind", "mandate_ground")
    }
    birth = {part: str(post.get(f"principal_birth.{part}", "")).strip()[:4] for part in "dmy"}
    return TypedMandate(
        name=text["principal_name"],
        number=text["principal_number"],
        birth=birth,
        kind=text["mandate_kind"],
        ground=text["mandate_ground"],
    )


def typed_before(mandate: Mapping[str, object]) -> TypedMandate:
    """What a draft keeps, to be shown again."""
    person = person_of(mandate)
    if person is None:
        return TypedMandate()
    year, month, day = [*person.get("birth_on", "").split("-"), "", ""][:3]
    return TypedMandate(
        name=person.get("full_name", ""),
        number=person.get("personal_number", ""),
        birth={"d": day.lstrip("0"), "m": month.lstrip("0"), "y": year},
        kind=str(mandate.get("kind", "")),
        ground=mandate_ground(mandate),
    )


def person_of(mandate: Mapping[str, object]) -> Mapping[str, str] | None:
    """Who is represented, as the submitter named them."""
    person = mandate.get("person")
    return person if isinstance(person, Mapping) and person else None


def principal_of(mandate: Mapping[str, object]) -> Principal | None:
    """The same for the intake."""
    person = person_of(mandate)
    if person is None:
        return None
    return Principal(person["full_name"], person["personal_number"], PartialDate.kept(person["birth_on"]))


def kinds() -> list[Option]:
    """Why somebody may hand in for another."""
    return [Option(kind.value, str(label), str(hint)) for kind, (label, hint) in _KINDS.items()]
