"""Agencies, their calendars, competence, and what reorganisation does."""

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from motcua.directory import queries, services
from motcua.directory.errors import (
    AgencyAlreadyClosed,
    AgencyCodeTaken,
    AgencyUnknown,
    CompetentAgencyUnknown,
    OfficeHoursInvalid,
    SuccessionSharesUnbalanced,
    TerritoryUnknown,
)
from motcua.directory.queries import AgencyKind, AgencyLevel
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)
MORNING = (time(7, 0), time(11, 0))


def test_both_code_orders_lead_to_the_agency(cast: Cast) -> None:
    view = queries.agency("000.00.11.H99")
    assert view == queries.agency("H99.11") == queries.agency(cast.an_binh)
    assert (view.code, view.code_qcvn, view.territory_code) == ("H99.11", "000.00.11.H99", "99004")
    for unknown in ("H98.77", new_id()):
        with pytest.raises(AgencyUnknown):
            queries.agency(unknown)


def test_found_without_accents(cast: Cast) -> None:
    assert [one.code for one in queries.find_agencies("nong nghiep")] == ["H99.03"]
    assert [one.code for one in queries.find_agencies(kind=AgencyKind.PROVINCE_CENTRE)] == ["H99.01"]
    assert len(queries.find_agencies(level=AgencyLevel.COMMUNE)) == 5
    assert len(queries.find_agencies(is_one_stop=True)) == 6
    assert queries.find_agencies(territory_id=cast.commune)[0].id == cast.an_binh


def test_remembered_agencies_and_calendars_cost_no_query(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 6, 1, 9, 0, tzinfo=clock.LOCAL)):
        queries.agencies([cast.an_binh, cast.justice])
        queries.calendar_of(cast.an_binh)
        with CaptureQueriesContext(connection) as spent:
            queries.agencies([cast.an_binh, cast.justice])
            queries.calendar_of(cast.an_binh)
        assert len(spent) == 0


def test_who_decides_where(cast: Cast) -> None:
    def competent(level: str, place: object, field: str = "") -> str:
        assert isinstance(place, type(cast.commune))
        return queries.competent_agency(level, place, field_code=field).code

    assert competent("commune", cast.commune) == "H99.11"
    assert competent("province", cast.commune, "G15-TP01") == "H99.02"
    assert competent("province", cast.province, "G10-NN01") == "H99.03"
    assert competent("province", cast.commune, "G03-GD01") == "H99"
    with pytest.raises(CompetentAgencyUnknown):
        competent("ministry", cast.commune)


def test_an_old_place_leads_to_its_successor(cast: Cast) -> None:
    old = queries.territory("99010", date(2025, 6, 30))
    assert old.full_name == "Xã Bình Lộc"
    assert queries.successor_of_territory(old.id, DAY) == cast.commune
    assert queries.competent_agency("commune", old.id, on=DAY).id == cast.an_binh
    with pytest.raises(TerritoryUnknown):
        queries.territory("99010", DAY)


def test_nobody_but_administrators_changes_agencies(cast: Cast) -> None:
    with pytest.raises(PermissionRefused):
        services.correct_agency(actor=cast.dung, agency_id=cast.an_binh, phone="02990000999")
    with pytest.raises(PermissionRefused):
        services.decide_day(actor=cast.binh, day=DAY, is_worked=False, name="x", source="x")
    services.correct_agency(actor=cast.quang, agency_id=cast.an_binh, phone="0299 0000 999", address="Mới")
    assert queries.agency(cast.an_binh).phone == "02990000999"
    with pytest.raises(AgencyUnknown):
        services.correct_agency(actor=cast.quang, agency_id=new_id())


def _open(cast: Cast, code: str, begins_on: date) -> object:
    return services.open_agency(
        actor=cast.quang,
        code=code,
        name="Ủy ban nhân dân xã An Bình Mới",
        kind=AgencyKind.COMMUNE_COMMITTEE,
        level=AgencyLevel.COMMUNE,
        territory_id=cast.commune,
        begins_on=begins_on,
    )


def test_a_code_names_one_agency_a_day(cast: Cast) -> None:
    with pytest.raises(AgencyCodeTaken):
        _open(cast, "000.00.11.H99", DAY)


def test_reorganisation_closes_and_hands_on(cast: Cast) -> None:
    actor_before = cast.actor("binh")
    assert actor_before.may("dossier.receive", cast.an_binh)
    successor = services.open_agency(
        actor=cast.quang,
        code="H99.21",
        name="Ủy ban nhân dân xã An Bình Mới",
        kind=AgencyKind.COMMUNE_COMMITTEE,
        level=AgencyLevel.COMMUNE,
        territory_id=cast.commune,
        begins_on=DAY,
    )
    services.reorganise_agencies(
        actor=cast.quang,
        predecessor_ids=[cast.an_binh],
        successor_ids=[successor],
        effective_on=DAY,
        decision="9/NQ-HĐND",
    )
    assert [one.id for one in queries.successors_of(cast.an_binh)] == [successor]
    assert queries.competent_agency("commune", cast.commune, on=DAY).id == successor
    assert queries.competent_agency("commune", cast.commune, on=date(2026, 8, 31)).id == cast.an_binh
    with clock.frozen(datetime(2026, 9, 1, 8, 0, tzinfo=clock.LOCAL)):
        assert not cast.actor("binh").grants
        assert not cast.actor("em").grants
    assert JournalEntry.objects.filter(name="directory.AgencySucceeded").count() == 1
    with pytest.raises(AgencyAlreadyClosed):
        services.reorganise_agencies(
            actor=cast.quang,
            predecessor_ids=[cast.an_binh],
            successor_ids=[],
            effective_on=date(2026, 10, 1),
            decision="10/NQ-HĐND",
        )
    # The closed code may be given again afterwards.
    assert _open(cast, "H99.11", DAY)


def test_unbalanced_succession_of_territory_changes_nothing(cast: Cast) -> None:
    from fractions import Fraction

    yen_hoa = cast.directory.territories["99016"]
    with pytest.raises(SuccessionSharesUnbalanced):
        services.succeed_territory(
            actor=SYSTEM,
            predecessor_id=cast.commune,
            shares={yen_hoa: Fraction(1, 2)},
            main_successor_id=yen_hoa,
            decree="x",
            effective_on=DAY,
        )
    assert queries.territory("99004", DAY).id == cast.commune


def test_without_decisions_the_national_calendar_holds(cast: Cast) -> None:
    calendar = queries.calendar_of(cast.an_binh)
    assert calendar.hours_on(date(2026, 11, 23)) == (
        (time(7, 30), time(11, 30)),
        (time(13, 30), time(17, 30)),
    )
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 10))
    assert queries.calendar_of(new_id()).is_working_day(date(2026, 11, 23))


def test_nearer_decisions_win(cast: Cast) -> None:
    monday, saturday = date(2026, 11, 23), date(2026, 11, 28)

    def hours(day: date, agency: object) -> object:
        assert isinstance(agency, type(cast.an_binh))
        return queries.calendar_of(agency, on=monday).hours_on(day)

    services.set_office_hours(
        actor=cast.quang,
        territory_id=cast.province,
        weekday=5,
        intervals=[MORNING],
        begins_on=DAY,
        source="QĐ 1",
    )
    assert hours(saturday, cast.an_binh) == (MORNING,) == hours(saturday, cast.justice)
    services.set_office_hours(
        actor=cast.quang, agency_id=cast.an_binh, weekday=5, intervals=[], begins_on=DAY, source="QĐ 2"
    )
    assert hours(saturday, cast.an_binh) == ()
    assert hours(saturday, cast.justice) == (MORNING,)
    services.decide_day(
        actor=cast.quang,
        day=monday,
        is_worked=False,
        name="Lễ hội",
        source="QĐ 3",
        territory_id=cast.province,
    )
    assert hours(monday, cast.an_binh) == ()
    services.decide_day(
        actor=cast.quang, day=monday, is_worked=True, name="Trực", source="QĐ 4", agency_id=cast.an_binh
    )
    assert hours(monday, cast.an_binh) != ()
    assert hours(monday, cast.justice) == ()
    assert JournalEntry.objects.filter(name="directory.CalendarChanged").count() == 4


def test_new_hours_end_the_old_ones(cast: Cast) -> None:
    for begins_on, close in ((DAY, 11), (date(2026, 10, 1), 10)):
        services.set_office_hours(
            actor=cast.quang,
            agency_id=cast.an_binh,
            weekday=0,
            intervals=[(time(7), time(close))],
            begins_on=begins_on,
            source="QĐ",
        )
    monday = date(2026, 11, 23)
    assert queries.calendar_of(cast.an_binh, on=date(2026, 9, 30)).hours_on(monday) == ((time(7), time(11)),)
    assert queries.calendar_of(cast.an_binh, on=date(2026, 10, 1)).hours_on(monday) == ((time(7), time(10)),)
    for wrong in ([(time(11), time(7))], [(time(7), time(11)), (time(10), time(12))]):
        with pytest.raises(OfficeHoursInvalid):
            services.set_office_hours(
                actor=cast.quang,
                agency_id=cast.an_binh,
                weekday=0,
                intervals=wrong,
                begins_on=DAY,
                source="QĐ",
            )
