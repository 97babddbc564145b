"""The words of every notice, in both languages.

The subject never says who or what about beyond the dossier code: subjects are read over shoulders and stored by strangers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.channels.errors import NoticeKindUnknown
from motcua.dossiers.words import NoticeKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What a notice may say. Moments are on the wall clock of Việt Nam."""

    name: str
    code: str
    procedure: str
    agency: str
    reason: str
    due_at: datetime | None
    link: str


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    body: str


_DAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# kind → language → (subject, paragraphs); a paragraph whose place is empty is left out
TEXTS: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    NoticeKind.SUBMITTED: {
        "vi": (
            "Đã nhận được hồ sơ trực tuyến của bạn",
            (
                "Hồ sơ “{procedure}” đã được gửi tới {agency} và đang chờ kiểm tra.",
                "Số để tra cứu ngay từ bây giờ: {code}.",
                "Bạn sẽ nhận được mã hồ sơ và ngày hẹn trả khi hồ sơ được tiếp nhận.",
            ),
        ),
        "en": (
            "Your online application has arrived",
            (
                "Your application “{procedure}” has been sent to {agency} and is waiting to be checked.",
                "You can track it from now on by the number {code}.",
                "You will get the dossier code and the due date once it has been accepted.",
            ),
        ),
    },
    NoticeKind.RECEIVED: {
        "vi": (
            "Hồ sơ {code} đã được tiếp nhận",
            ("{agency} đã tiếp nhận hồ sơ “{procedure}”.", "Hẹn trả kết quả: {due}."),
        ),
        "en": (
            "Dossier {code} has been received",
            ("{agency} has received your dossier “{procedure}”.", "The result is due at {due}."),
        ),
    },
    NoticeKind.SUPPLEMENT_ASKED: {
        "vi": (
            "Hồ sơ {code} cần bổ sung",
            (
                "{agency} đề nghị bổ sung hồ sơ “{procedure}”: {reason}",
                "Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
            ),
        ),
        "en": (
            "Dossier {code} needs a supplement",
            (
                "{agency} asks you to complete your dossier “{procedure}”: {reason}",
                "The time you take does not count towards the time limit.",
            ),
        ),
    },
    NoticeKind.SUPPLEMENTED: {
        "vi": (
            "Đã nhận phần bổ sung của hồ sơ {code}",
            ("Phần bổ sung đã được chuyển tới {agency}.", "Hẹn trả kết quả: {due}."),
        ),
        "en": (
            "The supplement to dossier {code} has arrived",
            ("It has been passed to {agency}.", "The result is due at {due}."),
        ),
    },
    NoticeKind.REFUSED: {
        "vi": (
            "Hồ sơ chưa được tiếp nhận",
            ("{agency} chưa tiếp nhận hồ sơ “{procedure}”. Lý do: {reason}",),
        ),
        "en": (
            "Your application was not accepted",
            ("{agency} did not accept your application “{procedure}”. Reason: {reason}",),
        ),
    },
    NoticeKind.PAYMENT_REQUIRED: {
        "vi": (
            "Hồ sơ {code} chờ nghĩa vụ tài chính",
            ("Hồ sơ “{procedure}” cần thực hiện nghĩa vụ tài chính: {reason}",),
        ),
        "en": (
            "Dossier {code} awaits a payment",
            ("Your dossier “{procedure}” needs a financial obligation to be met: {reason}",),
        ),
    },
    NoticeKind.EXTENDED: {
        "vi": (
            "Thư xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
            ("{agency} xin lỗi vì chưa thể trả kết quả đúng hẹn. Lý do: {reason}", "Ngày hẹn mới: {due}."),
        ),
        "en": (
            "Apology and new date for dossier {code}",
            (
                "{agency} apologises that the result cannot be ready in time. Reason: {reason}",
                "The new date is {due}.",
            ),
        ),
    },
    NoticeKind.RESULT_READY: {
        "vi": (
            "Hồ sơ {code} đã có kết quả",
            (
                "Kết quả hồ sơ “{procedure}” đã sẵn sàng.",
                "Xem và tải bản điện tử, hoặc nhận tại nơi trả kết quả.",
            ),
        ),
        "en": (
            "The result of dossier {code} is ready",
            (
                "The result of “{procedure}” is ready.",
                "See and download it, or fetch it where results are returned.",
            ),
        ),
    },
    NoticeKind.HANDED_OVER: {
        "vi": ("Đã trả kết quả hồ sơ {code}", ("Kết quả hồ sơ “{procedure}” đã được trao. Cảm ơn bạn.",)),
        "en": (
            "The result of dossier {code} was handed over",
            ("The result of “{procedure}” has been handed over. Thank you.",),
        ),
    },
    NoticeKind.WITHDRAWN: {
        "vi": ("Đã rút hồ sơ {code}", ("Hồ sơ “{procedure}” đã được rút theo yêu cầu của bạn.",)),
        "en": ("Dossier {code} was withdrawn", ("Your dossier “{procedure}” was withdrawn as you asked.",)),
    },
    NoticeKind.STOPPED: {
        "vi": (
            "Hồ sơ {code} đã dừng giải quyết",
            ("{agency} dừng giải quyết hồ sơ “{procedure}”. Lý do: {reason}",),
        ),
        "en": (
            "Dossier {code} was stopped",
            ("{agency} has stopped work on your dossier “{procedure}”. Reason: {reason}",),
        ),
    },
    NoticeKind.RECEPTION_UNDONE: {
        "vi": (
            "Hồ sơ {code} được tiếp nhận nhầm, đã hủy",
            (
                "{agency} đã hủy việc tiếp nhận hồ sơ “{procedure}” do nhầm lẫn ở quầy. Lý do: {reason}",
                "Mã hồ sơ này không dùng nữa. Nếu chính bạn đã nộp, báo lại {agency} để được tiếp nhận ngay.",
            ),
        ),
        "en": (
            "Dossier {code} was received by mistake",
            (
                "{agency} has undone the receipt of the dossier “{procedure}”, a mistake of the desk. Reason: {reason}",
                "The code of this dossier is used no more. If you did apply, tell {agency} and it will be received at once.",
            ),
        ),
    },
    NoticeKind.CORRECTED: {
        "vi": (
            "Kết quả hồ sơ {code} đã được đính chính",
            ("Kết quả mới thay thế kết quả đã trả. Lý do: {reason}",),
        ),
        "en": (
            "The result of dossier {code} was corrected",
            ("A new result replaces the one you have. Reason: {reason}",),
        ),
    },
}


def compose(kind: str, language: str, facts: Facts) -> Words:
    """Subject and body of a notice. Refuses: `NoticeKindUnknown`."""
    if kind not in TEXTS:
        raise NoticeKindUnknown(kind=kind)
    texts = TEXTS[kind]
    subject, paragraphs = texts.get(language, texts["vi"])
    places = {
        "code": facts.code or "",
        "procedure": facts.procedure,
        "agency": facts.agency,
        "reason": facts.reason,
        "due": said(facts.due_at, language) if facts.due_at else "",
    }
    told = [p.format(**places) for p in paragraphs if "{due}" not in p or facts.due_at]
    hello, more = (
        (f"Kính gửi {facts.name},", "Xem hồ sơ")
        if language != "en"
        else (f"Dear {facts.name},", "See the dossier")
    )
    body = "\n\n".join([hello, *told, f"{more}: {facts.link}"])
    return Words(" ".join(subject.format(**places).split()), body)


def said(moment: datetime, language: str) -> str:
    """`16:30 thứ Hai 23/11/2026`"""
    day = (_DAYS_EN if language == "en" else _DAYS_VI)[moment.weekday()]
    return f"{moment:%H:%M} {day} {moment:%d/%m/%Y}"
