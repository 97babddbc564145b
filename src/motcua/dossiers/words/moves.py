"""The legal life of a dossier as one declared table.

Every act is a `Move`: where it may start, where it leads, who may do it in which agency, what it does to the legal clock,
whether it needs a reason, which statutory form it issues and which kind of step it completes. Sources: Decree 61/2018
arts 15–20 and its successor Decree 118/2025; forms of Circular 03/2025/TT-VPCP.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.catalogue.words import StepKind
from motcua.dossiers.words.forms import Form
from motcua.dossiers.words.states import OPEN, State


class MoveKey(StrEnum):
    """Every act on a dossier. The set is closed: configuration chooses among them, it never invents one."""

    SUBMIT = "submit"
    REGISTER = "register"
    RECEIVE = "receive"
    REFUSE_AT_DOOR = "refuse_at_door"
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
    EXTEND = "extend"
    TRANSFER = "transfer"
    ACKNOWLEDGE = "acknowledge"
    REPROJECT = "reproject"
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


@dataclass(frozen=True, slots=True)
class Move:
    """`target` None keeps the state; `sources` empty means the move begins a dossier."""

    key: MoveKey
    name: str
    sources: frozenset[State]
    target: State | None
    side: Side
    permission: str | None
    clock: Clock = Clock.NONE
    needs_reason: bool = False
    form: Form | None = None
    completes: StepKind | None = None

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
    Move(MoveKey.SUBMIT, "Nộp hồ sơ trực tuyến", frozenset(), State.SUBMITTED, Side.APPLICANT, None),
    Move(
        MoveKey.REGISTER,
        "Tiếp nhận hồ sơ tại quầy",
        frozenset(),
        State.RECEIVED,
        Side.RECEIVING,
        "dossier.receive",
        clock=Clock.START,
        form=Form.RECEIPT,
        completes=StepKind.RECEIVE,
    ),
    Move(
        MoveKey.RECEIVE,
        "Tiếp nhận hồ sơ",
        _from(State.SUBMITTED),
        State.RECEIVED,
        Side.RECEIVING,
        "dossier.receive",
        clock=Clock.START,
        form=Form.RECEIPT,
        completes=StepKind.RECEIVE,
    ),
    Move(
        MoveKey.REFUSE_AT_DOOR,
        "Từ chối tiếp nhận",
        _from(State.SUBMITTED, State.INCOMPLETE),
        State.REFUSED_AT_DOOR,
        Side.RECEIVING,
        "dossier.refuse_at_door",
        needs_reason=True,
        form=Form.REFUSAL,
    ),
    Move(
        MoveKey.ASK_COMPLETION,
        "Yêu cầu hoàn thiện trước khi tiếp nhận",
        _from(State.SUBMITTED),
        State.INCOMPLETE,
        Side.RECEIVING,
        "dossier.ask_supplement",
        needs_reason=True,
        form=Form.SUPPLEMENT,
    ),
    Move(
        MoveKey.COMPLETE, "Hoàn thiện hồ sơ", _from(State.INCOMPLETE), State.SUBMITTED, Side.APPLICANT, None
    ),
    Move(
        MoveKey.ASK_SUPPLEMENT,
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
        MoveKey.SUPPLY,
        "Bổ sung hồ sơ",
        _from(State.SUPPLEMENT),
        State.PROCESSING,
        Side.APPLICANT,
        None,
        clock=Clock.RESUME,
    ),
    Move(
        MoveKey.ASSIGN,
        "Phân công thụ lý",
        _WORK,
        State.PROCESSING,
        Side.COMPETENT,
        "dossier.assign",
        completes=StepKind.ASSIGN,
    ),
    Move(
        MoveKey.FORWARD,
        "Chuyển bước xử lý",
        _from(State.PROCESSING),
        State.PROCESSING,
        Side.COMPETENT,
        "dossier.appraise",
        completes=StepKind.APPRAISE,
    ),
    Move(
        MoveKey.CONSULT,
        "Lấy ý kiến cơ quan phối hợp",
        _from(State.PROCESSING),
        None,
        Side.COMPETENT,
        "dossier.consult",
        needs_reason=True,
    ),
    Move(
        MoveKey.ANSWER_CONSULTATION,
        "Trả lời lấy ý kiến",
        _from(State.PROCESSING, State.SUPPLEMENT, State.PAYMENT),
        None,
        Side.CONSULTED,
        "dossier.answer_consultation",
        needs_reason=True,
    ),
    Move(
        MoveKey.REQUIRE_PAYMENT,
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        _from(State.PROCESSING),
        State.PAYMENT,
        Side.COMPETENT,
        "dossier.require_payment",
        clock=Clock.PAUSE,
        needs_reason=True,
    ),
    Move(
        MoveKey.SETTLE,
        "Đã hoàn thành nghĩa vụ tài chính",
        _from(State.PAYMENT),
        State.PROCESSING,
        Side.EITHER,
        "payment.collect",
        clock=Clock.RESUME,
    ),
    Move(
        MoveKey.SUBMIT_TO_LEADER,
        "Trình lãnh đạo",
        _from(State.PROCESSING),
        State.AT_LEADER,
        Side.COMPETENT,
        "dossier.submit",
        completes=StepKind.SUBMIT,
    ),
    Move(
        MoveKey.SEND_BACK,
        "Trả lại để xử lý tiếp",
        _from(State.AT_LEADER),
        State.PROCESSING,
        Side.COMPETENT,
        "dossier.send_back",
        needs_reason=True,
    ),
    Move(
        MoveKey.APPROVE, "Phê duyệt", _from(State.AT_LEADER), State.DECIDED, Side.COMPETENT, "dossier.approve"
    ),
    Move(
        MoveKey.REFUSE,
        "Từ chối giải quyết",
        _from(State.AT_LEADER),
        State.DECIDED,
        Side.COMPETENT,
        "dossier.refuse",
        needs_reason=True,
        form=Form.REFUSAL,
    ),
    Move(
        MoveKey.SIGN,
        "Ký kết quả",
        _from(State.DECIDED),
        State.SIGNED,
        Side.COMPETENT,
        "dossier.sign",
        completes=StepKind.SIGN,
    ),
    Move(
        MoveKey.NUMBER_AND_SEAL,
        "Vào số và đóng dấu",
        _from(State.SIGNED),
        State.SEALED,
        Side.COMPETENT,
        "dossier.number_and_seal",
        completes=StepKind.NUMBER,
    ),
    Move(
        MoveKey.ISSUE,
        "Phát hành kết quả",
        _from(State.SEALED),
        State.ISSUED,
        Side.COMPETENT,
        "dossier.issue",
        clock=Clock.STOP,
    ),
    Move(
        MoveKey.HAND_OVER,
        "Trả kết quả",
        _from(State.ISSUED),
        State.RETURNED,
        Side.RETURN,
        "dossier.hand_over",
        completes=StepKind.RETURN,
    ),
    Move(
        MoveKey.WITHDRAW,
        "Rút hồ sơ",
        _UNDECIDED,
        State.WITHDRAWN,
        Side.APPLICANT,
        None,
        clock=Clock.STOP,
        needs_reason=True,
    ),
    Move(
        MoveKey.STOP,
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
        MoveKey.EXTEND,
        "Xin lỗi và hẹn lại ngày trả kết quả",
        _RUNNING,
        None,
        Side.EITHER,
        "dossier.extend",
        needs_reason=True,
        form=Form.APOLOGY,
    ),
    Move(
        MoveKey.TRANSFER,
        "Bàn giao cho cơ quan kế tiếp",
        frozenset(OPEN),
        None,
        Side.ADMINISTRATION,
        "directory.manage",
        needs_reason=True,
    ),
    Move(
        MoveKey.ACKNOWLEDGE,
        "Xác nhận tiếp nhận bàn giao",
        frozenset(OPEN),
        None,
        Side.COMPETENT,
        "dossier.assign",
    ),
    Move(
        MoveKey.REPROJECT,
        "Tính lại hạn do lịch làm việc thay đổi",
        _RUNNING,
        None,
        Side.ADMINISTRATION,
        "directory.manage",
        needs_reason=True,
    ),
    Move(
        MoveKey.CHANGE_VERSION,
        "Chuyển sang phiên bản thủ tục khác",
        frozenset(OPEN),
        None,
        Side.ADMINISTRATION,
        "catalogue.manage",
        needs_reason=True,
    ),
    Move(
        MoveKey.REOPEN,
        "Mở lại để đính chính kết quả",
        _from(State.ISSUED, State.RETURNED),
        State.CORRECTING,
        Side.COMPETENT,
        "dossier.correct",
        needs_reason=True,
    ),
    Move(
        MoveKey.SIGN_CORRECTION,
        "Ký kết quả đính chính",
        _from(State.CORRECTING),
        State.CORRECTION_SIGNED,
        Side.COMPETENT,
        "dossier.sign",
    ),
    Move(
        MoveKey.SEAL_CORRECTION,
        "Đóng dấu và phát hành kết quả đính chính",
        _from(State.CORRECTION_SIGNED),
        State.ISSUED,
        Side.COMPETENT,
        "dossier.number_and_seal",
    ),
)

MOVES: dict[MoveKey, Move] = {move.key: move for move in _TABLE}
