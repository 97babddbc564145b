"""What is said of an act on a dossier: where it may start and lead, whose it is, what it does to the legal clock, what it
issues, tells and ends, and where people find it. The acts themselves stand in `life`.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.catalogue.words import StepKind
from motcua.dossiers.words.forms import FORMS, StatutoryForm
from motcua.dossiers.words.notices import NoticeKind
from motcua.dossiers.words.states import Ending, Outcome, State


class MoveKey(StrEnum):
    """Every act on a dossier. The set is closed: configuration chooses among them, it never invents one."""

    SUBMIT = "submit"
    REGISTER = "register"
    RECEIVE = "receive"
    REFUSE_AT_DOOR = "refuse_at_door"
    UNDO_RECEPTION = "undo_reception"
    ASK_COMPLETION = "ask_completion"
    COMPLETE = "complete"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLY = "supply"
    ASSIGN = "assign"
    FORWARD = "forward"
    CONSULT = "consult"
    ANSWER_CONSULTATION = "answer_consultation"
    REQUIRE_PAYMENT = "require_payment"
    SETTLE = "settle"
    SUBMIT_TO_LEADER = "submit_to_leader"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REFUSE = "refuse"
    SIGN = "sign"
    NUMBER_AND_SEAL = "number_and_seal"
    ISSUE = "issue"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    STOP = "stop"
    PROPOSE_EXTENSION = "propose_extension"
    EXTEND = "extend"
    TRANSFER = "transfer"
    ACKNOWLEDGE = "acknowledge"
    REPROJECT = "reproject"
    FOLLOW_CORRECTION = "follow_correction"
    CHANGE_VERSION = "change_version"
    REOPEN = "reopen"
    SIGN_CORRECTION = "sign_correction"
    SEAL_CORRECTION = "seal_correction"


class Clock(StrEnum):
    """Effect of a move on the legal clock."""

    NONE = "none"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


class Side(StrEnum):
    """Whose act it is, and in which of the dossier's organisations an officer must hold the permission."""

    APPLICANT = "applicant"
    RECEIVING = "receiving"
    COMPETENT = "competent"
    EITHER = "either"  # receiving or competent
    RETURN = "return"
    CONSULTED = "consulted"
    ADMINISTRATION = (
        "administration"  # whoever looks after agencies, calendars and procedures of the province
    )


class MovePlace(StrEnum):
    """Where a person finds the act."""

    SPACE = "space"  # the applicant's own space on the portal
    DESK = "desk"  # face to face, on the desk's page
    OFFICE = "office"  # a page of its own for officers
    OPINIONS = "opinions"  # the list of opinions asked of an agency
    ADMINISTRATION = "administration"  # many dossiers at once; never offered on the page of one


class Weight(StrEnum):
    """How an act stands among those open at one time."""

    ONWARD = "onward"  # carries the dossier on: one of these is the main button
    PLAIN = "plain"  # asks, stops the clock or turns back
    GRAVE = "grave"  # ends without what was asked for: shown as a warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One act on a dossier, with everything the law and the faces need to know of it.

    `target` None keeps the state; `sources` empty means the move begins a dossier. `permission` is None for the applicant's
    own acts. `is_leaders`: needs the right to sign, and may be done in somebody's place; `shows_result`: whoever does it
    has the result before their eyes; `gives_more`: brings what was asked for; `decides`: the outcome it gives the dossier.
    `ends_as`: what the dossier is to the statistics when the move ends it. `only_on_day`: it is done on the day of the receipt;
    `not_online`: never to what a person sent online.
    """

    key: MoveKey
    name: str
    side: Side
    sources: frozenset[State] = frozenset()
    target: State | None = None
    permission: str | None = None
    places: frozenset[MovePlace] = frozenset({MovePlace.OFFICE})
    weight: Weight = Weight.PLAIN
    clock: Clock = Clock.NONE
    needs_reason: bool = False
    form: StatutoryForm | None = None
    notice: NoticeKind | None = None
    completes: StepKind | None = None
    decides: Outcome | None = None
    ends_as: Ending | None = None
    is_leaders: bool = False
    shows_result: bool = False
    gives_more: bool = False
    only_on_day: bool = False
    not_online: bool = False

    def arrives_at(self, state: State) -> State:
        return self.target or state

    @property
    def lists_papers(self) -> bool:
        """Whether its form shows the lines of the checklist."""
        return self.form is not None and FORMS[self.form].lists_papers
