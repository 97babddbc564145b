"""In whose name somebody hands in a dossier, and by what right (Civil Code 2015 art. 138; Circular 04/2020/TT-BTP art. 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.dossiers.errors import MandateMissing
from motcua.dossiers.words import MandateKind, MandateScope
from motcua.kernel.values import PartialDate


@dataclass(frozen=True, slots=True)
class Principal:
    """The person for whom somebody else hands in, as that somebody names them; of some only the year of birth is known."""

    full_name: str
    personal_number: str
    birth_on: date | PartialDate


def mandate_ground(mandate: Mapping[str, Any]) -> str:
    """The stated right in words; empty where none is stated. `note` is what the desk wrote down freely."""
    return str(mandate.get("ground") or mandate.get("note") or "").strip()


def mandate_kind(mandate: Mapping[str, Any]) -> MandateKind | None:
    """The kind of the stated right; None for a free note of the desk."""
    kind = mandate.get("kind")
    return MandateKind(kind) if kind in set(MandateKind) else None


def mandate_scope(mandate: Mapping[str, Any]) -> MandateScope | None:
    """How far the stated right goes; None where nothing is said."""
    scope = mandate.get("scope")
    return MandateScope(scope) if scope in set(MandateScope) else None


def needs_authorisation(mandate: Mapping[str, object]) -> bool:
    """Whether the paper itself has to be in the dossier: always, except for a close relative."""
    return mandate_kind(mandate) is MandateKind.AUTHORISED


def check_mandate(mandate: Mapping[str, object]) -> None:
    """A kind and a ground. Refuses: `MandateMissing`."""
    if mandate_kind(mandate) is None or not mandate_ground(mandate):
        raise MandateMissing
