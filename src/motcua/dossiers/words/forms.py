"""The statutory forms of the one-stop mechanism, by the circular in force on a day.

A circular is a `FormSet`: its numbers, titles and who signs. The key of the set stands in the frozen content of every issued
form, so that a reprint stays what it was when the next circular has come. Marks of the sources: the numbers and the fields of
forms 01 and 07 are read in filled-in forms, the fields of 02-06 rebuilt from what the law says they must tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class StatutoryForm(StrEnum):
    """The forms by what they are for; the value is the number in Circular 03/2025/TT-VPCP. Forms 01-05 are issued by
    moves, 06 and 07 are made when asked for."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL_SHEET = "06"
    LEDGER = "07"

    @property
    def template(self) -> str:
        """The template it is typeset from."""
        return f"dossiers/forms/{self.value}.html"


class MadeWhen(StrEnum):
    """What makes a form."""

    MOVED = "moved"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """`lists_papers`: shows what was brought or is given back; the others are made without reading the checklist.
    `number` is the one printed where it is not that of `StatutoryForm`."""

    title: str
    signed_by: str = "Người có thẩm quyền"
    lists_papers: bool = False
    made: MadeWhen = MadeWhen.MOVED
    number: str = ""


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one circular, from the day it is in force until the next one is."""

    key: str
    source: str
    since: date
    forms: Mapping[StatutoryForm, FormFacts]


#: Who signs where the leader decides: on the merits, or in an apology.
HEAD = "Thủ trưởng cơ quan, đơn vị"
_CLERK = "Người tiếp nhận hồ sơ"

FORMS: Mapping[StatutoryForm, FormFacts] = MappingProxyType(
    {
        StatutoryForm.RECEIPT: FormFacts(
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", signed_by=_CLERK, lists_papers=True
        ),
        StatutoryForm.SUPPLEMENT: FormFacts(
            "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", signed_by="Người hướng dẫn"
        ),
        StatutoryForm.REFUSAL: FormFacts("Phiếu từ chối giải quyết hồ sơ", signed_by=_CLERK),
        StatutoryForm.APOLOGY: FormFacts("Phiếu xin lỗi và hẹn lại ngày trả kết quả", signed_by=HEAD),
        StatutoryForm.STOP: FormFacts("Phiếu thông báo dừng giải quyết hồ sơ", lists_papers=True),
        StatutoryForm.CONTROL_SHEET: FormFacts(
            "Phiếu kiểm soát quá trình giải quyết hồ sơ", made=MadeWhen.ASKED
        ),
        StatutoryForm.LEDGER: FormFacts("Sổ theo dõi hồ sơ", made=MadeWhen.ASKED),
    }
)

#: Oldest first. The next circular is a row here, and templates of its own only where its layout differs.
FORM_SETS: tuple[FormSet, ...] = (
    FormSet(
        "01/2018",
        "Thông tư 01/2018/TT-VPCP",
        date(2019, 1, 6),
        MappingProxyType(
            {
                StatutoryForm.RECEIPT: FORMS[StatutoryForm.RECEIPT],
                StatutoryForm.SUPPLEMENT: FORMS[StatutoryForm.SUPPLEMENT],
                StatutoryForm.REFUSAL: FormFacts(
                    "Phiếu từ chối tiếp nhận giải quyết hồ sơ", signed_by=_CLERK
                ),
                StatutoryForm.APOLOGY: FORMS[StatutoryForm.APOLOGY],
                StatutoryForm.CONTROL_SHEET: FormFacts(
                    "Phiếu kiểm soát quá trình giải quyết hồ sơ", made=MadeWhen.ASKED, number="05"
                ),
                StatutoryForm.LEDGER: FormFacts("Sổ theo dõi hồ sơ", made=MadeWhen.ASKED, number="06"),
            }
        ),
    ),
    FormSet("03/2025", "Thông tư 03/2025/TT-VPCP", date(2025, 9, 15), FORMS),
)


def form_set_on(day: date, form: StatutoryForm) -> FormSet:
    """The set in force on a day; before the first one, and for a form its circular did not have, the nearest that has it."""
    having = [one for one in FORM_SETS if form in one.forms]
    begun = [one for one in having if one.since <= day]
    return begun[-1] if begun else having[0]


def form_set_of(key: str, day: date, form: StatutoryForm) -> FormSet:
    """The set a form was issued by; for one issued before sets were named, that of its day."""
    named = next((one for one in FORM_SETS if one.key == key and form in one.forms), None)
    return named or form_set_on(day, form)


def printed_number(form: StatutoryForm, facts: FormFacts) -> str:
    """The number on the paper: the same form had another in an earlier circular."""
    return facts.number or form.value
