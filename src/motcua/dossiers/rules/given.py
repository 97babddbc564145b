"""Bounds on what people send: how much, how deep, and to which address. A form nobody could fill in is not kept."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from motcua.dossiers.errors import ContactInvalid, DataTooLarge, ReturnAddressMissing
from motcua.kernel.values import Unreadable, is_exact, read_address, read_email, read_line, read_phone

DEEPEST = 12
LARGEST_BYTES = 256 << 10
LONGEST_CONTACT = 300
LONGEST_CLAIM = 500
MOST_SHEETS = 99
_CONTACT_READERS: Mapping[str, Callable[[str], str]] = {
    "phone": read_phone,
    "email": read_email,
    "address": read_address,
    "return_address": read_address,
}
#: How a result comes back by post, and how programs wrote it before.
POSTAL = "postal"
_FORMER_WAYS: Mapping[str, str] = {"post": POSTAL}


def check_data(*given: Mapping[str, object] | None) -> None:
    """Each within depth and size, without characters and numbers that cannot be kept. Refuses: `DataTooLarge`."""
    for data in given:
        if data is None:
            continue
        if _depth_exceeds(data, DEEPEST) or not _are_exact(data):
            raise DataTooLarge
        written = json.dumps(data, ensure_ascii=False, default=str)
        if len(written.encode(errors="replace")) > LARGEST_BYTES or "\\u0000" in written:
            raise DataTooLarge


def checked_contact(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Short texts only, each in the one form it is kept in: a phone, one e-mail address, an address on one line.

    Refuses: `ContactInvalid` with the name of the field.
    """
    for name, value in contact.items():
        if not isinstance(value, str | None) or len(value or "") > LONGEST_CONTACT:
            raise ContactInvalid(field=str(name)[:40])
    return {name: _read_contact(name, value) for name, value in contact.items()}


def read_return_way(way: str) -> str:
    """How the result comes back, in the one word in which it is kept."""
    return _FORMER_WAYS.get(way, way)


def with_return_address(
    way: str, contact: Mapping[str, object], known: Callable[[], str]
) -> dict[str, object]:
    """The contact with the address to which the post brings the result: the one that was given, else that of the contact,
    else what is `known`. Other ways have none. Refuses: `ReturnAddressMissing`.
    """
    kept = {name: value for name, value in contact.items() if name != "return_address"}
    if way != POSTAL:
        return kept
    address = contact.get("return_address") or contact.get("address") or known()
    if not address:
        raise ReturnAddressMissing
    return {**kept, "return_address": address}


def _read_contact(name: str, value: str | None) -> str | None:
    read = _CONTACT_READERS.get(name, read_line)
    try:
        return read(value) if value and value.strip() else (value and "")
    except Unreadable:
        raise ContactInvalid(field=name[:40]) from None


def declaration_of(
    originals: int, copies: int, is_presented: bool, exemption: str
) -> dict[str, object] | None:
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


def _are_exact(data: object) -> bool:
    """Numbers that come back as they went in: no infinity, and none of a thousand digits."""
    return is_exact(data) and all(_are_exact(part) for part in _parts(data))


def _parts(whole: object) -> Iterable[object]:
    if isinstance(whole, Mapping):
        return whole.values()
    return whole if isinstance(whole, list | tuple) else ()
