"""Numbers of results in an agency's book: reserved before anything slow begins, used by the signature, or void.

The book is locked for the statements of one short transaction, never while a page is set or a token thinks. A reserved
number stays with the result, so that whoever tries again, after a refused PIN or a killed process, uses the same one. One
that can no longer be used (its year is over, the dossier went to another agency) stands in the book as void with its
reason (Decree 30/2020/NĐ-CP art. 15: no number is skipped).
"""

from motcua.catalogue import queries as catalogue
from motcua.documents.services import new_verification_code
from motcua.dossiers.models import Dossier, Result, VoidNumber
from motcua.dossiers.models.counters import RESULTS_BOOK, next_in_book
from motcua.dossiers.words import Outcome
from motcua.kernel import clock
from motcua.kernel.authority import in_scope

_YEAR_OVER = "Hết năm, sổ đã khép trước khi ký"
_AGENCY_CHANGED = "Hồ sơ chuyển sang cơ quan khác trước khi ký"


def reserve_number(dossier: Dossier, result: Result, *, is_on_paper: bool = False) -> None:
    """Give the unsigned result its number, symbol and verification code, if it has none that still holds. Saves them.
    What is signed on paper is printed elsewhere and carries no code.

    The caller holds the dossier's lock; the book is locked until the caller's transaction ends.
    """
    now = clock.now()
    if result.number is not None and (stale := _stale(dossier, result)):
        _void(result, stale)
    if result.number is None:
        result.number = next_in_book(dossier.competent_id, RESULTS_BOOK, clock.local(now).year)
        result.numbered_at, result.book_agency_id = now, dossier.competent_id
        result.draft_file_id = result.draft_file_id if result.is_draft_given else None
    if not (result.verification_code or result.is_draft_given or is_on_paper):
        result.verification_code = new_verification_code()
    result.symbol = result_symbol(result, result.number)
    result.save(
        update_fields=[
            "number",
            "symbol",
            "numbered_at",
            "book_agency_id",
            "verification_code",
            "draft_file_id",
        ]
    )


def result_symbol(result: Result, number: int) -> str:
    """Number and kind as they stand on the paper, by the pattern of its template."""
    if result.template:
        at = clock.local(result.numbered_at or clock.now())
        return catalogue.template_named(result.template).number_of(str(number), at.year)
    kind = "TB" if result.outcome == Outcome.REFUSED else "KQ"
    return f"{number}/{kind}"


def _stale(dossier: Dossier, result: Result) -> str:
    """Why a reserved number no longer holds; "" where it does."""
    if result.book_agency_id != dossier.competent_id:
        return _AGENCY_CHANGED
    if result.numbered_at is not None and clock.local(result.numbered_at).year != clock.today().year:
        return _YEAR_OVER
    return ""


def _void(result: Result, reason: str) -> None:
    at = result.numbered_at or clock.now()
    agency_id, number = in_scope(result.book_agency_id), in_scope(result.number)
    VoidNumber.objects.create(
        agency_id=agency_id,
        book=RESULTS_BOOK,
        year=clock.local(at).year,
        number=number,
        dossier_id=result.dossier_id,
        reserved_at=at,
        voided_at=clock.now(),
        reason=reason.strip(),
    )
    result.number, result.symbol, result.numbered_at, result.book_agency_id = None, "", None, None
    if not result.is_draft_given:
        result.draft_file_id = None
