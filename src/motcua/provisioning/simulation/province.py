"""A simulated province in the directory and the catalogue: units, officers, procedures, as real ones stand there."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Final
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as publishing
from motcua.catalogue.rules.forms.composing import composed
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.directory.errors import AgencyUnknown, TerritoryUnknown
from motcua.documents import services as documents
from motcua.dossiers import queries as dossiers
from motcua.kernel.authority import SYSTEM
from motcua.kernel.calendar import LimitUnit
from motcua.kernel.deadline import Policy
from motcua.provisioning.bulk.life import Who
from motcua.provisioning.errors import ProvinceOccupied
from motcua.provisioning.simulation.packs import Pack, PackUnit
from motcua.provisioning.simulation.people import full_name
from motcua.provisioning.simulation.procedures import BY_CODE, PROCEDURES, SimulatedProcedure

_SINCE: Final = date(2016, 1, 1)
_DISTRICTS_UNTIL: Final = date(2025, 7, 1)
_SOURCE: Final = "Mô phỏng"
_KINDS: Final = {
    "province": directory.AgencyKind.DEPARTMENT,
    "district": directory.AgencyKind.DISTRICT_COMMITTEE,
    "commune": directory.AgencyKind.COMMUNE_COMMITTEE,
}
_OFFICERS: Final = (
    ("mot-cua", (directory.Role.RECEPTION, directory.Role.SEAL_CLERK)),
    ("thu-ly", (directory.Role.CASE_OFFICER,)),
    ("lanh-dao", (directory.Role.LEADER,)),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit at work: who receives and returns, who works, who decides."""

    agency: directory.AgencyView
    reception: Who
    officer: Who
    leader: Who


@dataclass(frozen=True, slots=True)
class Province:
    """What the lives of a simulated province refer to. `specimen_id` is the one file that stands for every paper."""

    desks: Mapping[str, Desk]
    versions: Mapping[str, catalogue.VersionSnapshot]
    specimen_id: UUID


def open_province(pack: Pack, units: Collection[PackUnit]) -> Province:
    """Open what is not there yet: territories, agencies, officers without passwords, procedures of those years.

    Refuses `ProvinceOccupied` where one of the units has dossiers already: passages are never taken back.
    """
    pdf = documents.typeset(template_name="provisioning/specimen.html", context={"province": pack.name})
    kept = documents.keep_file(
        actor=SYSTEM, stream=BytesIO(pdf), filename="ban-minh-hoa.pdf", is_made_here=True
    )
    desks, versions = _open(pack, units)
    return Province(desks, versions, kept.id)


@transaction.atomic
def _open(
    pack: Pack, units: Collection[PackUnit]
) -> tuple[Mapping[str, Desk], Mapping[str, catalogue.VersionSnapshot]]:
    places = _territories(pack, units)
    agencies = {unit.code: _agency(unit, places[unit.gso]) for unit in units}
    _agency(PackUnit(pack.code, f"UBND {pack.name}", "province", pack.gso, "", None), places[pack.gso])
    if dossiers.are_there_dossiers_of([agency.id for agency in agencies.values()]):
        raise ProvinceOccupied(province=pack.name)
    desks = {code: _desk(agency, f"{pack.key}/{code}") for code, agency in agencies.items()}
    return desks, _versions({unit.level for unit in units}, pack.period.first)


def _territories(pack: Pack, units: Iterable[PackUnit]) -> dict[str, UUID]:
    """Territories by their GSO code; the wider before the narrower."""
    level = directory.TerritoryLevel
    on = pack.period.first
    ids = {pack.gso: _territory(level.PROVINCE, pack.gso, pack.name, None, on)}
    by_level = {name: [unit for unit in units if unit.level == name] for name in ("district", "commune")}
    for unit in by_level["district"]:
        ids[unit.gso] = _territory(level.DISTRICT, unit.gso, _place_name(unit), ids[pack.gso], on)
    for unit in by_level["commune"]:
        parent = ids.get(unit.district) or ids[pack.gso]
        ids[unit.gso] = _territory(level.COMMUNE, unit.gso, _place_name(unit), parent, on)
    return ids


def _place_name(unit: PackUnit) -> str:
    return unit.name.removeprefix("UBND ")


def _territory(
    level: directory.TerritoryLevel, code: str, name: str, parent_id: UUID | None, on: date
) -> UUID:
    try:
        return directory.territory(code, on).id
    except TerritoryUnknown:
        ends_on = None if level is directory.TerritoryLevel.PROVINCE else _DISTRICTS_UNTIL
        return registry.open_territory(
            actor=SYSTEM,
            level=level,
            code=code,
            full_name=name,
            parent_id=parent_id,
            ends_on=ends_on,
            source=_SOURCE,
        )


def _agency(unit: PackUnit, territory_id: UUID) -> directory.AgencyView:
    try:
        return directory.agency(unit.code, _SINCE)
    except AgencyUnknown:
        is_whole = "." not in unit.code
        agency_id = registry.open_agency(
            actor=SYSTEM,
            code=unit.code,
            name=unit.name,
            kind=directory.AgencyKind.PROVINCE_COMMITTEE if is_whole else _KINDS[unit.level],
            level=directory.AgencyLevel(unit.level),
            territory_id=territory_id,
            begins_on=_SINCE,
            is_one_stop=not is_whole,
            decision=_SOURCE,
        )
        return directory.agency(agency_id)


def _desk(agency: directory.AgencyView, key: str) -> Desk:
    chance = random.Random(key)  # noqa: S311 - names of nobody
    return Desk(agency, *(_officer(agency, name, roles, chance) for name, roles in _OFFICERS))


def _officer(
    agency: directory.AgencyView, name: str, roles: tuple[directory.Role, ...], chance: random.Random
) -> Who:
    called = full_name(chance.randrange(100_000))
    for held in directory.holders_of(roles[0], agency.id, _SINCE):
        if held.account_id is not None:
            return Who(held.account_id, held.staff_name)
    number = f"MP-{agency.code}-{name}"
    staff_id = registry.register_staff(actor=SYSTEM, number=number, full_name=called)
    account_id = registry.open_account(
        actor=SYSTEM, username=number.lower(), password=None, staff_id=staff_id
    )
    for role in roles:
        registry.assign_role(
            actor=SYSTEM,
            staff_id=staff_id,
            agency_id=agency.id,
            role=role,
            begins_on=_SINCE,
            decision=_SOURCE,
        )
    return Who(account_id, called)


def _versions(levels: Collection[str], on: date) -> dict[str, catalogue.VersionSnapshot]:
    """The procedures as they were in force on a day, published where there is none."""
    wanted = {one.code: level for level in levels for one in PROCEDURES[level]}
    for code in wanted.keys() - catalogue.versions_in_force(wanted, on).keys():
        later = [line.effective_from for line in catalogue.versions_of(code)]
        version_id = publishing.create_draft_version(
            actor=SYSTEM,
            content=_content(BY_CODE[code], wanted[code]),
            effective_from=_SINCE,
            effective_to=min(later, default=None),
            decision=_SOURCE,
        )
        publishing.publish_version(actor=SYSTEM, version_id=version_id)
    return catalogue.versions_in_force(wanted, on)


#: What a simulated procedure asks; its dossiers are written without answers.
_FORM: Final = composed(
    "simulated",
    {
        "sections": [
            {
                "key": "requester",
                "title": ("Người nộp hồ sơ", "Person applying"),
                "fields": [
                    {"block": "requester"},
                    {"at": "content", "kind": "note", "label": ("Nội dung đề nghị", "Request")},
                ],
            }
        ]
    },
)
_REASON: Final = catalogue.PartialReason(
    catalogue.PartialGround.TECHNICAL,
    "Thủ tục mô phỏng, mức độ theo số liệu đã công bố của thời kỳ đó.",
    "A simulated procedure; its level is that of the published figures of the time.",
)
_FIVE_IN_SEVEN: Final = Decimal(5) / 7


def _content(one: SimulatedProcedure, level: str) -> catalogue.VersionContent:
    """A procedure with one case, one paper that has to be digitized, one result and the statutory process."""
    days = one.limit.amount
    if one.limit.unit is not LimitUnit.WORKING_DAY:
        days = Decimal(int(days * _FIVE_IN_SEVEN))
    paper = catalogue.Component(
        key="papers",
        name="Giấy tờ theo quy định của thủ tục",
        originals=1,
        must_digitize=catalogue.DigitizationClass.DECIDED,
    )
    fees = tuple(
        catalogue.FeeRow(channel, f"MP.{one.code}", "Lệ phí", catalogue.FeeKind.CHARGE, one.fee)
        for channel in catalogue.Channel
        if one.has_fee
    )
    limits = tuple(catalogue.LimitRow(channel, one.limit) for channel in catalogue.Channel)
    return catalogue.VersionContent(
        code=one.code,
        title=one.title,
        field_code=one.field_code,
        field_name=one.field_name,
        cases=(catalogue.Case("case", "Trường hợp chung", (paper,), limits, fees),),
        process=catalogue.standard_process(days),
        level=catalogue.OnlineLevel(one.service),
        partial_reason=_REASON if one.service == catalogue.OnlineLevel.PARTIAL else None,
        form=_FORM,
        agency_level=catalogue.CompetentLevel(level),
        results=(catalogue.ResultKind(f"KQ.{one.code}", f"Kết quả: {one.title}"),),
        supplement_policy=Policy.RESUME,
        origin="simulation",
    )
