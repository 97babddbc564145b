"""Three months of the other communes of Minh Sơn, so that the public map of the demo has something to compare.

Written in bulk by the rules that every act obeys (`bulk.lives.load_lives`). The people are fictional, every paper is a
specimen. The dossiers of An Bình, where the cast works, come from the services themselves (`work`).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from motcua.dossiers.words import MOVES, Clock, MoveKey
from motcua.provisioning.demo.names import full_name
from motcua.provisioning.demo.pack import demo_answers

if TYPE_CHECKING:
    from motcua.catalogue.queries import Case, Channel, VersionSnapshot
    from motcua.directory.queries import AgencyView, Role
    from motcua.provisioning.bulk.charges import SettledCharge
    from motcua.provisioning.bulk.life import Life, LifeMove, LifePaper, Who
    from motcua.provisioning.bulk.people import SimulatedPerson

_SPACE = UUID("64656d6f-2d68-6973-746f-72792d2d2d2d")
_DAYS = 84


@dataclass(frozen=True)
class _Profile:
    """How a commune does: dossiers a week, and the shares in time, digitized, sent online and paid online."""

    code: str
    weekly: int
    in_time: float
    digitized: float
    online: float
    paid_online: float


_PROFILES = (
    _Profile("H99.12", 9, 0.97, 0.92, 0.55, 0.60),
    _Profile("H99.13", 6, 0.90, 0.71, 0.30, 0.25),
    _Profile("H99.14", 5, 0.82, 0.58, 0.20, 0.15),
    _Profile("H99.15", 14, 0.94, 0.86, 0.65, 0.70),
)
#: From the assignment to the result: when each step is done, as a share of that time.
_TOWARDS_THE_RESULT = (
    (MoveKey.SUBMIT_TO_LEADER, 0.7),
    (MoveKey.APPROVE, 0.85),
    (MoveKey.SIGN, 0.92),
    (MoveKey.NUMBER_AND_SEAL, 0.97),
    (MoveKey.ISSUE, 1.0),
)


def write_history() -> int:
    """Write the lives of communes that have no dossiers yet, and count them; returns how many."""
    from motcua.directory import queries as directory
    from motcua.documents import services as documents
    from motcua.dossiers import queries
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import services as oversight
    from motcua.provisioning.bulk.charges import load_settled_charges
    from motcua.provisioning.bulk.lives import load_lives

    agencies = {profile: directory.agency(profile.code) for profile in _PROFILES}
    empty = [one for one, agency in agencies.items() if not queries.are_there_dossiers_of([agency.id])]
    if not empty:
        return 0
    pdf = documents.typeset(template_name="provisioning/specimen.html", context={"province": "tỉnh Minh Sơn"})
    specimen = documents.keep_file(
        actor=SYSTEM, stream=BytesIO(pdf), filename="ban-minh-hoa.pdf", is_made_here=True
    )
    written = 0
    for profile in empty:
        commune = _Commune(agencies[profile], profile, specimen.id)
        lives = commune.lives()
        histories = list(load_lives(lives, seed=f"demo/{profile.code}"))
        ids = [history.dossier_id for history in histories]
        load_settled_charges(
            [charge for key, life in zip(ids, lives, strict=True) for charge in commune.charges(key, life)]
        )
        oversight.count_loaded(ids)
        written += len(ids)
    return written


class _Commune:
    """A commune at work: who asks, who receives, works and decides."""

    def __init__(self, agency: "AgencyView", profile: _Profile, specimen_id: UUID) -> None:
        from motcua.directory import queries as directory

        self.agency, self.profile, self.specimen_id = agency, profile, specimen_id
        self.chance = random.Random(profile.code)  # noqa: S311 - the same demo every time, nothing secret
        self.calendar = directory.calendar_of(agency.id)
        self.examples = demo_answers()
        role = directory.Role
        self.reception = self._officer("mot-cua", role.RECEPTION, role.SEAL_CLERK)
        self.officer = self._officer("thu-ly", role.CASE_OFFICER)
        self.leader = self._officer("lanh-dao", role.LEADER)

    def _officer(self, name: str, *roles: "Role") -> "Who":
        """Somebody of the commune with these roles and an account that nobody logs into."""
        from motcua.directory import services
        from motcua.kernel.authority import SYSTEM
        from motcua.provisioning.bulk.life import Who

        called = full_name(self.chance)
        number = f"{self.agency.code}-{name}"
        staff_id = services.register_staff(actor=SYSTEM, number=number, full_name=called)
        account_id = services.open_account(
            actor=SYSTEM, username=number.lower(), password=None, staff_id=staff_id
        )
        for role in roles:
            services.assign_role(
                actor=SYSTEM,
                staff_id=staff_id,
                agency_id=self.agency.id,
                role=role,
                begins_on=self.agency.begins_on,
                decision="Mô phỏng",
            )
        return Who(account_id, called)

    def lives(self) -> "Sequence[Life]":
        """Every life so far, in the order of receipt."""
        from motcua.provisioning.bulk.people import SimulatedPerson, load_people

        moments = sorted(self._moments())
        people = [
            SimulatedPerson(uuid5(_SPACE, f"{self.agency.code}/{number}"), full_name(self.chance))
            for number in range(len(moments))
        ]
        load_people(people, at=moments[0])
        versions = _versions(moments[0])
        drawn = [
            self._life(self.chance.choice(versions), at, person)
            for at, person in zip(moments, people, strict=True)
        ]
        return _numbered(drawn)

    def _moments(self) -> "Iterator[datetime]":
        """Receipts in the mornings of working days, none of them today."""
        from motcua.kernel import clock

        days = [clock.today() - timedelta(days=back) for back in range(1, _DAYS)]
        working = [day for day in days if self.calendar.is_working_day(day)]
        for _ in range(self.profile.weekly * _DAYS // 7):
            opens = datetime.combine(self.chance.choice(working), time(7, 30), tzinfo=clock.LOCAL)
            yield self.calendar.next_opening(opens) + timedelta(minutes=self.chance.randrange(0, 210))

    def _life(self, version: "VersionSnapshot", at: datetime, person: "SimulatedPerson") -> "Life":
        from motcua.catalogue.queries import Channel
        from motcua.provisioning.bulk.life import Life

        is_online = version.level != "information" and self.chance.random() < self.profile.online
        channel = Channel.ONLINE if is_online else Channel.COUNTER
        is_digitized = self.chance.random() < self.profile.digitized
        moves = self._moves(version, channel, at, person)
        return Life(
            version=version,
            channel=channel,
            receiving=self.agency,
            competent=self.agency,
            applicant_id=person.id,
            applicant_name=person.full_name,
            applicant_number="",
            moves=moves,
            papers=[self._paper(order, is_online, is_digitized) for order in _wanted(version.cases[0])],
            form_data=self._answers(version, person),
            assignee=self.officer,
            sealed_file_id=self.specimen_id,
        )

    def _answers(self, version: "VersionSnapshot", person: "SimulatedPerson") -> "dict[str, Any]":
        """What the form says: the answers of the pack, in the name of the person."""
        answers = dict(self.examples.get(version.code, {}))
        if "requester" in answers:
            answers["requester"] = {**answers["requester"], "full_name": person.full_name}
            answers["requester"].pop("personal_number", None)
        return answers

    def _moves(
        self, version: "VersionSnapshot", channel: "Channel", at: datetime, person: "SimulatedPerson"
    ) -> "list[LifeMove]":
        """From the receipt to the result in the person's hands, as far as it has come by now."""
        from motcua.kernel import clock
        from motcua.provisioning.bulk.life import LifeMove, Who

        citizen = Who(None, person.full_name)
        moves = [LifeMove(MoveKey.REGISTER, at, self.reception)]
        if channel == "online":
            moves = [
                LifeMove(MoveKey.SUBMIT, at - timedelta(minutes=self.chance.randrange(5, 300)), citizen),
                LifeMove(MoveKey.RECEIVE, at, self.reception),
            ]
        assigned = at + timedelta(minutes=self.chance.randrange(5, 45))
        moves.append(
            LifeMove(
                MoveKey.ASSIGN, assigned, self.leader, detail={"assignee": self.officer.name, "before": ""}
            )
        )
        ends = self._end(version, channel, at, assigned)
        others = {
            MoveKey.NUMBER_AND_SEAL: self.reception,
            MoveKey.ISSUE: self.reception,
            MoveKey.SUBMIT_TO_LEADER: self.officer,
        }
        for key, share in _TOWARDS_THE_RESULT:
            moves.append(
                LifeMove(
                    key,
                    assigned + (ends - assigned) * share,
                    others.get(key, self.leader),
                    detail=_DETAILS.get(key, {}),
                )
            )
        moves.append(
            LifeMove(
                MoveKey.HAND_OVER,
                ends + timedelta(hours=self.chance.randrange(1, 60)),
                self.reception,
                detail={"received_by": citizen.name, "proof": ""},
            )
        )
        return [move for move in moves if move.at < clock.now()]

    def _end(
        self, version: "VersionSnapshot", channel: "Channel", at: datetime, assigned: datetime
    ) -> datetime:
        """When the result is issued: within the term, or some days after it."""
        from motcua.kernel.deadline import due_at

        limit = version.cases[0].limit_for(channel)
        if limit is None:
            raise ValueError(f"{version.code} states no term")
        due = due_at(
            at, limit, self.calendar, (), version.supplement_policy, version.cutoff, explain=False
        ).due_at
        if self.chance.random() >= self.profile.in_time:
            return self.calendar.next_opening(due + timedelta(days=self.chance.randrange(1, 9)))
        within = assigned + (due - assigned) * self.chance.betavariate(3, 1.5)
        return min(self.calendar.next_opening(within), due)

    def _paper(self, order: int, is_online: bool, is_digitized: bool) -> "LifePaper":
        from motcua.provisioning.bulk.life import LifePaper

        if is_online:
            return LifePaper(order, originals=0, electronic=1, file_id=self.specimen_id, digitization=1)
        if is_digitized:
            return LifePaper(order, file_id=self.specimen_id, digitization=1)
        return LifePaper(order)

    def charges(self, dossier_id: UUID, life: "Life") -> "Iterator[SettledCharge]":
        """What the dossier cost, paid when it was received."""
        from motcua.catalogue import queries as catalogue
        from motcua.payments import queries, services
        from motcua.provisioning.bulk.charges import SettledCharge

        received = next(move for move in life.moves if MOVES[move.key].clock is Clock.START)
        is_online = self.chance.random() < self.profile.paid_online
        facts = catalogue.FeeFacts(on=received.at.date(), form=life.form_data, counted=_ASKED_FOR)
        for fee in catalogue.reckon_fees(life.version.cases[0], life.channel, facts).fees:
            if fee.amount:
                yield SettledCharge(
                    dossier_id=dossier_id,
                    agency_id=self.agency.id,
                    payer_id=life.applicant_id,
                    line=services.FeeLine(
                        fee.row.code, fee.row.name, fee.row.kind.value, fee.amount, reckoning=fee.plain()
                    ),
                    way=queries.Way.ONLINE if is_online else queries.Way.CASH,
                    at=received.at,
                    taken_by_id=self.reception.account_id,
                    taken_by_name=self.reception.name,
                )


#: What only the desk counts: everybody asked for one copy, or had one paper of two pages certified.
_ASKED_FOR = {"copies": 1, "documents": [{"pages": 2, "copies": 1}]}

_DETAILS = {
    MoveKey.SUBMIT_TO_LEADER: {"outcome": "granted"},
    MoveKey.APPROVE: {"outcome": "granted"},
}


def _numbered(lives: "Sequence[Life]") -> "list[Life]":
    """With the numbers of their results, by the order of signing in the book of each year."""
    signed = sorted(
        (move.at, place)
        for place, life in enumerate(lives)
        for move in life.moves
        if move.key is MoveKey.SIGN
    )
    numbers: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, place in signed:
        last[at.year] = numbers[place] = last.get(at.year, 0) + 1
    return [
        replace(
            life,
            result_number=numbers.get(place),
            moves=[_with_number(move, life.version, numbers.get(place)) for move in life.moves],
        )
        for place, life in enumerate(lives)
    ]


def _with_number(move: "LifeMove", version: "VersionSnapshot", number: int | None) -> "LifeMove":
    """What signing and sealing note of the result."""
    from motcua.provisioning.results import result_symbol, result_title

    if move.key is MoveKey.SIGN:
        return replace(move, detail={"title": result_title(version, move.at.date())})
    if move.key is MoveKey.NUMBER_AND_SEAL:
        return replace(
            move, detail={"number": number, "symbol": result_symbol(version, number, move.at.date())}
        )
    return move


def _versions(since: datetime) -> "list[VersionSnapshot]":
    """Procedures of the communes with a written result, in force all the time."""
    from motcua.catalogue import queries as catalogue

    found = catalogue.versions_in_force(
        [hit.code for hit in catalogue.find_procedures(limit=60).hits], since.date()
    )
    return [
        version
        for _, version in sorted(found.items())
        if version.agency_level is catalogue.CompetentLevel.COMMUNE and version.has_written_result
    ]


def _wanted(case: "Case") -> list[int]:
    """Places of the papers that must be brought."""
    return [place for place, part in enumerate(case.components) if part.is_required]
