"""Loading the demo province and its cast. Each part is looked up first, so that loading twice changes
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.directory.models import (
    Account,
    Agency,
    Boundary,
    Delegation,
    Post,
    Territory,
    TerritorySuccession,
)
from motcua.directory.rules.delegation import SigningScope
from motcua.directory.rules.gso_codes import TWO_LEVELS_FROM
from motcua.directory.rules.roles import SECOND_FACTOR_BY_DEFAULT
from motcua.directory.services import (
    assign_role,
    delegate_signing,
    keep_boundary,
    open_account,
    open_agency,
    open_post,
    open_territory,
    register_organisation,
    register_person,
    register_staff,
    require_second_factor,
    succeed_territory,
)
from motcua.directory.words import ScopeKind, TerritoryLevel
from motcua.kernel.authority import Actor, authorise
from motcua.provisioning.demo import province

DEMO_PASSWORD: Final[str] = settings.MOTCUA_DEMO_PASSWORD
_BEGINS = TWO_LEVELS_FROM
_DECREE: Final = "Nghị quyết minh họa 01/NQ-MS"


@dataclass(frozen=True)
class DemoDirectory:
    """Ids of the demo: territories by GSO code (today's map), agencies by code, accounts by user name,
    parties by user name.
    """

    territories: Mapping[str, UUID]
    agencies: Mapping[str, UUID]
    accounts: Mapping[str, UUID]
    parties: Mapping[str, UUID]


@transaction.atomic
def load_demo_directory(*, actor: Actor, password: str | None = DEMO_PASSWORD) -> DemoDirectory:
    """Create the demo province, its agencies and the cast, or find them. ``password`` becomes everybody's
    (None: nobody can log in).

    Roles that normally ask for a second factor do not in the demo; an administrator can switch that on.
    Raises PasswordTooWeak, PermissionRefused.
    """
    authorise(actor, "directory.manage")
    territories = _territories(actor)
    agencies = _agencies(actor, territories)
    parties = _parties(actor, territories)
    accounts = _accounts(actor, agencies, parties, password)
    _delegation(actor, accounts, agencies["H99.11"])
    return DemoDirectory(territories=territories, agencies=agencies, accounts=accounts, parties=parties)


def _territories(actor: Actor) -> dict[str, UUID]:
    code, name, name_en = province.PROVINCE
    top = _unit(actor, TerritoryLevel.PROVINCE, code, name, name_en=name_en)
    ids = {code: top}
    old: dict[str, UUID] = {}
    for district_code, district_name, communes in province.DISTRICTS:
        district = _unit(
            actor, TerritoryLevel.DISTRICT, district_code, district_name, parent=top, ends_on=_BEGINS
        )
        for commune_code, commune_name in communes:
            old[commune_code] = _unit(
                actor, TerritoryLevel.COMMUNE, commune_code, commune_name, parent=district, ends_on=_BEGINS
            )
    for new in province.COMMUNES:
        ids[new.code] = _unit(
            actor,
            TerritoryLevel.COMMUNE,
            new.code,
            new.full_name,
            name_en=new.full_name_en,
            parent=top,
            begins_on=_BEGINS,
        )
        _outline(actor, ids[new.code], new.outline, _BEGINS)
    _outline(actor, top, province.PROVINCE_OUTLINE, None)
    _successions(actor, old, ids)
    return ids


def _unit(
    actor: Actor,
    level: TerritoryLevel,
    code: str,
    full_name: str,
    *,
    name_en: str = "",
    parent: UUID | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
) -> UUID:
    there = Territory.objects.filter(level=level, code=code, full_name=full_name)
    since = (
        there.filter(validity__startswith=begins_on) if begins_on else there.filter(validity__startswith=None)
    )
    found = since.values_list("pk", flat=True).first()
    return found or open_territory(
        actor=actor,
        level=level,
        code=code,
        full_name=full_name,
        name=full_name.partition(" ")[2],
        full_name_en=name_en,
        parent_id=parent,
        begins_on=begins_on,
        ends_on=ends_on,
        decree=_DECREE,
        source="demo",
    )


def _outline(
    actor: Actor, unit: UUID, corners: Sequence[tuple[float, float]], begins_on: date | None
) -> None:
    if Boundary.objects.filter(territory_id=unit).exists():
        return
    ring = [list(corner) for corner in (*corners, corners[0])]
    keep_boundary(
        actor=actor,
        territory_id=unit,
        geometry={"type": "Polygon", "coordinates": [ring]},
        source="demo",
        begins_on=begins_on,
    )


def _successions(actor: Actor, old: Mapping[str, UUID], new: Mapping[str, UUID]) -> None:
    done = set(
        TerritorySuccession.objects.filter(predecessor__in=old.values()).values_list("predecessor", flat=True)
    )
    for code, predecessor in old.items():
        if predecessor in done:
            continue
        shares = {
            new[commune.code]: Fraction(*commune.origins[code])
            for commune in province.COMMUNES
            if code in commune.origins
        }
        succeed_territory(
            actor=actor,
            predecessor_id=predecessor,
            shares=shares,
            main_successor_id=max(shares, key=lambda unit: shares[unit]),
            decree=_DECREE,
            effective_on=_BEGINS,
        )


def _agencies(actor: Actor, territories: Mapping[str, UUID]) -> dict[str, UUID]:
    wanted = [one.code for one in province.AGENCIES]
    ids = dict(Agency.objects.in_force(_BEGINS).filter(code__in=wanted).values_list("code", "pk"))
    for one in province.AGENCIES:
        if one.code not in ids:
            ids[one.code] = open_agency(
                actor=actor,
                code=one.code,
                name=one.name,
                name_en=one.name_en,
                kind=one.kind,
                level=one.level,
                territory_id=territories[one.territory],
                parent_id=ids[one.parent] if one.parent else None,
                begins_on=_BEGINS,
                field_codes=one.fields,
                is_one_stop=one.is_one_stop,
                address=one.address,
                phone=one.phone,
                decision=_DECREE,
            )
    return ids


def _parties(actor: Actor, territories: Mapping[str, UUID]) -> dict[str, UUID]:
    hoa, phat = (
        register_person(
            actor=actor,
            full_name=person.full_name,
            personal_number=person.personal_number,
            birth_on=person.birth_on,
            sex=person.sex,
            phone=person.phone,
            email=person.email,
            address=person.address,
            territory_id=territories["99004"],
        )
        for person in (province.HOA, province.PHAT)
    )
    username, name, number, email, phone = province.AN_PHAT
    company = register_organisation(
        actor=actor,
        full_name=name,
        enterprise_number=number,
        legal_representative_id=phat,
        email=email,
        phone=phone,
        address="Lô 5, khu công nghiệp Minh Tân, phường Minh Sơn, tỉnh Minh Sơn",
        territory_id=territories["99025"],
    )
    return {province.HOA.username: hoa, username: company, "phat": phat}


def _accounts(
    actor: Actor, agencies: Mapping[str, UUID], parties: Mapping[str, UUID], password: str | None
) -> dict[str, UUID]:
    wanted = [province.HOA.username, province.AN_PHAT[0], *(one.username for one in province.OFFICERS)]
    ids = dict(Account.objects.filter(username__in=wanted).values_list("username", "pk"))
    for username in (province.HOA.username, province.AN_PHAT[0]):
        if username not in ids:
            ids[username] = open_account(
                actor=actor, username=username, password=password, party_id=parties[username]
            )
    if any(one.username not in ids for one in province.OFFICERS):
        for role in SECOND_FACTOR_BY_DEFAULT:
            require_second_factor(actor=actor, role=role, is_required=False)
    for officer in province.OFFICERS:
        if officer.username not in ids:
            ids[officer.username] = _officer(actor, officer, agencies, password)
    return ids


def _officer(
    actor: Actor, officer: province.DemoOfficer, agencies: Mapping[str, UUID], password: str | None
) -> UUID:
    staff_id = register_staff(
        actor=actor,
        number=officer.number,
        full_name=officer.full_name,
        email=f"{officer.username}@example.com",
    )
    for code, roles in officer.roles.items():
        post_id = _post(actor, agencies[code], officer.post) if officer.post else None
        for role in roles:
            assign_role(
                actor=actor,
                staff_id=staff_id,
                agency_id=agencies[code],
                role=role,
                begins_on=_BEGINS,
                post_id=post_id,
                decision=_DECREE,
            )
    return open_account(actor=actor, username=officer.username, password=password, staff_id=staff_id)


def _post(actor: Actor, agency_id: UUID, title: str) -> UUID:
    found = Post.objects.filter(agency_id=agency_id, title=title).values_list("pk", flat=True).first()
    return found or open_post(
        actor=actor,
        agency_id=agency_id,
        title=title,
        title_en=province.TITLES_EN.get(title, ""),
        begins_on=_BEGINS,
        may_sign=title in province.SIGNING_POSTS,
    )


def _delegation(actor: Actor, accounts: Mapping[str, UUID], agency_id: UUID) -> None:
    if Delegation.objects.filter(agency_id=agency_id, decision_number=province.DELEGATION_DECISION).exists():
        return
    delegate_signing(
        actor=actor,
        delegator_account_id=accounts["dung"],
        delegate_account_id=accounts["em"],
        agency_id=agency_id,
        scopes=[SigningScope(ScopeKind.PROCEDURE, code) for code in province.DELEGATED_PROCEDURES],
        begins_on=_BEGINS,
        ends_on=None,
        decision_number=province.DELEGATION_DECISION,
        decided_on=_BEGINS,
    )
