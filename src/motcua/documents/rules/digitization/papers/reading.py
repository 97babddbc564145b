"""From the pages of one paper to its kind and its fields."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from motcua.documents.rules.digitization.identity import (
    CitizenCode,
    MachineZone,
    agrees,
    read_citizen_code,
    read_machine_zone,
    read_personal_number,
)
from motcua.documents.rules.digitization.pages import PageResult
from motcua.documents.rules.digitization.papers import civic, civil
from motcua.documents.rules.digitization.papers import property as property_
from motcua.documents.rules.digitization.papers.extract import Field, PaperRules, extract
from motcua.documents.rules.digitization.papers.general import general_fields
from motcua.documents.rules.digitization.papers.kinds import PaperKind, announcement
from motcua.kernel.text import fold

RULES: dict[PaperKind, PaperRules] = {
    PaperKind.BIRTH_NOTIFICATION: civil.BIRTH_NOTIFICATION,
    PaperKind.BIRTH_CERTIFICATE: civil.BIRTH_CERTIFICATE,
    PaperKind.MARRIAGE_CERTIFICATE: civil.MARRIAGE_CERTIFICATE,
    PaperKind.LAND_CERTIFICATE: property_.LAND_CERTIFICATE,
    PaperKind.HOUSEHOLD_BUSINESS_CERTIFICATE: property_.HOUSEHOLD_BUSINESS_CERTIFICATE,
    PaperKind.IDENTITY_CARD: civic.IDENTITY_CARD,
    PaperKind.AUTHORITY_LETTER: civic.AUTHORITY_LETTER,
    PaperKind.APPLICATION_FORM: civic.APPLICATION_FORM,
    PaperKind.DECISION: civic.DECISION,
    PaperKind.RECEIPT: civic.RECEIPT,
}
_PROVED = 1.0
_LAST_YEAR_OF_CENTURY = 2099
_CONTRADICTED = 0.4


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """`kind` None: a paper of no known kind, of which only the general fields are given."""

    kind: PaperKind | None
    kind_confidence: float
    fields: tuple[Field, ...]


def read_paper(pages: Sequence[PageResult]) -> ReadPaper:
    """Kind and fields; the special rule of a kind wins over the general one where both give a field."""
    written = [page for page in pages if page.lines]
    if not written:
        return ReadPaper(None, 0.0, ())
    said = announcement(written[0])
    special = extract(written, RULES[said.kind]) if said else ()
    if said and said.kind is PaperKind.IDENTITY_CARD:
        special = _checked_by_code(_checked_by_zone(special, written), written)
    special = _cross_checked(special)
    known = {field.key for field in special if field.text}
    general = [field for field in general_fields(written[0], said) if field.key not in known]
    taken = {field.key for field in general}
    fields = (*(field for field in special if field.key not in taken), *general)
    return ReadPaper(said.kind if said else None, said.confidence if said else 0.0, fields)


def _checked_by_code(fields: tuple[Field, ...], pages: Sequence[PageResult]) -> tuple[Field, ...]:
    """The card's own code is exact: it confirms or replaces what was read from the print."""
    code = next((c for page in pages for mark in page.marks if (c := read_citizen_code(mark.text))), None)
    if code is None:
        return fields
    exact = _of_code(code)
    return tuple(_by_code(field, exact.get(field.key)) for field in fields)


def _checked_by_zone(fields: tuple[Field, ...], pages: Sequence[PageResult]) -> tuple[Field, ...]:
    """The machine-readable zone, where all its check digits are right, proves number, birth and expiry."""
    zone = next((z for page in pages if (z := _zone(page)) and z.is_sound), None)
    person = read_personal_number(zone.personal_number) if zone else None
    if zone is None or person is None or zone.born_on is None or zone.expires_on is None:
        return fields
    exact = {
        "personal_number": zone.personal_number,
        # The zone has two digits for the year; the personal number says the century.
        "born_on": zone.born_on.replace(year=person.birth_year).isoformat(),
        "expires_on": zone.expires_on.isoformat(),
    }
    return tuple(_by_code(field, exact.get(field.key)) for field in fields)


def _zone(page: PageResult) -> MachineZone | None:
    rows = ["".join(word.text for word in line.words) for line in page.lines]
    for place, row in enumerate(rows[:-2]):
        if row.upper().startswith(("IDVNM", "I<VNM")):
            return read_machine_zone((row, rows[place + 1], rows[place + 2]), _LAST_YEAR_OF_CENTURY)
    return None


def _of_code(code: CitizenCode) -> dict[str, str]:
    return {
        "personal_number": code.number,
        "full_name": code.full_name,
        "born_on": code.born_on.isoformat(),
        "gender": code.gender,
        "residence": code.address,
        **({"issued_on": code.issued_on.isoformat()} if code.issued_on else {}),
    }


def _by_code(field: Field, exact: str | None) -> Field:
    if not exact:
        return field
    # The print is in capitals, the code is not; the same name is not a difference.
    same = fold(field.text) == fold(exact)
    return replace(field, text=field.text if same and field.key == "full_name" else exact, confidence=_PROVED)


_BELONG = (
    ("personal_number", "born_on", "gender"),
    ("mother_number", "mother_born", None),
    ("wife_number", "wife_born", None),
    ("husband_number", "husband_born", None),
    ("holder_number", "holder_born", None),
    ("owner_number", "owner_born", None),
    ("giver_number", "giver_born", None),
    ("taker_number", "taker_born", None),
    ("applicant_number", "applicant_born", None),
)


def _cross_checked(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A personal number says year of birth and gender: agreement proves both values, contradiction makes both doubtful."""
    by_key = {field.key: field for field in fields}
    for number, born, gender in _BELONG:
        if not (number in by_key and born in by_key and by_key[number].text and by_key[born].text):
            continue
        said = by_key[gender].text if gender and gender in by_key else None
        fits = _fits(by_key[number].text, by_key[born].text, said or None)
        if fits is None:
            continue
        for key in (number, born):
            confidence = (
                max(by_key[key].confidence, 0.9) if fits else min(by_key[key].confidence, _CONTRADICTED)
            )
            by_key[key] = replace(by_key[key], confidence=confidence)
    return tuple(by_key[field.key] for field in fields)


def _fits(number: str, born: str, gender: str | None) -> bool | None:
    from datetime import date

    if len(number) != 12 or not born[:4].isdigit():
        return None
    return agrees(number, date(int(born[:4]), 1, 1), gender)
