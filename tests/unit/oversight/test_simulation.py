"""A simulated unit does exactly what was planned, by the real clock, the same every time."""

from datetime import timedelta
from functools import cache

from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.deadline import Pause, due_at
from motcua.kernel.public_holidays import national_calendar
from motcua.oversight.rules.facts import cells_of
from motcua.oversight.rules.standing import standing_of
from motcua.provisioning.simulation.dossiers import SimulatedDossier, simulate_unit
from motcua.provisioning.simulation.packs import Pack, Quota, UnitPlan, plan_of, read_pack
from motcua.provisioning.simulation.procedures import PROCEDURES

TEXT = {
    "key": "toy",
    "code": "H98",
    "gso": "98",
    "name": "Tỉnh Đồ Chơi",
    "name_en": "Toy Province",
    "period": "2024-Q2",
    "source": "",
    "received": {"province": 120, "district": 400, "commune": 480},
    "rates": {
        "on_time": 0.9,
        "digitized": 0.6,
        "e_result": 0.5,
        "online_full": 0.5,
        "online_partial": 0.25,
        "paid_online": 0.3,
        "reuse": 0.1,
        "supplement": 0.2,
        "postal": 0.05,
        "exempt_format": 0.1,
    },
    "units": {"501": {"received": 150, "resolved": 160, "in_time": 140}, "502": {"e_result": 0.8}},
    "departments": ["Sở Một"],
    "districts": [["501", "Huyện A", 15.1, 108.1], ["502", "Huyện B", 15.2, 108.2]],
    "communes": [["20001", "Xã A1", "501", 15.11, 108.11], ["20002", "Xã B1", "502", 15.21, 108.2]],
}


@cache
def calendar() -> WorkingCalendar:
    return national_calendar()


def pack() -> Pack:
    return read_pack(TEXT)


def made(plan: UnitPlan, seed: int = 1) -> list[SimulatedDossier]:
    return list(simulate_unit(pack(), plan, calendar(), seed))


def test_the_plan_adds_up_to_what_was_published() -> None:
    plans = plan_of(pack())
    by_gso = {plan.unit.gso: plan for plan in plans if plan.unit.level == "district"}
    assert (by_gso["501"].received, by_gso["501"].resolved, by_gso["501"].in_time) == (150, 160, 140)
    assert by_gso["502"].e_results == round(0.8 * by_gso["502"].resolved)
    for level, total in TEXT["received"].items():  # type: ignore[attr-defined]  # a plain table
        assert sum(plan.received for plan in plans if plan.unit.level == level) == total
    resolved = sum(plan.resolved for plan in plans)
    assert sum(plan.e_results for plan in plans) == round(0.5 * resolved)
    assert all(plan.still_open >= 0 and plan.carried >= 0 for plan in plans)


def test_scaling_keeps_published_units_and_the_whole() -> None:
    plans = plan_of(pack(), dossiers=2000)
    assert (
        next(plan.received for plan in plans if plan.unit.gso == "501" and plan.unit.level == "district")
        == 150
    )
    assert sum(plan.received for plan in plans) == 2000


def test_a_unit_does_exactly_what_was_planned() -> None:
    period = pack().period
    for plan in plan_of(pack()):
        sums: dict[str, int] = {}
        for dossier in made(plan):
            for cell, counts in cells_of(standing_of(dossier.sightings, dossier.traits, calendar())).items():
                if period.first <= cell.day <= period.last:
                    for key, value in counts.items():
                        sums[key] = sums.get(key, 0) + value
        got = {
            key: sums.get(key, 0)
            for key in (
                *("received", "resolved", "e_result", "digitized", "exempt_format"),
                *("received_online_full", "of_online_full", "received_online_partial", "of_online_partial"),
            )
        }
        assert got == {
            "received": plan.received,
            "resolved": plan.resolved,
            "e_result": plan.e_results,
            "digitized": plan.digitized,
            "exempt_format": plan.exempt,
            "received_online_full": plan.online_full,
            "of_online_full": plan.offered("full"),
            "received_online_partial": plan.online_partial,
            "of_online_partial": plan.offered("partial"),
        }, plan.unit.name
        assert sums.get("early", 0) + sums.get("on_time", 0) == plan.in_time, plan.unit.name


def test_due_dates_are_those_of_the_clock() -> None:
    """Recomputing each due date from the passages, as the services would, gives the one that was written."""
    limits = {one.code: one.limit for many in PROCEDURES.values() for one in many}
    checked = 0
    for plan in plan_of(pack()):
        for dossier in made(plan):
            received = next(one for one in dossier.sightings if one.status == 2)
            asked = [one.at for one in dossier.sightings if one.status == 5]
            given = [
                later.at
                for one, later in zip(dossier.sightings, dossier.sightings[1:], strict=False)
                if one.status == 5
            ]
            ledger = [Pause(begin, end, "", "02") for begin, end in zip(asked, given, strict=True)]
            limit = limits[dossier.traits.procedure]
            assert received.due_at == due_at(received.at, limit, calendar(), explain=False).due_at
            assert (
                dossier.sightings[-1].due_at
                == due_at(received.at, limit, calendar(), ledger, explain=False).due_at
            )
            checked += bool(ledger)
    assert checked > 10


def test_passages_run_forward_and_dossiers_come_in_in_office_hours() -> None:
    for plan in plan_of(pack()):
        for dossier in made(plan):
            moments = [one.at for one in dossier.sightings]
            received = next(one.at for one in dossier.sightings if one.status == 2)
            assert calendar().is_open_at(received)
            assert moments[0] <= received
            assert [one.status for one in dossier.sightings if one.status in (9, 10)] in ([], [9, 10])
            assert max(moments) - min(moments) < timedelta(days=200)


def test_the_same_seed_makes_the_same_year_and_another_another() -> None:
    plan = plan_of(pack())[1]
    assert made(plan) == made(plan)
    assert made(plan) != made(plan, seed=2)


def test_a_quota_hits_exactly() -> None:
    for hits, size in ((0, 5), (5, 5), (3, 7), (1, 100)):
        quota = Quota(hits, size)
        assert sum(quota.draw() for _ in range(size)) == hits
