"""Whether an electronic identity and somebody recorded here are one person. Pure."""

from dataclasses import dataclass
from unicodedata import normalize

from motcua.kernel.text import fold
from motcua.kernel.values import PartialDate, Unreadable, read_partial_date


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and a birthday as it is kept (empty: not known)."""

    full_name: str
    born: str = ""


def is_same_person(said: Named, recorded: Named) -> bool:
    """The number is the same: name and birthday must not say otherwise. A birthday known in part contradicts no fuller one.

    Accents are part of a name: where only they differ, a slip of the pen is believed if the whole birthday is the same.
    """
    if fold(said.full_name) != fold(recorded.full_name):
        return False
    is_exact = _exact(said.full_name) == _exact(recorded.full_name)
    if not said.born or not recorded.born:
        return is_exact
    try:
        here, there = PartialDate.kept(recorded.born), read_partial_date(said.born)
    except Unreadable:
        return False
    return here.agrees_with(there) if is_exact else here.exact is not None and here.exact == there.exact


def _exact(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())
