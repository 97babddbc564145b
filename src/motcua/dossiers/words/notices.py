"""What people are told about a dossier; `channels` has the words of each kind."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """The kinds of notices; each is due after some move."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    REFUSED = "refused"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENTED = "supplemented"
    PAYMENT_REQUIRED = "payment_required"
    EXTENDED = "extended"
    RESULT_READY = "result_ready"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    RECEPTION_UNDONE = "reception_undone"
    CORRECTED = "corrected"
