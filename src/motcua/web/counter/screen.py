"""What is on the desk: one posted form holds everything, so that every button gives it all back and nothing is kept twice."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.catalogue.errors import ProcedureUnknown
from motcua.catalogue.queries import Case, Channel, ProcedureHit, VersionSnapshot
from motcua.directory import queries as directory
from motcua.directory.queries import PartyKind, PartyView
from motcua.documents.queries import FileView
from motcua.dossiers.queries import SlipView, checklist_of, door_slip
from motcua.dossiers.services import DECLARATION, Application
from motcua.dossiers.words import (
    MandateKind,
)
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.errors import OutOfScope
from motcua.kernel.ids import new_id
from motcua.web.counter import contact
from motcua.web.counter.papers import PaperLine, count_of, given, lay_papers, offer_held, read_lines, text_of
from motcua.web.kit import forms
from motcua.web.kit.forms import Bound, FormDefinition
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.officers.words import in_english


@dataclass(slots=True)
class Screen:
    """The whole screen. `faults` maps field names to what is wrong with them."""

    request_key: str
    agency_id: UUID | None
    party: PartyView | None = None
    submitter: PartyView | None = None
    mandate_kind: str = ""
    mandate_ground: str = ""
    mandate_scope: str = ""
    person_text: str = ""
    person_asked: str = ""
    people: tuple[PartyView, ...] = ()
    has_searched_people: bool = False
    new_person: dict[str, str] = field(default_factory=dict)
    is_adding_person: bool = False
    #: Those found are perhaps the one being written down.
    is_doubtful: bool = False
    #: Told at the desk, and other than what is recorded of the person (`web.counter.contact`).
    contact: dict[str, str] = field(default_factory=dict)
    contact_use: str = ""
    is_changing_contact: bool = False
    procedure_text: str = ""
    procedure_asked: str = ""
    hits: tuple[ProcedureHit, ...] = ()
    has_searched_procedures: bool = False
    version: VersionSnapshot | None = None
    case: Case | None = None
    lines: list[PaperLine] = field(default_factory=list)
    hand: str = ""
    #: Files that came before a paper was chosen for them.
    waiting: list[FileView] = field(default_factory=list)
    definition: FormDefinition | None = None
    form_digest: str = ""
    form_data: dict[str, Any] = field(default_factory=dict)
    #: Answers that came from what is known of the person and that nobody changed.
    filled: dict[str, Any] = field(default_factory=dict)
    added_row: str = ""
    return_way: str = "counter"
    return_address: str = ""
    sets: str = "1"
    reason: str = ""
    ground: str = ""
    supply_by: str = ""
    #: The slip of the visit before, laid on the desk again.
    slip: SlipView | None = None
    faults: dict[str, str] = field(default_factory=dict)
    form_faults: dict[str, str] = field(default_factory=dict)

    @property
    def in_hand(self) -> PaperLine | None:
        """The line whose paper is being looked at: the chosen one, or the last that has a file."""
        chosen = [line for line in self.lines if line.key == self.hand]
        with_file = [line for line in self.lines if line.file]
        found = chosen or with_file
        return found[-1] if found else None

    @property
    def missing(self) -> list[str]:
        """Names of required papers with nothing against them: what form 02 would ask for."""
        return [
            line.component.name for line in self.lines if line.component.is_required and line.given() is None
        ]

    @property
    def is_represented(self) -> bool:
        """The submitter is the applicant's legal representative: no other right has to be stated."""
        party, submitter = self.party, self.submitter
        return bool(party and submitter and party.legal_representative_id == submitter.id)

    @property
    def mandate(self) -> dict[str, str]:
        """By what right the submitter hands in, as the intake keeps it."""
        if self.submitter is None or self.is_represented:
            return {}
        said = {"kind": self.mandate_kind, "ground": self.mandate_ground, "scope": self.mandate_scope}
        return {name: value for name, value in said.items() if value}

    def bound(self) -> Bound | None:
        if self.definition is None:
            return None
        known = prefill(self.party) if self.party else {}
        return forms.bind(self.definition, self.form_data, self.form_faults, known, added_row=self.added_row)

    def _contact(self, party: PartyView) -> dict[str, str]:
        """How the person is reached, and where the post brings the result where it does."""
        told = contact.given(party, self.contact)
        return {**told, "return_address": self.return_address} if self.return_address else told

    def application(self) -> Application | None:
        """What is asked for; None (with the faults noted) while a person, a procedure or an agency is not chosen."""
        if self.party is None:
            self.faults["person"] = gettext("Chọn người nộp hồ sơ: quét thẻ, tìm hoặc ghi mới.")
        if self.version is None:
            self.faults["procedure"] = gettext("Chọn thủ tục.")
        if self.submitter is not None and not self.is_represented:
            if self.mandate_kind not in set(MandateKind):
                self.faults["mandate_kind"] = gettext("Chọn vì sao người này được nộp thay.")
            if not self.mandate_ground:
                self.faults["mandate_ground"] = gettext(
                    "Ghi quan hệ, ví dụ “con ruột”; hoặc số và ngày của văn bản ủy quyền."
                )
        self.faults |= contact.faults(self.contact, self.contact_use) if self.party else {}
        if self.party is None or self.version is None or self.case is None or self.agency_id is None:
            return None
        if self.faults:
            return None
        return Application(
            procedure_code=self.version.code,
            receiving_id=self.agency_id,
            applicant_id=self.party.id,
            request_key=self.request_key,
            case_key=self.case.key,
            channel=Channel.COUNTER,
            submitter_id=self.submitter.id if self.submitter else None,
            mandate=self.mandate,
            contact=self._contact(self.party),
            form_digest=self.form_digest,
            form_data=self.form_data,
            papers=given(self.lines),
            return_way=self.return_way,
            sets=max(1, count_of(self.sets)),
            slip_id=self.slip.id if self.slip else None,
        )


def empty_screen(request: HttpRequest, actor: Actor) -> Screen:
    """A clean desk; `?thu-tuc=` and `?nguoi=` may lay something on it already."""
    screen = Screen(request_key=str(new_id()), agency_id=next(iter(receiving_agencies(actor)), None))
    code = request.GET.get("thu-tuc", "")
    if code:
        choose_procedure(screen, code, None)
    if (slip := slip_of(actor, request.GET.get("phieu"))) is not None:
        lay_again(screen, actor, slip)
    return screen


def slip_of(actor: Actor, text: str | None) -> SlipView | None:
    """The slip of an id, where the actor reads it and nothing was received on it yet."""
    slip_id = uuid_or_none(text)
    try:
        slip = door_slip(actor=actor, slip_id=slip_id) if slip_id else None
    except OutOfScope:
        return None
    return slip if slip and slip.dossier_id is None else None


def lay_again(screen: Screen, actor: Actor, slip: SlipView) -> None:
    """What was on the desk when the person was sent home: they bring what was missing, nothing is typed twice."""
    kept = slip.kept
    screen.slip, screen.party = slip, _party(str(slip.applicant_id))
    screen.submitter = _party(kept["submitter_id"])
    screen.contact = contact.differing(screen.party, kept["contact"]) if screen.party else {}
    mandate = kept["mandate"]
    screen.mandate_kind, screen.mandate_ground = mandate.get("kind", ""), mandate.get("ground", "")
    screen.mandate_scope = mandate.get("scope", "")
    if slip.agency_id in receiving_agencies(actor):
        screen.agency_id = slip.agency_id
    choose_procedure(screen, slip.procedure_code, kept["case_key"])
    lay_papers(screen.lines, kept["papers"], actor)
    if screen.party is not None:
        offer_held(screen.lines, screen.party.id)
    screen.form_data, screen.return_way = dict(kept["form_data"]), kept["return_way"]
    screen.return_address = kept["contact"].get("return_address", "")
    screen.sets = str(kept["sets"])


def read_screen(request: HttpRequest, actor: Actor) -> Screen:
    """Everything as posted; what the desk asks at its foot has names (`desk_…`) that no question of an e-form has.

    Ids that are not visible to the actor, or damaged, are as if never chosen.
    """
    post = request.POST
    agencies = receiving_agencies(actor)
    agency_id = uuid_or_none(post.get("agency"))
    screen = Screen(
        request_key=post.get("request_key", "") or str(new_id()),
        agency_id=agency_id if agency_id in agencies else next(iter(agencies), None),
        party=_party(post.get("party")),
        submitter=_party(post.get("submitter")),
        mandate_kind=text_of(post, "mandate_kind"),
        mandate_ground=text_of(post, "mandate_ground")[:_LONGEST],
        mandate_scope=text_of(post, "mandate_scope"),
        person_text=text_of(post, "person"),
        person_asked=text_of(post, "person_asked"),
        new_person={name: text_of(post, f"new.{name}") for name in NEW_PERSON},
        is_adding_person=bool(post.get("adding")),
        contact_use=text_of(post, "contact_use"),
        is_changing_contact=bool(post.get("changing_contact")),
        procedure_text=text_of(post, "procedure"),
        procedure_asked=text_of(post, "procedure_asked"),
        hand=text_of(post, "hand"),
        return_way=text_of(post, "return_way") or "counter",
        return_address=text_of(post, "return_address")[:_LONGEST],
        sets=text_of(post, "sets") or "1",
        reason=text_of(post, "desk_reason"),
        ground=text_of(post, "desk_ground"),
        supply_by=text_of(post, "desk_supply_by"),
        slip=slip_of(actor, post.get("desk_slip")),
    )
    if screen.party is not None:
        typed = {name: text_of(post, f"contact.{name}") for name in contact.CONTACT}
        screen.contact = contact.differing(screen.party, typed)
    if code := text_of(post, "code"):
        choose_procedure(screen, code, text_of(post, "case") or None)
    read_lines(screen.lines, post, actor)
    if screen.party is not None and screen.lines:
        offer_held(screen.lines, screen.party.id)
    if screen.definition is not None:
        known = prefill(screen.party) if screen.party else {}
        parsed = forms.parse(screen.definition, post, forms.locked_values(screen.definition, known), known)
        screen.form_data = forms.with_offers(screen.definition, parsed, known)
        screen.form_faults = dict(parsed.faults)
        screen.filled = parsed.filled
        screen.added_row = parsed.added_row
        screen.form_digest = text_of(post, "form_digest")
    return screen


def rebind(screen: Screen, before: PartyView | None) -> None:
    """Another person stands at the desk: what came from what is known of the former one goes out of the form, and so does
    the contact; what somebody typed stays.
    """
    if before is None or (screen.party is not None and screen.party.id == before.id):
        return
    screen.form_faults = {
        path: said for path, said in screen.form_faults.items() if path not in screen.filled
    }
    screen.form_data, screen.filled = forms.without_filled(screen.form_data, screen.filled), {}


def choose_procedure(screen: Screen, code: str, case_key: str | None) -> None:
    """Lay the checklist and the form of the version in force on the desk; an unknown code leaves it as it is."""
    try:
        version = catalogue.version_in_force(code, clock.today())
    except ProcedureUnknown:
        screen.faults["procedure"] = gettext("Thủ tục này hiện không có bản đang có hiệu lực.")
        return
    case = next((one for one in version.cases if one.key == case_key), version.case(None))
    screen.version, screen.case = version, case
    # The e-form stands for the declaration on paper: it is filled in below, not ticked.
    wanted = checklist_of(case, screen.mandate)
    components = [c for c in wanted if version.form is None or c.key != DECLARATION]
    screen.lines = [PaperLine(component) for component in components]
    if version.form is not None:
        screen.definition = forms.read(version.form, "en" if in_english() else "vi")
        screen.form_digest = version.form.digest


def receiving_agencies(actor: Actor) -> dict[UUID, str]:
    """Agencies in whose name the actor receives, by name."""
    ids = actor.agencies_with("dossier.receive") - {EVERYWHERE}
    return dict(
        sorted(((key, view.name) for key, view in directory.agencies(ids).items()), key=lambda one: one[1])
    )


def prefill(party: PartyView) -> dict[str, forms.Known]:
    """What is known of the person, by the names that forms prefill from."""
    source = gettext("hồ sơ người nộp")
    known = {
        "applicant.full_name": party.full_name,
        "applicant.personal_number": party.personal_number or "",
        "applicant.birth_on": str(party.born or ""),
        "applicant.sex": party.sex.value if party.sex else "",
        "applicant.address": party.address,
        "organisation.name": party.full_name if party.kind is PartyKind.ORGANISATION else "",
    }
    return {name: forms.Known(value, source) for name, value in known.items() if value}


#: Longer than anybody writes, and short enough for what is printed.
_LONGEST = 1000
NEW_PERSON = (
    "kind", "name", "paper", "number", "country", "birth.d", "birth.m", "birth.y", "sex", "phone", "address",
)  # fmt: skip


def _party(text: str | None) -> PartyView | None:
    party_id = uuid_or_none(text)
    try:
        return directory.party(party_id) if party_id else None
    except OutOfScope:
        return None
