"""The vocabulary of oversight: directives, indicators, periods. No framework."""

from enum import StrEnum


class DirectiveState(StrEnum):
    """Open: waits for the assignee. Answered: waits for who gave it."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Subject(StrEnum):
    """What a directive is about."""

    DOSSIER = "dossier"
    AGENCY = "agency"
    FIGURE = "figure"


class Act(StrEnum):
    """What happened to a directive; `give` begins it, `fall_due` marks that its term ran out unanswered."""

    GIVE = "give"
    ANSWER = "answer"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"
    FALL_DUE = "fall_due"


class DirectiveSide(StrEnum):
    """Whose act it is."""

    ASSIGNEE = "assignee"
    DIRECTOR = "director"


class Grain(StrEnum):
    """Size of a rolled-up bucket of facts."""

    DAY = "d"
    MONTH = "m"
    YEAR = "y"


class Rhythm(StrEnum):
    """How often a report is made."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
