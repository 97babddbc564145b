"""The vocabulary of the directory: levels and kinds of agencies, roles, parties. No framework."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from motcua.kernel.values import Sex as Sex


class AgencyLevel(StrEnum):
    """Level of authority; districts had theirs until 30 June 2025."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class AgencyKind(StrEnum):
    PROVINCE_COMMITTEE = "province_committee"
    PROVINCE_OFFICE = "province_office"
    PROVINCE_CENTRE = "province_centre"
    DEPARTMENT = "department"
    DISTRICT_COMMITTEE = "district_committee"
    COMMUNE_COMMITTEE = "commune_committee"
    COMMUNE_CENTRE = "commune_centre"
    DIVISION = "division"
    POSTAL_POINT = "postal_point"


class TerritoryLevel(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class ScopeKind(StrEnum):
    """How wide a delegation reaches; the narrower one prevails."""

    PROCEDURE = "procedure"
    FIELD = "field"
    ALL = "all"


class MergedDetail(StrEnum):
    """What two records of one person are compared by and what may be taken over from either."""

    FULL_NAME = "full_name"
    PERSONAL_NUMBER = "personal_number"
    OLD_NUMBER = "old_number"
    PASSPORT = "passport"
    BORN = "born"
    SEX = "sex"
    NATIONALITY = "nationality"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"

    @property
    def is_number(self) -> bool:
        """A number that no two records may have."""
        return self in (MergedDetail.PERSONAL_NUMBER, MergedDetail.PASSPORT)


MERGED_DETAILS: Final = tuple(MergedDetail)


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class AccessAct(StrEnum):
    """What an administrator may ask another one to confirm."""

    GIVE_ROLE = "give_role"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of an act
    REMOVE_SECOND_FACTOR = "remove_second_factor"
    DELEGATE_SIGNING = "delegate_signing"


class RequestState(StrEnum):
    """What became of a request; an open one whose time has passed counts for nothing."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AccessChange(StrEnum):
    """What changed in somebody's access; each has its line in the journal and is told."""

    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a change
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a change
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SIGNING_DELEGATED = "signing_delegated"
    SWITCH_THROWN = "switch_thrown"
    KEY_ENTRUSTED = "key_entrusted"
    KEY_WITHDRAWN = "key_withdrawn"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 - the name of a change
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of a change
    LOG_IN_UNLOCKED = "log_in_unlocked"
    IDENTITY_LINKED = "identity_linked"


class ConflictOutcome(StrEnum):
    """What a clerk found: the identity is the person recorded here, somebody else, or still to be proved."""

    SAME = "same"
    OTHER = "other"
    REFUSED = "refused"


class Role(StrEnum):
    RECEPTION = "reception"
    HEAD_ONE_STOP = "head_one_stop"
    ASSIGNER = "assigner"
    CASE_OFFICER = "case_officer"
    COORDINATING_OFFICER = "coordinating_officer"
    LEADER = "leader"
    SEAL_CLERK = "seal_clerk"
    CASHIER = "cashier"
    RETURN_OFFICER = "return_officer"
    SUPERVISOR = "supervisor"
    CATALOGUE_MANAGER = "catalogue_manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    POSTAL_AGENT = "postal_agent"


#: What people call each role; the source text of the message catalogues.
DETAIL_NAMES: Final[Mapping[MergedDetail, str]] = {
    MergedDetail.FULL_NAME: "Họ và tên",
    MergedDetail.PERSONAL_NUMBER: "Số định danh cá nhân",
    MergedDetail.OLD_NUMBER: "Số chứng minh nhân dân",
    MergedDetail.PASSPORT: "Hộ chiếu",
    MergedDetail.BORN: "Ngày sinh",
    MergedDetail.SEX: "Giới tính",
    MergedDetail.NATIONALITY: "Quốc tịch",
    MergedDetail.PHONE: "Điện thoại",
    MergedDetail.EMAIL: "Thư điện tử",
    MergedDetail.ADDRESS: "Địa chỉ",
}

ROLE_NAMES: Final[Mapping[Role, str]] = {
    Role.RECEPTION: "Tiếp nhận hồ sơ",
    Role.HEAD_ONE_STOP: "Trưởng bộ phận một cửa",
    Role.ASSIGNER: "Phân công xử lý",
    Role.CASE_OFFICER: "Thụ lý hồ sơ",
    Role.COORDINATING_OFFICER: "Phối hợp xử lý",
    Role.LEADER: "Lãnh đạo ký",
    Role.SEAL_CLERK: "Văn thư",
    Role.CASHIER: "Thu phí, lệ phí",
    Role.RETURN_OFFICER: "Trả kết quả",
    Role.SUPERVISOR: "Giám sát",
    Role.CATALOGUE_MANAGER: "Quản lý danh mục thủ tục",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
    Role.AUDITOR: "Kiểm tra, kiểm toán",
    Role.POSTAL_AGENT: "Nhân viên bưu chính",
}

#: What people call each act that takes two, and each change.
ACT_NAMES: Final[Mapping[AccessAct, str]] = {
    AccessAct.GIVE_ROLE: "Giao vai trò",
    AccessAct.RESET_PASSWORD: "Cấp mật khẩu mới",
    AccessAct.REMOVE_SECOND_FACTOR: "Gỡ thiết bị xác thực",
    AccessAct.DELEGATE_SIGNING: "Ủy quyền ký",
}
CHANGE_NAMES: Final[Mapping[AccessChange, str]] = {
    AccessChange.ROLE_GIVEN: "Được giao vai trò",
    AccessChange.ROLE_ENDED: "Kết thúc vai trò",
    AccessChange.PASSWORD_RESET: "Được cấp mật khẩu mới",
    AccessChange.PASSWORD_CHANGED: "Tự đổi mật khẩu",
    AccessChange.SECOND_FACTOR_SET: "Cài thiết bị xác thực",
    AccessChange.SECOND_FACTOR_REMOVED: "Gỡ thiết bị xác thực",
    AccessChange.SIGNING_DELEGATED: "Ủy quyền ký",
    AccessChange.SWITCH_THROWN: "Đổi yêu cầu xác thực hai lớp của vai trò",
    AccessChange.KEY_ENTRUSTED: "Giao khóa ký",
    AccessChange.KEY_WITHDRAWN: "Thu hồi khóa ký",
    AccessChange.TOKEN_ISSUED: "Cấp khóa truy cập cho chương trình",
    AccessChange.TOKEN_REVOKED: "Thu hồi khóa truy cập của chương trình",
    AccessChange.LOG_IN_UNLOCKED: "Mở lại đăng nhập sau nhiều lần nhập sai mật khẩu",
    AccessChange.IDENTITY_LINKED: "Gắn tài khoản định danh điện tử",
}
CONFLICT_OUTCOME_NAMES: Final[Mapping[ConflictOutcome, str]] = {
    ConflictOutcome.SAME: "Là người đã ghi ở đây: cho đăng nhập vào tài khoản của người này",
    ConflictOutcome.OTHER: "Là người khác: ghi thành người mới, số giấy tờ đính chính sau",
    ConflictOutcome.REFUSED: "Chưa chứng minh được: không cho đăng nhập",
}
REQUEST_STATE_NAMES: Final[Mapping[RequestState, str]] = {
    RequestState.OPEN: "Chờ xác nhận",
    RequestState.CONFIRMED: "Đã xác nhận",
    RequestState.REFUSED: "Đã từ chối",
    RequestState.WITHDRAWN: "Đã rút",
}
