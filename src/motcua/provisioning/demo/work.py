"""Some weeks of ordinary work in An Bình, so that the demo's lists and figures have something to show.

Made by the same services as everything else, each act at its own moment of the past; the people are fictional.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from motcua.provisioning.demo.history import write_history
from motcua.provisioning.demo.names import full_name
from motcua.provisioning.demo.pack import demo_answers
from motcua.provisioning.demo.steps import Journey

if TYPE_CHECKING:
    from motcua.catalogue.queries import VersionSnapshot
    from motcua.dossiers.services import Application
    from motcua.provisioning.demo.directory import DemoDirectory

_DOSSIERS = 36


def load_some_work(journey: Journey) -> Sequence[str]:
    """Open and finished dossiers of the last weeks in every commune that has none yet."""
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    demo = load_demo_directory(actor=SYSTEM)
    told = []
    if mine := _some_weeks(demo):
        told.append(f"{len(mine)} dossiers of the last weeks in An Bình, {sum(mine)} finished")
    if elsewhere := write_history():
        told.append(f"{elsewhere} dossiers of three months in the other communes")
    return told or ["already there"]


def _some_weeks(demo: "DemoDirectory") -> list[bool]:
    """For each dossier made in An Bình, whether it is finished."""
    from motcua.dossiers import queries

    if queries.are_there_dossiers_of([demo.agencies["H99.11"]]):
        return []
    chance = random.Random(2026)  # noqa: S311 - the same demo every time, nothing secret
    return [
        _live_through(demo, chance, at, person)
        for at, person in zip(_moments(chance), _people(chance), strict=True)
    ]


def _moments(chance: random.Random) -> Iterator[datetime]:
    from motcua.kernel import clock

    today = clock.today()
    for number in range(_DOSSIERS):
        day = today - timedelta(days=round((_DOSSIERS - number) * 0.4))
        day -= timedelta(days=max(0, day.weekday() - 4))
        yield datetime.combine(day, time(8, 5), tzinfo=clock.LOCAL) + timedelta(
            minutes=chance.randrange(0, 380)
        )


def _people(chance: random.Random) -> Iterator[UUID]:
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    for number in range(_DOSSIERS):
        year = 1960 + number % 45
        yield services.register_person(
            actor=SYSTEM,
            full_name=full_name(chance),
            birth_on=date(year, 1 + number % 12, 1 + number % 28),
            phone=f"09{10000000 + number:08d}",
            address=f"Thôn {1 + number % 6}, xã An Bình, tỉnh Minh Sơn",
        )


def _live_through(demo: "DemoDirectory", chance: random.Random, at: datetime, person: UUID) -> bool:
    """One dossier from the desk to wherever it has come by now; True when it was refused, withdrawn or stopped."""
    from motcua.dossiers import services
    from motcua.kernel import clock

    cast = _Cast(demo)
    with clock.frozen(at):
        moved = services.register_dossier(actor=cast.binh, application=_application(cast, chance, at, person))
    acts = chance.choice(_LIVES)
    for number, act in enumerate(acts, start=1):
        later = at + timedelta(hours=3 * number)
        if later >= clock.now():
            return False
        with clock.frozen(later):
            cast.act(act, moved.dossier_id, later)
    return bool(acts) and acts[-1] in {"withdraw", "stop"}


_LIVES: tuple[tuple[str, ...], ...] = (
    (),
    ("assign",),
    ("assign",),
    ("assign", "submit"),
    ("assign", "submit"),
    ("assign", "submit", "approve"),
    ("assign", "ask"),
    ("assign", "ask", "supply"),
    ("assign", "consult"),
    ("assign", "extend"),
    ("assign", "withdraw"),
    ("assign", "ask", "stop"),
)


class _Cast:
    """The officers of An Bình, and what each does."""

    def __init__(self, demo: "DemoDirectory") -> None:
        from motcua.directory import queries

        self.binh, self.hanh, self.chau, self.dung = (
            queries.actor_of(demo.accounts[name]) for name in ("binh", "hanh", "chau", "dung")
        )
        self.chau_account: UUID = demo.accounts["chau"]
        self.an_binh: UUID = demo.agencies["H99.11"]
        self.agriculture: UUID = demo.agencies["H99.03"]

    def act(self, name: str, dossier_id: UUID, at: datetime) -> None:
        from motcua.dossiers import queries, services
        from motcua.provisioning.results import filled_in

        match name:
            case "assign":
                services.assign(actor=self.hanh, dossier_id=dossier_id, assignee_id=self.chau_account)
            case "submit":
                draft = queries.result_draft_of(actor=self.chau, dossier_id=dossier_id)
                services.submit_to_leader(
                    actor=self.chau,
                    dossier_id=dossier_id,
                    note="Đủ điều kiện",
                    content=filled_in(draft.template, draft.content, at.date()),
                )
            case "approve":
                services.approve(actor=self.dung, dossier_id=dossier_id)
            case "ask":
                services.ask_supplement(
                    actor=self.chau, dossier_id=dossier_id, reason="Bản chụp chưa rõ chữ ký"
                )
            case "supply":
                services.give_supplement(actor=self.binh, dossier_id=dossier_id, note="Đã nộp bản rõ")
            case "consult":
                services.ask_opinion(
                    actor=self.chau,
                    dossier_id=dossier_id,
                    agency_id=self.agriculture,
                    question="Có ý kiến về hồ sơ này?",
                )
            case "extend":
                self._extend(dossier_id, at)
            case "withdraw":
                services.withdraw_dossier(actor=self.binh, dossier_id=dossier_id, reason="Người nộp đổi ý")
            case "stop":
                services.stop_dossier(actor=self.binh, dossier_id=dossier_id, reason="Quá hạn bổ sung")

    def _extend(self, dossier_id: UUID, at: datetime) -> None:
        """An apology where it still comes a day ahead; a short term leaves no room for one."""
        from motcua.dossiers import errors, services

        try:
            services.apologise_and_extend(
                actor=self.dung,
                dossier_id=dossier_id,
                reason="Chờ đối chiếu sổ gốc",
                new_due_at=(at + timedelta(days=20)).replace(hour=17, minute=0),
            )
        except errors.ExtensionRefused:
            return


def _application(cast: _Cast, chance: random.Random, at: datetime, person: UUID) -> "Application":
    from motcua.catalogue import queries as catalogue
    from motcua.dossiers.services import Application, PaperGiven

    hits = [
        hit.code
        for hit in catalogue.find_procedures(limit=60).hits
        if hit.agency_level is catalogue.CompetentLevel.COMMUNE
    ]
    versions = [version for _, version in sorted(catalogue.versions_in_force(hits, at.date()).items())]
    answered = [(version, _answers(version, person)) for version in versions]
    version, answers = chance.choice(
        [pair for pair in answered if _is_said(*pair, on=at.date()) and pair[0].has_written_result]
    )
    case = version.cases[0]
    return Application(
        procedure_code=version.code,
        receiving_id=cast.an_binh,
        applicant_id=person,
        request_key=f"demo-{person}",
        case_key=case.key,
        form_digest=version.form.digest if version.form else "",
        form_data=answers,
        channel=chance.choice(
            (catalogue.Channel.COUNTER, catalogue.Channel.COUNTER, catalogue.Channel.POSTAL)
        ),
        papers=[
            PaperGiven(
                part.key, originals=part.originals, copies=part.copies, is_presented=part.is_shown_only
            )
            if part.originals or part.copies or part.is_shown_only
            else PaperGiven(part.key, originals=1)
            for part in case.components
            if part.is_required
        ],
    )


def _answers(version: "VersionSnapshot", person: UUID) -> dict[str, Any]:
    """The answers of the pack in the name of the person, as the desk knows them."""
    from motcua.catalogue import queries as catalogue
    from motcua.directory import queries as directory

    if version.form is None:
        return {}
    party = directory.party(person)
    known = {"full_name": party.full_name, "personal_number": party.personal_number, "address": party.address}
    own = catalogue.prefilled(version.form, {f"applicant.{name}": value for name, value in known.items()})
    answers = demo_answers().get(version.code, {})
    return {
        **answers,
        **{
            group: {**answers.get(group, {}), **said} for group, said in own.items() if isinstance(said, dict)
        },
    }


def _is_said(version: "VersionSnapshot", answers: dict[str, object], *, on: date) -> bool:
    from motcua.catalogue import queries as catalogue

    return version.form is None or not catalogue.validate_form(version.form, answers, today=on)
