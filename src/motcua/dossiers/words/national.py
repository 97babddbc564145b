"""The ten statuses of the National Public Service Portal, with what each says of a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType


class National(IntEnum):
    """Status codes of the National Public Service Portal (synchronisation interface, field TrangThaiHoSo)."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    PROCESSED = 9
    RETURNED = 10


class Mood(StrEnum):
    """What a status means to the person who waits."""

    UNDER_WAY = "under_way"
    WAITS_FOR_APPLICANT = "waits_for_applicant"
    HAS_RESULT = "has_result"
    WITHOUT_RESULT = "without_result"


@dataclass(frozen=True, slots=True)
class NationalFacts:
    """`stands_still`: no time of the administration passes, unless the matter ended with it (status 8 is either)."""

    name: str
    mood: Mood = Mood.UNDER_WAY
    stands_still: bool = False


NATIONAL_FACTS: Mapping[National, NationalFacts] = MappingProxyType(
    {
        National.REGISTERED: NationalFacts("Mới đăng ký"),
        National.RECEIVED: NationalFacts("Được tiếp nhận"),
        National.NOT_RECEIVED: NationalFacts("Không được tiếp nhận", Mood.WITHOUT_RESULT),
        National.PROCESSING: NationalFacts("Đang xử lý"),
        National.SUPPLEMENT: NationalFacts(
            "Yêu cầu bổ sung giấy tờ", Mood.WAITS_FOR_APPLICANT, stands_still=True
        ),
        National.PAYMENT: NationalFacts(
            "Yêu cầu thực hiện nghĩa vụ tài chính", Mood.WAITS_FOR_APPLICANT, stands_still=True
        ),
        National.WITHDRAWN: NationalFacts("Công dân yêu cầu rút hồ sơ", Mood.WITHOUT_RESULT),
        National.STOPPED: NationalFacts("Dừng xử lý", Mood.WITHOUT_RESULT, stands_still=True),
        National.PROCESSED: NationalFacts("Đã xử lý xong", Mood.HAS_RESULT),
        National.RETURNED: NationalFacts("Đã trả kết quả", Mood.HAS_RESULT),
    }
)


def mood_of(status: int) -> Mood:
    """What a national status means to the person who waits. ValueError for a number that is none."""
    return NATIONAL_FACTS[National(status)].mood
