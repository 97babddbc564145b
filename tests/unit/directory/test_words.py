"""Every refusal and every role has an English text with the same places to fill."""

import re
from pathlib import Path

import pytest

from motcua.directory import errors
from motcua.directory.words import ROLE_NAMES, Role
from motcua.kernel.errors import DomainError

_CATALOGUE = Path(errors.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
_ENTRIES = dict(
    re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', _CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
)
_REFUSALS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, DomainError) and kind.__module__ == errors.__name__
]


@pytest.mark.parametrize("refusal", _REFUSALS, ids=lambda kind: kind.__name__)
def test_refusals_are_said_in_english(refusal: type[DomainError]) -> None:
    assert refusal.code.startswith("directory.")
    for text in filter(None, (refusal.message, refusal.advice, refusal.ground)):
        assert re.findall(r"{\w+}", _ENTRIES[text]) == re.findall(r"{\w+}", text)


def test_codes_are_unique() -> None:
    assert len({refusal.code for refusal in _REFUSALS}) == len(_REFUSALS)


def test_roles_have_names() -> None:
    assert set(ROLE_NAMES) == set(Role)
    assert set(ROLE_NAMES.values()) <= _ENTRIES.keys()
