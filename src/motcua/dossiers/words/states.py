"""The states of a dossier, the national statuses they map to, and how a dossier ends.

`State` is closed: nothing outside `rules` compares one with a literal. Signed, issued and handed over are facts of their
own on the result; the state only says where the dossier stands.
"""

from enum import StrEnum

from motcua.dossiers.words.national import National


class State(StrEnum):
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    REFUSED_AT_DOOR = "refused_at_door"
    RECEIVED = "received"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    AT_LEADER = "at_leader"
    DECIDED = "decided"
    SIGNED = "signed"
    SEALED = "sealed"
    ISSUED = "issued"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    CORRECTING = "correcting"
    CORRECTION_SIGNED = "correction_signed"


NATIONAL: dict[State, National] = {
    State.SUBMITTED: National.REGISTERED,
    State.INCOMPLETE: National.SUPPLEMENT,
    State.REFUSED_AT_DOOR: National.NOT_RECEIVED,
    State.RECEIVED: National.RECEIVED,
    State.PROCESSING: National.PROCESSING,
    State.SUPPLEMENT: National.SUPPLEMENT,
    State.PAYMENT: National.PAYMENT,
    State.AT_LEADER: National.PROCESSING,
    State.DECIDED: National.PROCESSING,
    State.SIGNED: National.PROCESSING,
    State.SEALED: National.PROCESSING,
    State.ISSUED: National.PROCESSED,
    State.RETURNED: National.RETURNED,
    State.WITHDRAWN: National.WITHDRAWN,
    State.STOPPED: National.STOPPED,
    # A correction repairs the authority's own error after the dossier ended: it does not reopen the count.
    State.CORRECTING: National.PROCESSED,
    State.CORRECTION_SIGNED: National.PROCESSED,
}

#: A leader has to decide, or to sign what was decided.
WITH_LEADER = (State.AT_LEADER, State.DECIDED)
#: The result is ready and waits to be fetched.
READY = State.ISSUED
#: Somebody in the administration still has to act before the result is ready.
OPEN = frozenset(
    {
        State.SUBMITTED,
        State.INCOMPLETE,
        State.RECEIVED,
        State.PROCESSING,
        State.SUPPLEMENT,
        State.PAYMENT,
        State.AT_LEADER,
        State.DECIDED,
        State.SIGNED,
        State.SEALED,
        State.CORRECTING,
        State.CORRECTION_SIGNED,
    }
)
#: The legal clock stands still: the next act is the citizen's.
PAUSED = frozenset({State.SUPPLEMENT, State.PAYMENT})
#: Not yet accepted: the legal clock has not started.
BEFORE_RECEIPT = frozenset({State.SUBMITTED, State.INCOMPLETE})
#: The result is ready or the matter is over.
ENDED = frozenset(set(State) - OPEN)
#: Ended without a result: nothing is left to be done on the process graph.
ABANDONED = frozenset({State.REFUSED_AT_DOOR, State.WITHDRAWN, State.STOPPED})

#: Received, and in the hands of those who work on it.
WORK = frozenset({State.RECEIVED, State.PROCESSING})
#: Nobody has decided yet: it can still be withdrawn.
UNDECIDED = frozenset(
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
#: The legal clock runs, whoever has the dossier in hand.
RUNNING = frozenset(
    {State.RECEIVED, State.PROCESSING, State.AT_LEADER, State.DECIDED, State.SIGNED, State.SEALED}
)


class Outcome(StrEnum):
    """What was decided; a refusal on the merits is a result (status 9), not a refusal at the door (status 3)."""

    GRANTED = "granted"
    REFUSED = "refused"


class Ending(StrEnum):
    """What an ended dossier is to the statistics. Only `RESOLVED` is ever counted as in time or late."""

    RESOLVED = "resolved"
    REFUSED_AT_DOOR = "refused_at_door"
    SENT_BACK = "sent_back"  # received, then found to be another authority's: nobody resolved it
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    MISTAKEN = "mistaken"  # the desk took it in by mistake and took that back the same day


STATE_NAMES: dict[State, str] = {
    State.SUBMITTED: "Mới đăng ký, chờ tiếp nhận",
    State.INCOMPLETE: "Chờ hoàn thiện trước khi tiếp nhận",
    State.REFUSED_AT_DOOR: "Từ chối tiếp nhận",
    State.RECEIVED: "Đã tiếp nhận",
    State.PROCESSING: "Đang giải quyết",
    State.SUPPLEMENT: "Chờ bổ sung hồ sơ",
    State.PAYMENT: "Chờ thực hiện nghĩa vụ tài chính",
    State.AT_LEADER: "Đang trình lãnh đạo",
    State.DECIDED: "Đã có quyết định, chờ ký",
    State.SIGNED: "Đã ký, chờ vào số và đóng dấu",
    State.SEALED: "Đã đóng dấu, chờ phát hành",
    State.ISSUED: "Đã có kết quả",
    State.RETURNED: "Đã trả kết quả",
    State.WITHDRAWN: "Đã rút hồ sơ",
    State.STOPPED: "Dừng giải quyết",
    State.CORRECTING: "Đang đính chính kết quả",
    State.CORRECTION_SIGNED: "Đã ký kết quả đính chính, chờ đóng dấu",
}
