"""The vocabulary of dossiers: states, forms and moves with everything the law says of each. No framework: whoever stands
above, rules included, reads these tables and keeps no list of its own.
"""

from motcua.dossiers.words.forms import (
    FORM_TITLES,
    Form,
)
from motcua.dossiers.words.moves import (
    MOVES,
    Clock,
    Move,
    MoveKey,
    Side,
)
from motcua.dossiers.words.papers import (
    NOT_ASKED,
    KnownFrom,
    MandateKind,
    MandateScope,
    Reuse,
)
from motcua.dossiers.words.states import (
    ABANDONED,
    BEFORE_RECEIPT,
    ENDED,
    NATIONAL,
    OPEN,
    PAUSED,
    READY,
    STATE_NAMES,
    WITH_LEADER,
    National,
    Outcome,
    State,
)
from motcua.dossiers.words.terms import (
    Punctuality,
    Urgency,
)

__all__ = [
    "ABANDONED",
    "BEFORE_RECEIPT",
    "ENDED",
    "FORM_TITLES",
    "MOVES",
    "NATIONAL",
    "NOT_ASKED",
    "OPEN",
    "PAUSED",
    "READY",
    "STATE_NAMES",
    "WITH_LEADER",
    "Clock",
    "Form",
    "KnownFrom",
    "MandateKind",
    "MandateScope",
    "Move",
    "MoveKey",
    "National",
    "Outcome",
    "Punctuality",
    "Reuse",
    "Side",
    "State",
    "Urgency",
]
