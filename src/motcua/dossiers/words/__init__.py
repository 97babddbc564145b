"""The vocabulary of dossiers: states, forms and moves with everything the law says of each. No framework: whoever stands
above, rules included, reads these tables and keeps no list of its own.
"""

from motcua.dossiers.words.forms import (
    FORMS,
    FormFacts,
    MadeWhen,
    StatutoryForm,
)
from motcua.dossiers.words.life import (
    ENDINGS,
    MOVES,
    NO_FORM,
)
from motcua.dossiers.words.lived import (
    LIVED_NAMES,
    NEXT_WORDS,
    STEP_ENDED,
    STEP_NOW,
    LivedStep,
    is_reason_theirs,
    is_told,
    was_taken_back,
)
from motcua.dossiers.words.moves import (
    Clock,
    Move,
    MoveKey,
    MovePlace,
    Side,
    Weight,
)
from motcua.dossiers.words.national import (
    NATIONAL_FACTS,
    Mood,
    National,
    mood_of,
)
from motcua.dossiers.words.notices import (
    NoticeKind,
)
from motcua.dossiers.words.papers import (
    AUTHORISATION,
    EXEMPT_GROUNDS,
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
    RUNNING,
    STATE_NAMES,
    UNDECIDED,
    WITH_LEADER,
    WORK,
    Ending,
    Outcome,
    State,
)
from motcua.dossiers.words.terms import (
    Punctuality,
    Urgency,
)

__all__ = [
    "ABANDONED",
    "AUTHORISATION",
    "BEFORE_RECEIPT",
    "ENDED",
    "ENDINGS",
    "EXEMPT_GROUNDS",
    "FORMS",
    "LIVED_NAMES",
    "MOVES",
    "NATIONAL",
    "NATIONAL_FACTS",
    "NEXT_WORDS",
    "NOT_ASKED",
    "NO_FORM",
    "OPEN",
    "PAUSED",
    "READY",
    "RUNNING",
    "STATE_NAMES",
    "STEP_ENDED",
    "STEP_NOW",
    "UNDECIDED",
    "WITH_LEADER",
    "WORK",
    "Clock",
    "Ending",
    "FormFacts",
    "KnownFrom",
    "LivedStep",
    "MadeWhen",
    "MandateKind",
    "MandateScope",
    "Mood",
    "Move",
    "MoveKey",
    "MovePlace",
    "National",
    "NoticeKind",
    "Outcome",
    "Punctuality",
    "Reuse",
    "Side",
    "State",
    "StatutoryForm",
    "Urgency",
    "Weight",
    "is_reason_theirs",
    "is_told",
    "mood_of",
    "was_taken_back",
]
