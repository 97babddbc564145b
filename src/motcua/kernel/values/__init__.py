"""One reading for every kind of value people write: portal, counter, office, API and packs all come here.

Each kind has `read` (what somebody typed, in any usual notation, to the one form that is kept; raises `Unreadable`) and
`show` (what is kept, to how people here write it). `read(show(kept)) == kept` holds for every kind, so that a page may be
opened and saved any number of times. Nothing here knows of forms, pages or the database.

`FORMATS` names the kinds that a JSON Schema may ask for with `format`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.kernel.values.codes import one_dash
from motcua.kernel.values.emails import read_email
from motcua.kernel.values.identity import (
    BIRTH_PROVINCES,
    PersonalNumber,
    Sex,
    read_old_identity_number,
    read_passport_number,
    read_personal_number,
)
from motcua.kernel.values.names import read_address, read_line, read_person_name
from motcua.kernel.values.numbers import is_exact, read_integer, read_number, show_number
from motcua.kernel.values.phones import read_phone, show_phone
from motcua.kernel.values.unreadable import Unreadable
from motcua.kernel.values.when import (
    UNKNOWN,
    PartialDate,
    date_of_boxes,
    partial_date,
    read_date,
    read_partial_date,
    show_date,
)

__all__ = [
    "BIRTH_PROVINCES",
    "FORMATS",
    "UNKNOWN",
    "PartialDate",
    "PersonalNumber",
    "Sex",
    "Unreadable",
    "ValueType",
    "date_of_boxes",
    "is_exact",
    "one_dash",
    "partial_date",
    "read_address",
    "read_date",
    "read_email",
    "read_integer",
    "read_line",
    "read_number",
    "read_old_identity_number",
    "read_partial_date",
    "read_passport_number",
    "read_person_name",
    "read_personal_number",
    "read_phone",
    "show_date",
    "show_number",
    "show_phone",
]


@dataclass(frozen=True, slots=True)
class ValueType:
    """A kind of text: how it is read on a day, how it is shown, and the keyboard a phone should offer for it."""

    read: Callable[[str, date], str]
    show: Callable[[str], str]
    keyboard: str = ""


def _as_is(kept: str) -> str:
    return kept


def _exact_date(text: str, today: date) -> str:
    return read_date(text).isoformat()


def _partial(text: str, today: date) -> str:
    return str(read_partial_date(text))


def _partial_or_unknown(text: str, today: date) -> str:
    return str(read_partial_date(text, may_be_unknown=True))


def _timeless(read: Callable[[str], object]) -> Callable[[str, date], str]:
    return lambda text, today: str(read(text))


FORMATS: Mapping[str, ValueType] = {
    "date": ValueType(_exact_date, show_date),
    "partial-date": ValueType(_partial, show_date),
    "partial-date-or-unknown": ValueType(_partial_or_unknown, show_date),
    "phone": ValueType(_timeless(read_phone), show_phone, "tel"),
    "email": ValueType(_timeless(read_email), _as_is, "email"),
    "personal-number": ValueType(
        lambda text, today: read_personal_number(text, today=today).number, _as_is, "numeric"
    ),
    "old-identity-number": ValueType(_timeless(read_old_identity_number), _as_is, "numeric"),
    "passport-number": ValueType(_timeless(read_passport_number), _as_is),
    "person-name": ValueType(_timeless(read_person_name), _as_is),
    "line": ValueType(_timeless(read_line), _as_is),
    "address": ValueType(_timeless(read_address), _as_is),
}
