"""What is said of papers and mandates."""

from enum import IntEnum, StrEnum
from types import MappingProxyType


class MandateKind(StrEnum):
    """A close relative states the relation; anybody else brings the paper."""

    RELATIVE = "relative"
    AUTHORISED = "authorised"


class MandateScope(StrEnum):
    """How far the right goes; without one it covers the whole matter."""

    SUBMIT = "submit"
    SUBMIT_AND_RECEIVE = "submit_and_receive"


class Reuse(IntEnum):
    """How the electronic form of a paper came into the dossier (national field DuocTaiSuDung; Circular 01/2023 art. 24)."""

    NONE = 0
    DIGITIZED = 1
    WAREHOUSE = 2
    RESULT = 3


#: Papers nobody was asked for, because the administration had them.
NOT_ASKED = frozenset({Reuse.WAREHOUSE, Reuse.RESULT})


class KnownFrom(StrEnum):
    """Where the other value stands."""

    FORM = "form"
    REGISTER = "register"
    PAPER = "paper"


#: Key of the checklist's line for the paper that gives the right, by convention of the catalogue.
AUTHORISATION = "authorisation"

#: Ground → its words. Circular 01/2023/TT-VPCP; Circular 03/2025/TT-VPCP art. 5; large sheets as the provinces report them.
EXEMPT_GROUNDS = MappingProxyType(
    {
        "shared": "Dữ liệu đã có trên cơ sở dữ liệu, khai thác trực tiếp",
        "copy": "Nộp bản sao giấy hoặc bản sao chứng thực giấy",
        "shown": "Chỉ xuất trình để đối chiếu",
        "secret": "Thuộc danh mục bí mật nhà nước",
        "format": "Khổ lớn hoặc dạng không số hóa được bằng thiết bị hiện có",
    }
)
