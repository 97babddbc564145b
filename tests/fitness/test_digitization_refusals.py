"""Every refusal of the digitization engine says something in Vietnamese and is provoked by some test."""

import re
from pathlib import Path

from motcua.documents.rules.digitization import refusals
from motcua.kernel.errors import DomainError

TESTS = Path(__file__).resolve().parents[1]
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def concrete() -> list[type[DomainError]]:
    """The refusals that are raised; the two families above them are only caught."""
    families = {refusals.InputRefused, refusals.PageRefused}
    found = [
        thing
        for thing in vars(refusals).values()
        if isinstance(thing, type) and issubclass(thing, DomainError)
    ]
    return [thing for thing in found if thing is not DomainError and thing not in families]


def test_every_refusal_speaks_vietnamese_and_has_its_own_code() -> None:
    assert all(_VIETNAMESE.search(refusal.message) for refusal in concrete())
    assert len({refusal.code for refusal in concrete()}) == len(concrete())


def test_every_refusal_is_provoked_by_a_test() -> None:
    """By its name, or by a piece of its sentence where the command's own words are tested."""
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in TESTS.glob("*/documents/digitization/test_*.py")
    )
    unprovoked = [
        refusal.__name__
        for refusal in concrete()
        if refusal.__name__ not in text and not any(piece in text for piece in _pieces(refusal.message))
    ]
    assert unprovoked == []


def _pieces(message: str) -> list[str]:
    """Runs of the sentence without parameters, as tests quote them."""
    words = [word for part in re.split(r"\{\w+\}", message) for word in re.split(r"[:;,.]", part)]
    quoted = [" ".join(word.split()) for word in words]
    return [piece for piece in (*quoted, *(" ".join(q.split()[-3:]) for q in quoted)) if len(piece) > 10]
