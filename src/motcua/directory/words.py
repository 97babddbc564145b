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


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


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
