"""The statutory forms of the one-stop mechanism (numbers of Circular 03/2025/TT-VPCP)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class StatutoryForm(StrEnum):
    """The forms by their number in the circular. Forms 01–05 are issued by moves, 06 and 07 are made when asked for."""

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
    """`lists_papers`: shows what was brought or is given back; the others are made without reading the checklist."""

    title: str
    signed_by: str = "Người có thẩm quyền"
    lists_papers: bool = False
    made: MadeWhen = MadeWhen.MOVED


FORMS: Mapping[StatutoryForm, FormFacts] = MappingProxyType(
    {
        StatutoryForm.RECEIPT: FormFacts(
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", signed_by="Người tiếp nhận hồ sơ", lists_papers=True
        ),
        StatutoryForm.SUPPLEMENT: FormFacts("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        StatutoryForm.REFUSAL: FormFacts("Phiếu từ chối giải quyết hồ sơ"),
        StatutoryForm.APOLOGY: FormFacts("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        StatutoryForm.STOP: FormFacts("Phiếu thông báo dừng giải quyết hồ sơ", lists_papers=True),
        StatutoryForm.CONTROL_SHEET: FormFacts(
            "Phiếu kiểm soát quá trình giải quyết hồ sơ", made=MadeWhen.ASKED
        ),
        StatutoryForm.LEDGER: FormFacts("Sổ theo dõi hồ sơ", made=MadeWhen.ASKED),
    }
)
