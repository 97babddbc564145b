"""The legal life of a dossier as one declared table.

Every act is a `Move`: where it may start, where it leads, who may do it in which agency, what it does to the legal clock,
whether it needs a reason, which statutory form it issues and which kind of step it completes. Sources: Decree 61/2018
arts 15–20 and its successor Decree 118/2025; forms of Circular 03/2025/TT-VPCP.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.errors import MoveImpossible, ReasonMissing
from motcua.dossiers.rules.states import OPEN, PAUSED, State


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


class Form(StrEnum):
    """Statutory forms of the one-stop mechanism (numbers of Circular 03/2025)."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL_SHEET = "06"
    LEDGER = "07"


FORM_TITLES: dict[Form, str] = {
    Form.RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    Form.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    Form.REFUSAL: "Phiếu từ chối giải quyết hồ sơ",
    Form.APOLOGY: "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    Form.STOP: "Phiếu thông báo dừng giải quyết hồ sơ",
    Form.CONTROL_SHEET: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    Form.LEDGER: "Sổ theo dõi hồ sơ",
}


class Stage(StrEnum):
    """Kinds of step a move can complete; the values are those of the catalogue's process graphs."""

    RECEIVE = "receive"
    ASSIGN = "assign"
    APPRAISE = "appraise"
    CONSULT = "consult"
    SUBMIT = "submit"
    SIGN = "sign"
    NUMBER = "number"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Move:
    """`target` None keeps the state; `sources` empty means the move begins a dossier."""

    key: str
    name: str
    sources: frozenset[State]
    target: State | None
    side: Side
    permission: str | None
    clock: Clock = Clock.NONE
    needs_reason: bool = False
    form: Form | None = None
    completes: Stage | None = None

    def arrives_at(self, state: State) -> State:
        return self.target or state


_WORK = frozenset({State.RECEIVED, State.PROCESSING})
_UNDECIDED = frozenset(
    {
        State.SUBMITTED,
        State.INCOMPLETE,
        State.RECEIVED,
        State.PROCESSING,
        State.SUPPLEMENT,
        State.PAYMENT,
        State.AT_LEADER,
    }
)
_RUNNING = frozenset(
    {State.RECEIVED, State.PROCESSING, State.AT_LEADER, State.DECIDED, State.SIGNED, State.SEALED}
)


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


_TABLE = (
    Move("submit", "Nộp hồ sơ trực tuyến", frozenset(), State.SUBMITTED, Side.APPLICANT, None),
    Move(
        "register",
        "Tiếp nhận hồ sơ tại quầy",
        frozenset(),
        State.RECEIVED,
        Side.RECEIVING,
        "dossier.receive",
        clock=Clock.START,
        form=Form.RECEIPT,
        completes=Stage.RECEIVE,
    ),
    Move(
        "receive",
        "Tiếp nhận hồ sơ",
        _from(State.SUBMITTED),
        State.RECEIVED,
        Side.RECEIVING,
        "dossier.receive",
        clock=Clock.START,
        form=Form.RECEIPT,
        completes=Stage.RECEIVE,
    ),
    Move(
        "refuse_at_door",
        "Từ chối tiếp nhận",
        _from(State.SUBMITTED, State.INCOMPLETE),
        State.REFUSED_AT_DOOR,
        Side.RECEIVING,
        "dossier.refuse_at_door",
        needs_reason=True,
        form=Form.REFUSAL,
    ),
    Move(
        "ask_completion",
        "Yêu cầu hoàn thiện trước khi tiếp nhận",
        _from(State.SUBMITTED),
        State.INCOMPLETE,
        Side.RECEIVING,
        "dossier.ask_supplement",
        needs_reason=True,
        form=Form.SUPPLEMENT,
    ),
    Move("complete", "Hoàn thiện hồ sơ", _from(State.INCOMPLETE), State.SUBMITTED, Side.APPLICANT, None),
    Move(
        "ask_supplement",
        "Yêu cầu bổ sung hồ sơ",
        _WORK,
        State.SUPPLEMENT,
        Side.EITHER,
        "dossier.ask_supplement",
        clock=Clock.PAUSE,
        needs_reason=True,
        form=Form.SUPPLEMENT,
    ),
    Move(
        "supply",
        "Bổ sung hồ sơ",
        _from(State.SUPPLEMENT),
        State.PROCESSING,
        Side.APPLICANT,
        None,
        clock=Clock.RESUME,
    ),
    Move(
        "assign",
        "Phân công thụ lý",
        _WORK,
        State.PROCESSING,
        Side.COMPETENT,
        "dossier.assign",
        completes=Stage.ASSIGN,
    ),
    Move(
        "forward",
        "Chuyển bước xử lý",
        _from(State.PROCESSING),
        State.PROCESSING,
        Side.COMPETENT,
        "dossier.appraise",
        completes=Stage.APPRAISE,
    ),
    Move(
        "consult",
        "Lấy ý kiến cơ quan phối hợp",
        _from(State.PROCESSING),
        None,
        Side.COMPETENT,
        "dossier.consult",
        needs_reason=True,
    ),
    Move(
        "answer_consultation",
        "Trả lời lấy ý kiến",
        _from(State.PROCESSING, State.SUPPLEMENT, State.PAYMENT),
        None,
        Side.CONSULTED,
        "dossier.answer_consultation",
        needs_reason=True,
    ),
    Move(
        "require_payment",
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        _from(State.PROCESSING),
        State.PAYMENT,
        Side.COMPETENT,
        "dossier.require_payment",
        clock=Clock.PAUSE,
        needs_reason=True,
    ),
    Move(
        "settle",
        "Đã hoàn thành nghĩa vụ tài chính",
        _from(State.PAYMENT),
        State.PROCESSING,
        Side.EITHER,
        "payment.collect",
        clock=Clock.RESUME,
    ),
    Move(
        "submit_to_leader",
        "Trình lãnh đạo",
        _from(State.PROCESSING),
        State.AT_LEADER,
        Side.COMPETENT,
        "dossier.submit",
        completes=Stage.SUBMIT,
    ),
    Move(
        "send_back",
        "Trả lại để xử lý tiếp",
        _from(State.AT_LEADER),
        State.PROCESSING,
        Side.COMPETENT,
        "dossier.send_back",
        needs_reason=True,
    ),
    Move("approve", "Phê duyệt", _from(State.AT_LEADER), State.DECIDED, Side.COMPETENT, "dossier.approve"),
    Move(
        "refuse",
        "Từ chối giải quyết",
        _from(State.AT_LEADER),
        State.DECIDED,
        Side.COMPETENT,
        "dossier.refuse",
        needs_reason=True,
        form=Form.REFUSAL,
    ),
    Move(
        "sign",
        "Ký kết quả",
        _from(State.DECIDED),
        State.SIGNED,
        Side.COMPETENT,
        "dossier.sign",
        completes=Stage.SIGN,
    ),
    Move(
        "number_and_seal",
        "Vào số và đóng dấu",
        _from(State.SIGNED),
        State.SEALED,
        Side.COMPETENT,
        "dossier.number_and_seal",
        completes=Stage.NUMBER,
    ),
    Move(
        "issue",
        "Phát hành kết quả",
        _from(State.SEALED),
        State.ISSUED,
        Side.COMPETENT,
        "dossier.issue",
        clock=Clock.STOP,
    ),
    Move(
        "hand_over",
        "Trả kết quả",
        _from(State.ISSUED),
        State.RETURNED,
        Side.RETURN,
        "dossier.hand_over",
        completes=Stage.RETURN,
    ),
    Move(
        "withdraw",
        "Rút hồ sơ",
        _UNDECIDED,
        State.WITHDRAWN,
        Side.APPLICANT,
        None,
        clock=Clock.STOP,
        needs_reason=True,
    ),
    Move(
        "stop",
        "Dừng giải quyết",
        _UNDECIDED - {State.SUBMITTED, State.INCOMPLETE},
        State.STOPPED,
        Side.EITHER,
        "dossier.stop",
        clock=Clock.STOP,
        needs_reason=True,
        form=Form.STOP,
    ),
    Move(
        "extend",
        "Xin lỗi và hẹn lại ngày trả kết quả",
        _RUNNING,
        None,
        Side.EITHER,
        "dossier.extend",
        needs_reason=True,
        form=Form.APOLOGY,
    ),
    Move(
        "transfer",
        "Bàn giao cho cơ quan kế tiếp",
        frozenset(OPEN),
        None,
        Side.ADMINISTRATION,
        "directory.manage",
        needs_reason=True,
    ),
    Move(
        "acknowledge",
        "Xác nhận tiếp nhận bàn giao",
        frozenset(OPEN),
        None,
        Side.COMPETENT,
        "dossier.assign",
    ),
    Move(
        "reproject",
        "Tính lại hạn do lịch làm việc thay đổi",
        _RUNNING,
        None,
        Side.ADMINISTRATION,
        "directory.manage",
        needs_reason=True,
    ),
    Move(
        "change_version",
        "Chuyển sang phiên bản thủ tục khác",
        frozenset(OPEN),
        None,
        Side.ADMINISTRATION,
        "catalogue.manage",
        needs_reason=True,
    ),
    Move(
        "reopen",
        "Mở lại để đính chính kết quả",
        _from(State.ISSUED, State.RETURNED),
        State.CORRECTING,
        Side.COMPETENT,
        "dossier.correct",
        needs_reason=True,
    ),
    Move(
        "sign_correction",
        "Ký kết quả đính chính",
        _from(State.CORRECTING),
        State.CORRECTION_SIGNED,
        Side.COMPETENT,
        "dossier.sign",
    ),
    Move(
        "seal_correction",
        "Đóng dấu và phát hành kết quả đính chính",
        _from(State.CORRECTION_SIGNED),
        State.ISSUED,
        Side.COMPETENT,
        "dossier.number_and_seal",
    ),
)

MOVES: dict[str, Move] = {move.key: move for move in _TABLE}


def move_named(key: str) -> Move:
    """The move of this key; an unknown key is refused like any impossible move."""
    try:
        return MOVES[key]
    except KeyError:
        raise MoveImpossible(move=key, state="") from None


def check_move(move: Move, state: State, reason: str) -> State:
    """The state the move arrives at, or `MoveImpossible` / `ReasonMissing`."""
    if state not in move.sources:
        raise MoveImpossible(move=move.name, state=state)
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(move=move.name)
    return move.arrives_at(state)


def moves_from(state: State) -> Iterable[Move]:
    """Every move that may start here, in the order of the law."""
    return (move for move in _TABLE if state in move.sources)


def pauses(state: State) -> bool:
    """Whether the legal clock stands still in this state."""
    return state in PAUSED
