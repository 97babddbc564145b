"""A province's year as real rows: dossiers, passages, papers, results, money and people, counted as they are written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID, uuid5

from django.db import connections, transaction

from motcua.catalogue.queries import Channel, VersionSnapshot
from motcua.dossiers import queries as dossiers
from motcua.dossiers.services import supply_day
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.copying import mend_tables
from motcua.oversight.rules.facts import cells_of
from motcua.oversight.rules.standing import Traits, standing_of
from motcua.oversight.services import (
    Stage,
    account_of,
    acquire_writer_lock,
    adopt_staging,
    counted_row,
    one_by_one,
    open_staging,
    place_of,
    side_by_side,
    staged,
)
from motcua.payments import queries as money
from motcua.payments import services as payments
from motcua.provisioning.bulk.charges import SettledCharge, load_settled_charges, without_charge_indexes
from motcua.provisioning.bulk.life import Life, LifeMove, LifePaper, Who
from motcua.provisioning.bulk.lives import load_lives, without_dossier_indexes
from motcua.provisioning.bulk.people import SimulatedPerson, load_people
from motcua.provisioning.results import result_symbol, result_title
from motcua.provisioning.simulation.dossiers import Deed, SimulatedDossier, simulate_unit
from motcua.provisioning.simulation.facts import over_plans, the_calendar
from motcua.provisioning.simulation.packs import Pack, UnitPlan
from motcua.provisioning.simulation.people import full_name
from motcua.provisioning.simulation.province import Desk, Province, open_province

_SPACE: Final = UUID("6f766572-7369-6768-7400-70656f706c65")
_MANY: Final = 50_000  # from so many dossiers on, indexes are made after the rows
_DOSSIERS_A_PERSON: Final = 4
_ASK: Final = "Bổ sung, hoàn thiện hồ sơ theo quy định của thủ tục"


def load_year(
    pack: Pack,
    plans: Sequence[UnitPlan],
    *,
    seed: int = 1,
    workers: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Write every dossier of a pack's period with its whole life and count it; returns how many.

    Replaces figures of the province that had no dossiers behind them. Refuses `ProvinceOccupied`. With several workers as
    many processes write; a large load makes the indexes of dossiers after the rows, so that the system stands still.
    """
    mend_tables()
    province = open_province(pack, [plan.unit for plan in plans])
    done = 0
    is_split = False
    with ExitStack() as stack:
        if sum(plan.received + plan.carried for plan in plans) >= _MANY:
            stack.enter_context(without_dossier_indexes())
            stack.enter_context(without_charge_indexes())
        open_staging()
        if workers > 1:
            connections.close_all()  # a forked process must not speak on its parent's line
        for number, was_split in over_plans(
            partial(write_plans, pack, province, seed), plans, workers=workers
        ):
            done += number
            is_split = is_split or was_split
            progress(done)
    with transaction.atomic():
        acquire_writer_lock()
        adopt_staging(pack.code, is_split=is_split, run=side_by_side if workers > 1 else one_by_one)
    return done


def write_plans(pack: Pack, province: Province, seed: int, plans: Sequence[UnitPlan]) -> tuple[int, bool]:
    """Write and count the dossiers of some units; how many, and whether cells were written in parts."""
    with staged() as stage:
        for plan in plans:
            unit = Unit(pack, province, plan, seed)
            unit.settle_people()
            histories = load_lives(unit.lives(), seed=f"{pack.key}/{seed}/{plan.unit.code}")
            _count(unit, histories, stage)
    return stage.number, stage.is_split


@dataclass(frozen=True, slots=True)
class _Made:
    """A life about to be written, with what has been paid for it."""

    life: Life
    traits: Traits


class Unit:
    """The dossiers of one unit as lives, in the order of their receipt."""

    def __init__(self, pack: Pack, province: Province, plan: UnitPlan, seed: int) -> None:
        self.province, self.desk = province, province.desks[plan.unit.code]
        self.made = list(simulate_unit(pack, plan, the_calendar(), seed))
        chance = random.Random(f"{pack.key}/{seed}/{plan.unit.code}/people")  # noqa: S311 - names of nobody
        self._chance = chance
        key = f"{pack.key}/{seed}/{plan.unit.code}"
        self.people = [
            SimulatedPerson(uuid5(_SPACE, f"{key}/{number}"), full_name(chance.randrange(100_000)))
            for number in range(len(self.made) // _DOSSIERS_A_PERSON + 1)
        ]
        self.last: _Made | None = None  # the life just drawn

    def settle_people(self) -> None:
        """Register those who will ask; before their dossiers, which point to them."""
        began = self.made[0].deeds[0].at if self.made else clock.now()
        load_people(self.people, at=began)

    def lives(self) -> Iterator[Life]:
        numbers = result_numbers(self.made)
        for place, made in enumerate(self.made):
            person = self.people[self._chance.randrange(len(self.people))]
            life = life_of(self.province, self.desk, made, person, numbers.get(place))
            self.last = _Made(life, made.traits)
            yield life


def result_numbers(made: Sequence[SimulatedDossier]) -> dict[int, int]:
    """The place of each result in the book of its year, by when it was signed."""
    signed = sorted(
        (deed.at, place) for place, one in enumerate(made) for deed in one.deeds if deed.move is MoveKey.SIGN
    )
    last: dict[int, int] = {}
    numbers = {}
    for at, place in signed:
        year = clock.local(at).year
        numbers[place] = last[year] = last.get(year, 0) + 1
    return numbers


def life_of(
    province: Province,
    desk: Desk,
    made: SimulatedDossier,
    person: SimulatedPerson,
    result_number: int | None,
) -> Life:
    """One simulated dossier as the life that dossiers write."""
    traits = made.traits
    version = province.versions[traits.procedure]
    citizen = Who(None, person.full_name)
    signed = next((clock.local(at).date() for key, at in made.deeds if key is MoveKey.SIGN), None)
    symbol = result_symbol(version, result_number, signed) if signed else ""
    return Life(
        version=version,
        channel=Channel(traits.channel),
        receiving=desk.agency,
        competent=desk.agency,
        applicant_id=person.id,
        applicant_name=person.full_name,
        applicant_number="",
        moves=[_move(deed, desk, citizen, version, result_number, symbol) for deed in made.deeds],
        papers=[paper_of(traits, province.specimen_id)],
        assignee=desk.officer,
        result_number=result_number,
        sealed_file_id=province.specimen_id if traits.has_electronic_result else None,
        scan_file_id=province.specimen_id if traits.has_result_file else None,
    )


def paper_of(traits: Traits, specimen_id: UUID) -> LifePaper:
    """The one paper of a simulated dossier: sent as a file, scanned at the desk, or brought on paper.

    Who applies online and has no file says what they will bring, and the desk sees it at reception.
    """
    is_online = traits.channel == Channel.ONLINE
    if traits.has_component_files and not traits.exemption:
        return LifePaper(
            0,
            originals=0 if is_online else 1,
            electronic=1 if is_online else 0,
            file_id=specimen_id,
            digitization=2 if traits.is_reused else 1,
        )
    if not is_online:
        return LifePaper(0, exemption=traits.exemption)
    declared = {"originals": 1} | ({"exemption": traits.exemption} if traits.exemption else {})
    return LifePaper(0, declared=declared, seen_with=1, exemption=traits.exemption)


def _move(
    deed: Deed, desk: Desk, citizen: Who, version: VersionSnapshot, number: int | None, symbol: str
) -> LifeMove:
    """Who does what, with the note the service of the move would leave."""
    key, at = deed
    match key:
        case MoveKey.SUBMIT:
            return LifeMove(key, at, citizen)
        case MoveKey.SUPPLY:
            return LifeMove(key, at, citizen, detail={"papers": [], "form_changed": False})
        case MoveKey.ASSIGN:
            return LifeMove(key, at, desk.leader, detail={"assignee": desk.officer.name, "before": ""})
        case MoveKey.ASK_SUPPLEMENT:
            day = supply_day(desk.agency.id, None, asked_on=clock.local(at).date())
            return LifeMove(key, at, desk.officer, _ASK, {"items": [], "supply_by": day.isoformat()})
        case MoveKey.SUBMIT_TO_LEADER:
            return LifeMove(key, at, desk.officer, detail={"outcome": "granted"})
        case MoveKey.APPROVE:
            return LifeMove(key, at, desk.leader, detail={"outcome": "granted"})
        case MoveKey.SIGN:
            return LifeMove(
                key, at, desk.leader, detail={"title": result_title(version, clock.local(at).date())}
            )
        case MoveKey.NUMBER_AND_SEAL:
            return LifeMove(key, at, desk.reception, detail={"number": number, "symbol": symbol})
        case MoveKey.HAND_OVER:
            return LifeMove(key, at, desk.reception, detail={"received_by": citizen.name, "proof": ""})
        case _:
            return LifeMove(key, at, desk.reception)


def _count(unit: Unit, histories: Iterator[dossiers.History], stage: Stage) -> None:
    """Count each history as the statistics would, and take the money of those that cost something."""
    places = {unit.desk.agency.id: place_of(unit.desk.agency)}
    paid: list[SettledCharge] = []
    for history in histories:
        charge = _charge(unit.desk, unit.last, history) if unit.last else None
        seen = None
        if charge is not None:
            paid.append(charge)
            seen = money.MoneySeen(True, True, charge.way is money.Way.ONLINE)
        account = account_of(history, places, seen)
        standing = standing_of(account.sightings, account.traits, account.calendar)
        cells = cells_of(standing)
        stage.add(counted_row(account, standing, cells), cells)
    load_settled_charges(paid)


def _charge(desk: Desk, made: _Made, history: dossiers.History) -> SettledCharge | None:
    fees = made.life.version.cases[0].fees_for(made.life.channel)
    if not fees:
        return None
    (fee,) = fees
    received_at = next(one.at for one in history.passages if one.due_after is not None)
    return SettledCharge(
        dossier_id=history.dossier_id,
        agency_id=desk.agency.id,
        payer_id=made.life.applicant_id,
        line=payments.FeeLine(fee.code, fee.name, fee.kind.value, fee.amount or 0),
        way=money.Way.ONLINE if made.traits.is_fee_paid_online else money.Way.CASH,
        at=received_at,
        taken_by_id=desk.reception.account_id,
        taken_by_name=desk.reception.name,
    )
