"""Fill a database with dossiers that the product's own rules accept: states, steps, terms, codes and digests are real.

Rows go in by COPY from two processes, each with the units of its own, so that running numbers never meet.
"""

import multiprocessing
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:  # importing them needs Django's apps
    from motcua.provisioning.bulk.life import Life, LifeMove, Who

_TO_RETURN = ("assign", "submit_to_leader", "approve", "sign", "number_and_seal", "issue", "hand_over")

#: Life → weight, for dossiers that are over and for those still open. `register` stands for submit + receive online.
ENDED: dict[tuple[str, ...], int] = {
    ("register", *_TO_RETURN): 80,
    ("register", *_TO_RETURN[:-1]): 6,
    ("register", "assign", "stop"): 3,
    ("register", "assign", "withdraw"): 3,
    ("register", "assign", "submit_to_leader", "refuse", *_TO_RETURN[3:]): 5,
    ("submit", "refuse_at_door"): 3,
}
OPEN: dict[tuple[str, ...], int] = {
    ("submit",): 10,
    ("register",): 20,
    ("register", "assign"): 40,
    ("register", "assign", "forward"): 10,
    ("register", "assign", "ask_supplement"): 10,
    ("register", "assign", "submit_to_leader"): 10,
}
PARTIES = ("directory_party", "directory_persondetail")
_BY_APPLICANT = frozenset({"submit", "withdraw"})
_WITH_REASON = frozenset({"refuse_at_door", "stop", "withdraw", "refuse", "ask_supplement"})
_GROUND = "Theo quy định của thủ tục"
_OPEN_TAIL = 0.1
#: Parties that come again and again: this share of the dossiers goes to so many of them.
FREQUENT, FREQUENT_SHARE = 50, 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """Where a procedure is asked for and who decides it."""

    receiving_id: UUID
    receiving_name: str
    competent_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process needs to know to make its part of the rows, the same in both."""

    dossiers: int
    parties: int
    days: tuple[date, ...]
    places: tuple[Place, ...]
    weights: tuple[float, ...]
    officers: dict[UUID, tuple[UUID, str]]
    seed: int = 7


def fill(dossiers: int, until: date) -> None:
    """Parties, then dossiers with passages, papers, forms and pauses, into the database of the settings. Needs Django."""
    from motcua.kernel.copying import without_indexes
    from motcua.provisioning.bulk.lives import without_dossier_indexes

    plan = _plan(dossiers, until)
    # A fresh interpreter each: a fork would share the open connections.
    pool = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))
    with without_dossier_indexes(), without_indexes(PARTIES), pool:
        list(pool.map(_part, [(plan, half) for half in (0, 1)]))


def party_id(number: int) -> UUID:
    return UUID(int=_uuid7(1_750_000_000_000, number * 2_654_435_761))


def _plan(dossiers: int, until: date) -> Plan:
    from motcua.catalogue import queries as catalogue
    from motcua.directory import queries as directory
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    demo = load_demo_directory(actor=SYSTEM)
    since = max(date(2025, 7, 1), until - timedelta(days=510))
    days = [since + timedelta(days=n) for n in range((until - since).days)]
    days = [day for day in days if day.weekday() < 5]
    found = catalogue.find_procedures("", limit=200).hits
    versions = [catalogue.version_in_force(hit.code, until) for hit in found]
    places, weights = [], []
    for agency_id in demo.agencies.values():
        agency = directory.agency(agency_id)
        if not agency.is_one_stop:
            continue
        level = "commune" if agency.code >= "H99.1" else "province"
        mine = [version for version in versions if version.agency_level.value == level]
        for version in mine:
            competent = directory.competent_agency(
                level, agency.territory_id, field_code=version.field_code
            ).id
            places.append(
                Place(
                    agency.id,
                    agency.name,
                    competent,
                    version.id,
                )
            )
            weights.append((0.35 if agency.code == "H99.11" else 0.13) / len(mine))
    officers = {
        agency_id: (UUID(int=_uuid7(1_750_000_000_000, 99 + n)), "Nguyễn Văn Cán")
        for n, agency_id in enumerate(demo.agencies.values())
    }
    officers[demo.agencies["H99.11"]] = (demo.accounts["chau"], "Lê Thị Châu")
    return Plan(dossiers, max(200, dossiers // 4), tuple(days), tuple(places), tuple(weights), officers)


def _part(work: tuple[Plan, int]) -> None:
    """One process's half: even parties or odd ones, the units of its own."""
    import django

    django.setup()
    from django.db import connection

    from motcua.kernel.copying import copy_records
    from motcua.provisioning.bulk.lives import load_lives

    plan, half = work
    people = list(_people(plan, half))
    for table, place in (("directory_party", 0), ("directory_persondetail", 1)):
        copy_records(table, [both[place] for both in people])
    for _ in load_lives(Maker(plan, half).lives(), seed=f"{plan.seed}/{half}"):
        pass
    connection.close()


def name_of_party(number: int) -> str:
    from motcua.provisioning.simulation.people import full_name

    return full_name(number)


def number_of_party(number: int) -> str:
    return f"0990{50 + number % 50:02d}{number:06d}"


def _people(plan: Plan, half: int) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    at = "2025-06-30 01:00:00+00"
    for number in range(half, plan.parties, 2):
        key = str(party_id(number))
        party: dict[str, object] = {
            "id": key,
            "kind": "person",
            "full_name": name_of_party(number),
            "phone": f"09{number:08d}",
        }
        yield (
            party | {"email": "", "address": "Thôn Đông, xã An Bình, tỉnh Minh Sơn", "registered_at": at},
            {
                "party_id": key,
                "personal_number": number_of_party(number),
                "born": "1990-01-01",
                "nationality": "VN",
            },
        )


class Maker:
    """Makes the lives of one half of the units: numbers of codes and of ledgers run within a unit."""

    def __init__(self, plan: Plan, half: int) -> None:
        from motcua.catalogue import queries as catalogue
        from motcua.directory import queries as directory

        self.plan = plan
        self.random = random.Random(plan.seed * 10 + half)
        self.versions = catalogue.versions({place.version_id for place in plan.places})
        self.agencies = directory.agencies(
            {one for place in plan.places for one in (place.receiving_id, place.competent_id)}
        )
        self.places, self.weights, self.total = _half(plan, half)
        self.kinds = {True: (list(OPEN), list(OPEN.values())), False: (list(ENDED), list(ENDED.values()))}

    def lives(self) -> "Iterator[Life]":
        for number in range(self.total):
            day = self.plan.days[number * len(self.plan.days) // self.total]
            yield self._life(day, is_open=number > self.total * (1 - _OPEN_TAIL))

    def _life(self, day: date, *, is_open: bool) -> "Life":
        from motcua.catalogue.queries import Channel
        from motcua.provisioning.bulk.life import Life, LifePaper, Who

        pick = self.random
        place: Place = pick.choices(self.places, self.weights)[0]
        version = self.versions[place.version_id]
        kinds, weights = self.kinds[is_open]
        keys = pick.choices(kinds, weights)[0]
        is_online = keys[0] == "submit" or pick.random() < 0.5
        if is_online and keys[0] == "register":
            keys = ("submit", "receive", *keys[1:])
        frequent = pick.random() < FREQUENT_SHARE
        person = pick.randrange(min(FREQUENT, self.plan.parties) if frequent else self.plan.parties)
        citizen, officer = Who(None, name_of_party(person)), Who(*self.plan.officers[place.competent_id])
        content = {"agency": place.receiving_name, "applicant": citizen.name}
        return Life(
            version=version,
            channel=Channel.ONLINE if is_online else Channel.COUNTER,
            receiving=self.agencies[place.receiving_id],
            competent=self.agencies[place.competent_id],
            applicant_id=party_id(person),
            applicant_name=citizen.name,
            applicant_number=number_of_party(person),
            moves=self._moves(day, keys, citizen, officer),
            papers=[LifePaper(order) for order, _ in enumerate(version.cases[0].components[:2])],
            assignee=officer,
            forms=dict.fromkeys(("01", "02", "03", "05"), content),
        )

    def _moves(self, day: date, keys: Sequence[str], citizen: "Who", officer: "Who") -> "list[LifeMove]":
        from motcua.dossiers.words import MoveKey
        from motcua.provisioning.bulk.life import LifeMove

        at = _office_moment(day, self.random.randrange(16))
        moves = []
        for place, key in enumerate(keys):
            if place:
                at += timedelta(minutes=30 * self.random.randrange(1, 4))
            who = citizen if key in _BY_APPLICANT else officer
            moves.append(LifeMove(MoveKey(key), at, who, _GROUND if key in _WITH_REASON else ""))
        return moves


def _half(plan: Plan, half: int) -> tuple[list[Place], list[float], int]:
    """Places of every second unit, the busiest first, with their weights and how many of the dossiers are theirs."""
    of_unit: dict[UUID, float] = {}
    for place, weight in zip(plan.places, plan.weights, strict=True):
        of_unit[place.receiving_id] = of_unit.get(place.receiving_id, 0.0) + weight
    units = sorted(of_unit, key=lambda unit: (-of_unit[unit], unit))
    mine = set(units[half::2])
    chosen = [
        (place, weight)
        for place, weight in zip(plan.places, plan.weights, strict=True)
        if place.receiving_id in mine
    ]
    first = round(plan.dossiers * sum(of_unit[unit] for unit in units[::2]) / sum(plan.weights))
    return (
        [place for place, _ in chosen],
        [weight for _, weight in chosen],
        first if half == 0 else plan.dossiers - first,
    )


def _office_moment(day: date, half_hour: int) -> datetime:
    """Half hours from 07:30 to 15:00, office time of the place."""
    start = datetime.combine(day, time(0, 30), tzinfo=UTC)
    return start + timedelta(minutes=30 * half_hour)


def _uuid7(milliseconds: int, bits: int) -> int:
    bits &= (1 << 74) - 1
    return milliseconds << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & ((1 << 62) - 1)
