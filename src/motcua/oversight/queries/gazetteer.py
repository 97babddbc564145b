"""What is known of places and procedures from elsewhere than the directory and the catalogue.

Figures may be loaded without the province they are of (`motcua simulate --facts-only`), and the directory knows no centres
and no districts that are gone. Whoever brings such figures offers what it knows of them here; without an offer the codes
stand for themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with its territory. `district` is the agency code of the district it lay in, where it did."""

    code: str
    name: str
    level: str
    gso: str
    district: str
    centre: tuple[float, float] | None


class Gazetteer(Protocol):
    """Names and places by code; whatever it does not know it answers with nothing."""

    def province_name(self, province: str) -> str: ...

    def places(self, province: str) -> Sequence[Place]: ...

    def procedure_title(self, code: str) -> str: ...


_offered: list[Gazetteer] = []


def offer_gazetteer(gazetteer: Gazetteer) -> None:
    """Let boards and reports name what this one knows. Once per process, when it starts."""
    _offered.append(gazetteer)


def told_province_name(province: str) -> str:
    return next((name for one in _offered if (name := one.province_name(province))), "")


def told_places(province: str) -> Sequence[Place]:
    return next((places for one in _offered if (places := one.places(province))), ())


def told_title(code: str) -> str:
    return next((title for one in _offered if (title := one.procedure_title(code))), "")
