"""Seals over the record, judged against what is kept outside."""

from collections.abc import Mapping
from pathlib import Path

from motcua.documents import queries as documents
from motcua.kernel.seals import Seal, SealFault, Tear, seals, verify_seals


def seal_of(number: int) -> Seal | None:
    """One seal."""
    return next((seal for seal in seals() if seal.number == number), None)


def judge_seals(folder: Path | None = None) -> tuple[int, tuple[SealFault, ...]]:
    """How many seals there are and what is wrong with them: their lines, their links, their time stamps, and with a folder of
    copies kept elsewhere each document.
    """
    number, faults = verify_seals(_kept_in(folder) if folder else None)
    false = [
        SealFault(seal.number, Tear.STAMP_FALSE)
        for seal in seals()
        if seal.token is not None and documents.stamped_at(seal.token, seal.digest) is None
    ]
    return number, (*faults, *false)


def _kept_in(folder: Path) -> Mapping[int, str]:
    found = sorted(folder.glob("seal-*.json"))
    return {int(path.stem.removeprefix("seal-")): path.read_text() for path in found}
