"""Kinds and levels of agencies, and which of them are competent for a procedure's level."""

from collections.abc import Iterable

from motcua.directory.words import AgencyKind, AgencyLevel

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
