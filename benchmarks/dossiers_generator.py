"""Fill a database with dossiers that the product's own rules accept: states, steps, terms, codes and digests are real.

Rows go in by COPY from two processes, each with a half of the days, so that running numbers never meet.
"""

import json
import multiprocessing
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from benchmarks.dossiers_database import without_indexes
from benchmarks.dossiers_lives import ENDED, OPEN, Leg, legs_of

TABLES = {
    "directory_party": "id kind full_name phone email address territory_id registered_at",
    "directory_persondetail": "party_id personal_number old_number birth_on sex nationality",
    "dossiers_dossier": (
        "id code request_key opened_by_id version_id procedure_code procedure_title case_key channel sets "
        "receiving_id competent_id returning_id consulted_agencies applicant_id submitter_id applicant_name mandate "
        "contact form_key form_digest form_data search_text return_way state national_status is_open is_paused outcome "
        "submitted_at received_at promised_due_at due_at ended_at returned_at changed_at step_key step_name "
        "step_entered_at step_due_at assignee_id assignee_name supplements_asked extensions pauses revision head_digest"
    ),
    "dossiers_passage": (
        "id dossier_id seq move from_state to_state national_before national_after at actor_id actor_name "
        "on_behalf_of_id agency_id reason form_code due_before due_after left_step left_step_due_at entered_step "
        "detail previous_digest digest"
    ),
    "dossiers_dossierpaper": (
        "id dossier_id component_key name kind_code originals copies electronic is_presented exemption must_digitize "
        "digitization added_at order"
    ),
    "dossiers_issuedform": "id dossier_id passage_id code content issued_at",
    "dossiers_clockpause": "id dossier_id began_at ground form_code",
    "dossiers_codecounter": "unit day last",
}
_FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
)
_MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Quốc", "Hữu", "Thu", "Xuân", "Hồng", "Gia")
_GIVEN = (
    *("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa", "Hùng", "Hương", "Khánh"),
    *(
        "Lan",
        "Linh",
        "Long",
        "Mai",
        "Nam",
        "Nga",
        "Phúc",
        "Phương",
        "Quân",
        "Sơn",
        "Tâm",
        "Thảo",
        "Tuấn",
        "Yến",
    ),
)
_BATCH = 5000
_OPEN_TAIL = 0.1
#: Parties that come again and again: this share of the dossiers goes to so many of them.
FREQUENT, FREQUENT_SHARE = 50, 0.02
_LOCAL = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a procedure is asked for and who decides it."""

    receiving_id: UUID
    receiving_code: str
    receiving_old_code: str
    receiving_name: str
    competent_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process needs to know to make its part of the rows, the same in both."""

    url: str
    dossiers: int
    parties: int
    days: tuple[date, ...]
    places: tuple[Place, ...]
    weights: tuple[float, ...]
    officers: dict[UUID, tuple[UUID, str]]
    seed: int = 7


def fill(url: str, dossiers: int, until: date) -> None:
    """Parties, then dossiers with passages, papers, forms and pauses; indexes and statistics after. Needs Django."""
    plan = _plan(url, dossiers, until)
    # A fresh interpreter each: a fork would share the open connections.
    pool = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))
    with without_indexes(url, [name for name in TABLES if name != "dossiers_codecounter"]), pool:
        list(pool.map(_part, [(plan, half) for half in (0, 1)]))


def party_id(number: int) -> UUID:
    return UUID(int=_uuid7(1_750_000_000_000, number * 2_654_435_761))


def _plan(url: str, dossiers: int, until: date) -> Plan:
    from motcua.catalogue import queries as catalogue
    from motcua.directory import queries as directory
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    demo = services.load_demo_directory(actor=SYSTEM)
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
                    agency.code,
                    agency.code_qcvn or agency.code,
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
    return Plan(url, dossiers, max(200, dossiers // 4), tuple(days), tuple(places), tuple(weights), officers)


def _part(work: tuple[Plan, int]) -> None:
    """One process's half: even parties or odd ones, the older days or the newer ones."""
    import django

    django.setup()
    plan, half = work
    with psycopg.connect(plan.url, autocommit=True) as connection:
        _copy(connection, _parties(plan, half))
        _copy(connection, Maker(plan, half).rows())


def _copy(connection: psycopg.Connection[Any], rows: Iterator[tuple[str, str]]) -> None:
    waiting: dict[str, list[str]] = defaultdict(list)

    def flush() -> None:
        for table, lines in waiting.items():
            columns = ", ".join(f'"{name}"' for name in TABLES[table].split())
            with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write("".join(lines))
        waiting.clear()

    for count, (table, line) in enumerate(rows, 1):
        waiting[table].append(line)
        if count % (_BATCH * 10) == 0:
            flush()
    flush()


def name_of_party(number: int) -> str:
    return " ".join(
        (
            _FAMILY[number % len(_FAMILY)],
            _MIDDLE[number // 14 % len(_MIDDLE)],
            _GIVEN[number // 168 % len(_GIVEN)],
        )
    )


def number_of_party(number: int) -> str:
    return f"0990{50 + number % 50:02d}{number:06d}"


def _parties(plan: Plan, half: int) -> Iterator[tuple[str, str]]:
    at = "2025-06-30 01:00:00+00"
    for number in range(half, plan.parties, 2):
        key = str(party_id(number))
        name = name_of_party(number)
        phone = f"09{number:08d}"
        yield (
            "directory_party",
            _line(key, "person", name, phone, "", "Thôn Đông, xã An Bình, tỉnh Minh Sơn", None, at),
        )
        yield "directory_persondetail", _line(key, number_of_party(number), None, "1990-01-01", None, "VN")


class Maker:
    """Makes the rows of one half of the days."""

    def __init__(self, plan: Plan, half: int) -> None:
        from motcua.catalogue import queries as catalogue
        from motcua.directory import queries as directory
        from motcua.kernel.text import fold

        self.plan = plan
        self.random = random.Random(plan.seed * 10 + half)
        self.versions = catalogue.versions({place.version_id for place in plan.places})
        self.calendars = {
            place.competent_id: directory.calendar_of(place.competent_id) for place in plan.places
        }
        self.titles = {key: fold(version.title) for key, version in self.versions.items()}
        self.fold = cache(fold)
        middle = len(plan.days) // 2
        self.days = plan.days[:middle] if half == 0 else plan.days[middle:]
        self.first = plan.dossiers * (0 if half == 0 else middle) // len(plan.days)
        self.last = plan.dossiers * (middle if half == 0 else len(plan.days)) // len(plan.days)
        self.counters: dict[tuple[str, date], int] = defaultdict(int)
        self.due = cache(self._due)
        self.step_due = cache(self._step_due)
        self.legs = cache(self._legs)
        self.lives = {True: (list(OPEN), list(OPEN.values())), False: (list(ENDED), list(ENDED.values()))}

    def rows(self) -> Iterator[tuple[str, str]]:
        total = self.plan.dossiers
        for number in range(self.first, self.last):
            day = self.plan.days[number * len(self.plan.days) // total]
            is_open = number > total * (1 - _OPEN_TAIL)
            yield from self._dossier(day, is_open)
        for (unit, on), last in self.counters.items():
            yield "dossiers_codecounter", _line(unit, on.isoformat(), last)

    def _dossier(self, day: date, is_open: bool) -> Iterator[tuple[str, str]]:
        from motcua.dossiers.rules.chain import GENESIS, digest_of
        from motcua.dossiers.rules.code import DossierCode, unit_code_on

        pick = self.random
        place: Place = pick.choices(self.plan.places, self.plan.weights)[0]
        version = self.versions[place.version_id]
        lives, weights = self.lives[is_open]
        life = pick.choices(lives, weights)[0]
        is_online = life[0] == "submit" or pick.random() < 0.5
        channel = "online" if is_online else "counter"
        legs: tuple[Leg, ...] = self.legs(place.version_id, life, is_online)
        frequent = pick.random() < FREQUENT_SHARE
        person = pick.randrange(min(FREQUENT, self.plan.parties) if frequent else self.plan.parties)
        party = str(party_id(person))
        name = name_of_party(person)
        began = _office_moment(day, pick.randrange(16))
        key = str(UUID(int=_uuid7(int(began.timestamp() * 1000), pick.getrandbits(74))))
        officer_id, officer_name = self.plan.officers[place.competent_id]
        competent, receiving = str(place.competent_id), str(place.receiving_id)
        case = version.cases[0]

        code = received = due = step_due = ended = returned = assignee = paused = None
        step_name = step_key = ""
        step_at: str | None = None
        outcome = ""
        head, at = GENESIS, began
        at_text = _moment(at)
        for seq, leg in enumerate(legs, 1):
            at = began if seq == 1 else at + timedelta(minutes=30 * pick.randrange(1, 4))
            at_text = _moment(at)
            due_before, left_due = due, step_due
            if leg.is_start:
                received = at_text
                local = (at + _LOCAL).date()
                unit = unit_code_on(local, bottom_up=place.receiving_old_code, top_down=place.receiving_code)
                self.counters[unit, local] += 1
                code = str(DossierCode(unit, local, self.counters[unit, local]))
                due = self.due(place.version_id, channel, place.competent_id, at)
            if leg.left or leg.entered:
                step_key, step_name, step_at = leg.entered, leg.entered_name, at_text
                step_due = (
                    self.step_due(place.competent_id, at, leg.entered_days) if leg.entered_days > 0 else None
                )
            if leg.is_pause:
                paused = at_text
            if leg.move == "assign":
                assignee = officer_name
            if leg.move in {"approve", "refuse"}:
                outcome = "granted" if leg.move == "approve" else "refused"
            if leg.move in {"issue", "withdraw", "stop"}:
                ended = at_text
            if leg.move == "hand_over":
                returned = at_text
            by_applicant = leg.side.value == "applicant"
            agency = (
                None
                if by_applicant
                else receiving
                if leg.side.value in {"receiving", "return"}
                else competent
            )
            passage = {
                "id": str(UUID(int=_uuid7(int(at.timestamp() * 1000), pick.getrandbits(74)))),
                "dossier_id": key,
                "seq": seq,
                "move": leg.move,
                "from_state": leg.before,
                "to_state": leg.after,
                "national_before": leg.national_before,
                "national_after": leg.national_after,
                "at": at_text,
                "actor_id": None if by_applicant else str(officer_id),
                "actor_name": name if by_applicant else officer_name,
                "on_behalf_of_id": None,
                "agency_id": agency,
                "reason": leg.reason,
                "form_code": leg.form,
                "due_before": due_before,
                "due_after": due,
                "left_step": leg.left,
                "left_step_due_at": left_due if leg.left else None,
                "entered_step": leg.entered,
                "detail": {},
            }
            # Moments and identifiers are given as the canonical text the digest is made of.
            digest = digest_of(passage, head)
            yield "dossiers_passage", _line(*passage.values(), head, digest)
            head = digest
            if leg.form:
                content = {
                    "agency": place.receiving_name,
                    "code": code or "",
                    "applicant": name,
                    "reason": leg.reason,
                }
                form = str(UUID(int=_uuid7(int(at.timestamp() * 1000), pick.getrandbits(74))))
                yield "dossiers_issuedform", _line(form, key, passage["id"], leg.form, content, at_text)
        for order, component in enumerate(case.components[:2]):
            paper = str(UUID(int=_uuid7(int(began.timestamp() * 1000), pick.getrandbits(74))))
            yield (
                "dossiers_dossierpaper",
                _line(
                    *(paper, key, component.key, component.name, component.kind_code, 1, 0, 0, False, ""),
                    *(False, 0, _moment(began), order),
                ),
            )
        if paused:
            pause = str(UUID(int=_uuid7(int(at.timestamp() * 1000), pick.getrandbits(74))))
            yield "dossiers_clockpause", _line(pause, key, paused, "Theo quy định của thủ tục", "02")
        search = f"{self.fold(name)} {number_of_party(person)} {self.titles[place.version_id]}"
        last = legs[-1]
        yield (
            "dossiers_dossier",
            _line(
                *(
                    key,
                    code,
                    None,
                    str(officer_id),
                    str(version.id),
                    version.code,
                    version.title,
                    case.key,
                    channel,
                    1,
                ),
                *(receiving, competent, receiving, "{}", party, party, name, {}, {}),
                *(version.form.key if version.form else "", version.form.digest if version.form else ""),
                *({}, search, "counter", last.after, last.national_after, is_open, bool(paused), outcome),
                *(_moment(began), received, due, due, ended, returned, at_text, step_key, step_name, step_at),
                *(step_due, str(officer_id) if assignee else None, assignee or "", 1 if paused else 0, 0),
                *(1 if paused else 0, len(legs), head),
            ),
        )

    def _legs(self, version_id: UUID, life: Sequence[str], is_online: bool) -> tuple[Leg, ...]:
        if is_online and life[0] == "register":
            life = ("submit", "receive", *life[1:])
        return legs_of(self.versions[version_id], life)

    def _due(self, version_id: UUID, channel: str, agency_id: UUID, at: datetime) -> str | None:
        from motcua.catalogue.queries import Channel
        from motcua.kernel.deadline import due_at

        version = self.versions[version_id]
        limit = version.cases[0].limit_for(Channel(channel))
        if limit is None:
            return None
        calendar = self.calendars[agency_id]
        found = due_at(at, limit, calendar, (), version.supplement_policy, version.cutoff, explain=False)
        return _moment(found.due_at)

    def _step_due(self, agency_id: UUID, at: datetime, days: Any) -> str:
        from motcua.kernel.calendar import Limit, LimitUnit
        from motcua.kernel.deadline import due_at

        limit = Limit(days, LimitUnit.WORKING_DAY)
        return _moment(due_at(at, limit, self.calendars[agency_id], explain=False).due_at)


def _office_moment(day: date, half_hour: int) -> datetime:
    """Half hours from 07:30 to 15:00, office time of the place."""
    start = datetime.combine(day, time(0, 30), tzinfo=UTC)
    return start + timedelta(minutes=30 * half_hour)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _uuid7(milliseconds: int, bits: int) -> int:
    bits &= (1 << 74) - 1
    return milliseconds << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & ((1 << 62) - 1)


def _line(*values: object) -> str:
    return "\t".join([_text(value) for value in values]) + "\n"


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
    return str(value)
