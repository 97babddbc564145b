"""What becomes of charges when the reckoning says something else: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K")


class Standing(StrEnum):
    """How much of a charge can still change."""

    OPEN = "open"
    #: Waived or cancelled: nothing is due of it now.
    NOTHING = "nothing"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Kept:
    """A charge as it stands; `is_by_hand`: an officer decided about it, and not the reckoning."""

    amount: int
    standing: Standing
    is_by_hand: bool = False

    @property
    def due(self) -> int:
        """What it asks of the payer."""
        return 0 if self.standing is Standing.NOTHING else self.amount


@dataclass(frozen=True, slots=True)
class Wanted:
    """A charge as it is reckoned now."""

    amount: int
    waived_by: str = ""

    @property
    def due(self) -> int:
        """What it asks of the payer."""
        return 0 if self.waived_by else self.amount


@dataclass(frozen=True, slots=True)
class Difference:
    """What is due of one charge before and after (None: there is no such charge)."""

    before: int | None
    after: int | None
    is_new: bool = False
    is_paid: bool = False


def differences(kept: Mapping[K, Kept], wanted: Mapping[K, Wanted]) -> dict[K, Difference]:
    """Every charge of which something else is due now, in the order in which they stand. Hand-made decisions stand."""
    found: dict[K, Difference] = {}
    for key, one in kept.items():
        asked = wanted.get(key)
        after = asked.due if asked else None
        if one.is_by_hand or one.due == (after or 0):
            continue
        found[key] = Difference(one.due, after, is_paid=one.standing is Standing.PAID)
    for key, asked in wanted.items():
        if key not in kept:
            found[key] = Difference(None, asked.due, is_new=True)
    return found
