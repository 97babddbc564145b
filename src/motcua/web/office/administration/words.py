"""Names of what administrators handle."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from motcua.directory.queries import AgencyKind, AgencyLevel, AgencyView
from motcua.web.kit import when
from motcua.web.kit.components import Tab
from motcua.web.office.words import role_words

KINDS: dict[AgencyKind, Promise | str] = {
    AgencyKind.PROVINCE_COMMITTEE: gettext_lazy("Ủy ban nhân dân tỉnh"),
    AgencyKind.PROVINCE_OFFICE: gettext_lazy("Văn phòng Ủy ban nhân dân tỉnh"),
    AgencyKind.PROVINCE_CENTRE: gettext_lazy("Trung tâm Phục vụ hành chính công cấp tỉnh"),
    AgencyKind.DEPARTMENT: gettext_lazy("Sở, ngành"),
    AgencyKind.DISTRICT_COMMITTEE: gettext_lazy("Ủy ban nhân dân huyện"),
    AgencyKind.COMMUNE_COMMITTEE: gettext_lazy("Ủy ban nhân dân xã"),
    AgencyKind.COMMUNE_CENTRE: gettext_lazy("Trung tâm Phục vụ hành chính công cấp xã"),
    AgencyKind.DIVISION: gettext_lazy("Phòng, chi cục"),
    AgencyKind.POSTAL_POINT: gettext_lazy("Điểm bưu điện"),
}
LEVELS: dict[AgencyLevel, Promise | str] = {
    AgencyLevel.MINISTRY: gettext_lazy("Trung ương"),
    AgencyLevel.PROVINCE: gettext_lazy("Tỉnh"),
    AgencyLevel.DISTRICT: gettext_lazy("Huyện"),
    AgencyLevel.COMMUNE: gettext_lazy("Xã"),
}
WEEKDAYS: tuple[Promise | str, ...] = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def validity_words(begins_on: date | None, ends_on: date | None) -> str:
    """`từ 01/07/2025`, `từ 01/07/2025 đến hết 31/12/2026`; an end is the first day on which it no longer holds."""
    begin = gettext("từ %(day)s") % {"day": when.day(begins_on)} if begins_on else ""
    last = ends_on - timedelta(days=1) if ends_on else None
    end = gettext("đến hết %(day)s") % {"day": when.day(last)} if last else ""
    return " ".join(part for part in (begin, end) if part) or gettext("không thời hạn")


def rooms(current: str) -> list[Tab]:
    """The pages of administration."""
    names = {
        "agencies": gettext("Cơ quan"),
        "reorganise": gettext("Tổ chức lại"),
        "calendar": gettext("Lịch chung"),
        "access_requests": gettext("Đề nghị về quyền truy cập"),
        "second_factors": gettext("Xác thực hai lớp"),
        "outgoing": gettext("Tin gửi đi"),
        "failed_jobs": gettext("Việc nền bị hỏng"),
        "delegations": gettext("Ủy quyền"),
    }
    return [Tab(name, reverse(f"office:{view}"), view == current) for view, name in names.items()]


#: What a program may be allowed; signing, sealing, auditing and administering are for people.
PERMISSIONS: dict[str, Promise | str] = {
    "dossier.read": gettext_lazy("Xem hồ sơ được giao"),
    "dossier.read_all": gettext_lazy("Xem mọi hồ sơ của cơ quan"),
    "dossier.receive": gettext_lazy("Tiếp nhận hồ sơ"),
    "dossier.refuse_at_door": gettext_lazy("Từ chối tiếp nhận"),
    "dossier.ask_supplement": gettext_lazy("Yêu cầu bổ sung"),
    "dossier.require_payment": gettext_lazy("Yêu cầu nghĩa vụ tài chính"),
    "dossier.assign": gettext_lazy("Phân công"),
    "dossier.appraise": gettext_lazy("Thẩm định"),
    "dossier.consult": gettext_lazy("Lấy ý kiến"),
    "dossier.answer_consultation": gettext_lazy("Trả lời ý kiến"),
    "dossier.submit": gettext_lazy("Trình lãnh đạo"),
    "dossier.propose_extension": gettext_lazy("Đề xuất hẹn lại"),
    "dossier.correct": gettext_lazy("Đính chính kết quả"),
    "dossier.issue": gettext_lazy("Phát hành kết quả"),
    "dossier.hand_over": gettext_lazy("Trả kết quả"),
    "dossier.stop": gettext_lazy("Dừng giải quyết"),
    "payment.collect": gettext_lazy("Thu phí, lệ phí"),
    "oversight.read": gettext_lazy("Xem số liệu điều hành"),
}


def agency_tabs(agency: AgencyView, current: str) -> list[Tab]:
    """The pages of one agency."""
    names = {
        "agency": gettext("Thông tin"),
        "people": gettext("Cán bộ, vai trò"),
        "posts": gettext("Chức danh"),
        "signing_keys": gettext("Khóa ký"),
        "tokens": gettext("Khóa chương trình"),
        "agency_calendar": gettext("Lịch làm việc"),
    }
    return [
        Tab(name, reverse(f"office:{view}", args=[agency.id]), view == current)
        for view, name in names.items()
    ]


def value_words(kept: str) -> str:
    """What stood, or stands, of somebody's access, as the journal keeps it, in words."""
    if not kept:
        return gettext("không có")
    if kept.startswith("devices: "):
        number = int(kept.removeprefix("devices: "))
        return ngettext("%(n)d thiết bị xác thực", "%(n)d thiết bị xác thực", number) % {"n": number}
    known = {
        "own": gettext("mật khẩu riêng"),
        "to be changed at log-in": gettext("mật khẩu được cấp, phải đổi khi đăng nhập"),
    }
    return known.get(kept) or ", ".join(_one_value(part) for part in kept.split(", "))


def _one_value(part: str) -> str:
    """`leader@H99.11` or `leader: on`; anything else (the number of a decision) as it is."""
    role, _, agency = part.partition("@")
    if agency:
        return f"{role_words(role)} ({agency})"
    role, _, switch = part.partition(": ")
    switches = {"on": gettext("bắt buộc hai lớp"), "off": gettext("không bắt buộc hai lớp")}
    return f"{role_words(role)}: {switches[switch]}" if switch in switches else part
