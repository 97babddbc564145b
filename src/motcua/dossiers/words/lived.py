"""A dossier as the person lives it: five steps, whatever happens inside the administration.

Every declared move is one of these: it ends a step, it is something the person is told besides, or it is nobody's business
but the administration's (assigning, consulting, sending back) and never reaches the person's page, its reason least of all.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from motcua.dossiers.words.life import MOVES
from motcua.dossiers.words.moves import MoveKey, Side
from motcua.dossiers.words.states import State


class LivedStep(StrEnum):
    SENT = "sent"
    RECEIVED = "received"
    WORKED = "worked"
    SIGNED = "signed"
    RESULT = "result"


LIVED_NAMES: Mapping[LivedStep, str] = MappingProxyType(
    {
        LivedStep.SENT: "Bạn gửi hồ sơ",
        LivedStep.RECEIVED: "Nơi tiếp nhận xem giấy tờ và nhận hồ sơ",
        LivedStep.WORKED: "Cơ quan kiểm tra và giải quyết",
        LivedStep.SIGNED: "Lãnh đạo xem và ký",
        LivedStep.RESULT: "Bạn nhận kết quả",
    }
)

#: The last step that is over once a move is made; other moves end none.
STEP_ENDED: Mapping[MoveKey, LivedStep] = MappingProxyType(
    {
        MoveKey.SUBMIT: LivedStep.SENT,
        MoveKey.REGISTER: LivedStep.RECEIVED,
        MoveKey.RECEIVE: LivedStep.RECEIVED,
        MoveKey.SUBMIT_TO_LEADER: LivedStep.WORKED,
        MoveKey.SIGN: LivedStep.SIGNED,
        MoveKey.HAND_OVER: LivedStep.RESULT,
    }
)

#: The step that is under way in a state; absent where the matter is over.
STEP_NOW: Mapping[State, LivedStep] = MappingProxyType(
    {
        State.SUBMITTED: LivedStep.RECEIVED,
        State.INCOMPLETE: LivedStep.RECEIVED,
        State.RECEIVED: LivedStep.WORKED,
        State.PROCESSING: LivedStep.WORKED,
        State.SUPPLEMENT: LivedStep.WORKED,
        State.PAYMENT: LivedStep.WORKED,
        State.AT_LEADER: LivedStep.SIGNED,
        State.DECIDED: LivedStep.SIGNED,
        State.SIGNED: LivedStep.RESULT,
        State.SEALED: LivedStep.RESULT,
        State.ISSUED: LivedStep.RESULT,
        State.CORRECTING: LivedStep.RESULT,
        State.CORRECTION_SIGNED: LivedStep.RESULT,
    }
)

#: What happens next, for whoever waits: in every state, in a sentence.
NEXT_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.SUBMITTED: "Nơi tiếp nhận xem giấy tờ, rồi báo bạn đã nhận hay cần bổ sung.",
        State.INCOMPLETE: "Bạn bổ sung theo thông báo để hồ sơ được tiếp nhận.",
        State.REFUSED_AT_DOOR: "Hồ sơ không được tiếp nhận; lý do ghi trong thông báo gửi bạn. Bạn có thể nộp hồ sơ mới.",
        State.RECEIVED: "Cơ quan kiểm tra hồ sơ.",
        State.PROCESSING: "Cơ quan đang kiểm tra hồ sơ, rồi lãnh đạo xem và ký.",
        State.SUPPLEMENT: "Bạn bổ sung theo thông báo; thời hạn dừng cho đến khi bạn gửi.",
        State.PAYMENT: "Bạn nộp khoản được thông báo; thời hạn dừng cho đến khi nộp xong.",
        State.AT_LEADER: "Lãnh đạo xem và ký.",
        State.DECIDED: "Lãnh đạo ký kết quả.",
        State.SIGNED: "Văn thư ghi số, đóng dấu rồi trả kết quả.",
        State.SEALED: "Kết quả sắp được trả.",
        State.ISSUED: "Bạn nhận kết quả theo cách đã chọn.",
        State.RETURNED: "Kết quả đã đến tay người nhận.",
        State.WITHDRAWN: "Hồ sơ đã được rút và không được giải quyết tiếp. Muốn làm lại, nộp hồ sơ mới.",
        State.STOPPED: "Cơ quan đã dừng giải quyết; lý do ghi trong thông báo gửi người nộp.",
        State.CORRECTING: "Cơ quan đang sửa sai sót trong kết quả đã trả.",
        State.CORRECTION_SIGNED: "Kết quả sửa lại đã ký, chờ đóng dấu.",
    }
)

#: Corrections and reckonings that go on inside; the person sees their outcome, not the act.
_SILENT = frozenset(
    {MoveKey.ISSUE, MoveKey.SEAL_CORRECTION, MoveKey.HAND_OVER, MoveKey.REGISTER, MoveKey.RECEIVE}
)


def is_told(move: MoveKey) -> bool:
    """Whether the person is told of the move besides the steps: it has a notice or a form, or is their own act."""
    declared = MOVES[move]
    if move in STEP_ENDED or move in _SILENT:
        return False
    return declared.side is Side.APPLICANT or declared.notice is not None


def is_reason_theirs(move: MoveKey) -> bool:
    """Whether what was written as the reason is addressed to the person, or written by them."""
    return is_told(move) and MOVES[move].needs_reason


def was_taken_back(state: str) -> bool:
    """Whether the person took the dossier back, as opposed to everything an administration may end it with."""
    return State(state) is State.WITHDRAWN
