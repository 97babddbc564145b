"""Duties: which act a dossier waits for, and what that work is called in a list of one's own. Made of the table of moves."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from motcua.dossiers.words.life import MOVES
from motcua.dossiers.words.moves import MoveKey, Weight
from motcua.dossiers.words.states import State

#: Onward acts beside the main one of their state: whoever appraises also passes on; a hand-over and an opinion wait beside
#: whatever else the dossier waits for, so that they do not follow from its state.
_BESIDE: Final = frozenset({MoveKey.FORWARD, MoveKey.ACKNOWLEDGE, MoveKey.ANSWER_CONSULTATION})

#: The officers' acts that carry a dossier on from each state, as the law orders them.
ONWARD: Final[Mapping[State, tuple[MoveKey, ...]]] = MappingProxyType(
    {
        state: tuple(
            move.key
            for move in MOVES.values()
            if move.weight is Weight.ONWARD
            and move.permission is not None
            and state in move.sources
            and move.key not in _BESIDE
        )
        for state in State
    }
)

#: What each kind of work is called, in the order of a dossier's way.
DUTY_NAMES: Final[Mapping[MoveKey, str]] = MappingProxyType(
    {
        MoveKey.RECEIVE: "Tiếp nhận",
        MoveKey.ACKNOWLEDGE: "Xác nhận bàn giao",
        MoveKey.ASSIGN: "Phân công",
        MoveKey.SUBMIT_TO_LEADER: "Thẩm định, trình",
        MoveKey.ANSWER_CONSULTATION: "Trả lời ý kiến",
        MoveKey.SETTLE: "Thu nghĩa vụ tài chính",
        MoveKey.APPROVE: "Duyệt",
        MoveKey.SIGN: "Ký",
        MoveKey.NUMBER_AND_SEAL: "Vào số, đóng dấu",
        MoveKey.ISSUE: "Phát hành",
        MoveKey.HAND_OVER: "Trả kết quả",
        MoveKey.SIGN_CORRECTION: "Ký đính chính",
        MoveKey.SEAL_CORRECTION: "Đóng dấu đính chính",
    }
)
