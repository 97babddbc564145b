"""What is said of papers and mandates."""

from enum import IntEnum, StrEnum


class MandateKind(StrEnum):
    """A close relative states the relation; anybody else brings the paper."""

    RELATIVE = "relative"
    AUTHORISED = "authorised"


class MandateScope(StrEnum):
    """How far the right goes; without one it covers the whole matter."""

    SUBMIT = "submit"
    SUBMIT_AND_RECEIVE = "submit_and_receive"


class Reuse(IntEnum):
    """How the electronic form of a paper came into the dossier (national field DuocTaiSuDung; Circular 01/2023 art. 24)."""

    NONE = 0
    DIGITIZED = 1
    WAREHOUSE = 2
    RESULT = 3


#: Papers nobody was asked for, because the administration had them.
NOT_ASKED = frozenset({Reuse.WAREHOUSE, Reuse.RESULT})


class KnownFrom(StrEnum):
    """Where the other value stands."""

    FORM = "form"
    REGISTER = "register"
    PAPER = "paper"
