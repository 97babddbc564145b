"""Bounds on what people send: how much, how deep, and to which address. A form nobody could fill in is not kept."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.dossiers.errors import ContactInvalid, DataTooLarge

DEEPEST = 12
LARGEST_BYTES = 256 << 10
LONGEST_CONTACT = 300
LONGEST_CLAIM = 500
MOST_SHEETS = 99
_EMAIL = re.compile(r"[^\s@,;:<>\"()\[\]\\]{1,64}@[^\s@,;:<>\"()\[\]\\]{1,190}")


def check_data(*given: Mapping[str, Any] | None) -> None:
    """Each within depth and size, without characters the database cannot hold. Refuses: `DataTooLarge`."""
    for data in given:
        if data is None:
            continue
        if _depth_exceeds(data, DEEPEST):
            raise DataTooLarge
        written = json.dumps(data, ensure_ascii=False, default=str)
        if len(written.encode(errors="replace")) > LARGEST_BYTES or "\\u0000" in written:
            raise DataTooLarge


def checked_contact(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Short texts only; an e-mail address that is one address and nothing else. Refuses: `ContactInvalid`."""
    for name, value in contact.items():
        if not isinstance(value, str | None) or len(value or "") > LONGEST_CONTACT:
            raise ContactInvalid(field=str(name)[:40])
    email = contact.get("email")
    if email and not _EMAIL.fullmatch(email):
        raise ContactInvalid(field="email")
    return dict(contact)


def declaration_of(originals: int, copies: int, is_presented: bool, exemption: str) -> dict[str, Any] | None:
    """What a person claims of one line of the checklist; None where they claim nothing."""
    said = {
        "originals": min(originals, MOST_SHEETS),
        "copies": min(copies, MOST_SHEETS),
        "is_presented": is_presented,
        "exemption": exemption.strip()[:LONGEST_CLAIM],
    }
    return {name: value for name, value in said.items() if value} or None


def _depth_exceeds(data: object, allowed: int) -> bool:
    level: list[object] = [data]
    for _ in range(allowed):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return False
    return True


def _parts(whole: object) -> Iterable[object]:
    if isinstance(whole, Mapping):
        return whole.values()
    return whole if isinstance(whole, list | tuple) else ()
