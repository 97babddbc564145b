"""What a fee is reckoned from, and what comes out of it. Money is whole đồng; None is never zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.catalogue.rules.types import FeeRow

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit level of the person's identity (Resolution 66.22/2026/NQ-CP art 6.1e): who says so, and until when."""

    level: str
    source: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """`form` what the e-form says, `counted` what only the desk can count, `grounds` the reliefs shown to be due."""

    on: date
    form: Mapping[str, Any] = field(default_factory=dict)
    counted: Mapping[str, object] = field(default_factory=dict)
    grounds: frozenset[str] = frozenset()
    benefits: tuple[Benefit, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """All that was said; what the form says goes before what the desk counted."""
        return {**self.counted, **{name: value for name, value in self.form.items() if value is not None}}


@dataclass(frozen=True, slots=True)
class ReliefGiven:
    """The highest relief that applies: on what ground or level, by whose word, how much of the whole."""

    ground: str
    percent: int
    source: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ReckonedFee:
    """One fee of one dossier. `amount` is what is due, `full` before a relief; None: `unknown` says where to look."""

    row: FeeRow
    amount: int | None
    full: int | None
    formula: str = ""
    relief: ReliefGiven | None = None
    unknown: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is kept with the charge it became."""
        relief = self.relief
        return {
            "formula": self.formula,
            "full": self.full,
            "relief": None
            if relief is None
            else {
                "ground": relief.ground,
                "percent": relief.percent,
                "source": relief.source,
                "basis": relief.basis,
            },
            "note": self.row.note,
        }


@dataclass(frozen=True, slots=True)
class FeeReckoning:
    """All fees of a case on a channel. `total` is None while any of them is not known; `known` is what is known."""

    fees: tuple[ReckonedFee, ...]

    @property
    def known(self) -> int:
        return sum(fee.amount or 0 for fee in self.fees)

    @property
    def total(self) -> int | None:
        if not self.fees or any(fee.amount is None for fee in self.fees):
            return None
        return self.known

    @property
    def unknown(self) -> tuple[ReckonedFee, ...]:
        return tuple(fee for fee in self.fees if fee.amount is None)
