"""Kinds and levels of agencies, and which of them are competent for a procedure's level."""

from collections.abc import Iterable
from enum import StrEnum


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


#: Who decides at each level when no department answers for the field.
COMMITTEE_OF_LEVEL = {
    AgencyLevel.PROVINCE: AgencyKind.PROVINCE_COMMITTEE,
    AgencyLevel.DISTRICT: AgencyKind.DISTRICT_COMMITTEE,
    AgencyLevel.COMMUNE: AgencyKind.COMMUNE_COMMITTEE,
}


def field_match(field_codes: Iterable[str], field_code: str) -> int:
    """How closely an agency answers for a field: 2 the very field, 1 its ministry part (``G15`` of
    ``G15-TP01``), 0 not.
    """
    written = frozenset(field_codes)
    if not field_code:
        return 0
    if field_code in written:
        return 2
    return 1 if field_code.partition("-")[0] in written else 0
