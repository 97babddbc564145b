"""The clock of a dossier for officers: in lists, and how it was reckoned. The bar itself is `kit.terms`."""

from django.utils.translation import get_language, gettext, ngettext

from motcua.directory import queries as directory
from motcua.dossiers.queries import (
    DossierPage,
    DossierRow,
)
from motcua.dossiers.words import (
    Urgency,
)
from motcua.kernel import clock
from motcua.kernel.deadline import line_words, plain_words
from motcua.web.kit import terms
from motcua.web.kit.components import Clock, Tone


def clock_of(page: DossierPage) -> Clock:
    """The clock bar of a dossier's page, on the calendar of its competent agency."""
    return terms.clock_of(page, directory.calendar_of(page.competent.id))


def reckoning_in_words(page: DossierPage) -> list[str]:
    """How the due moment came about, in a few sentences of the reader's language."""
    return plain_words(page.reckoning, _language()) if page.reckoning else []


def reckoning_by_line(page: DossierPage) -> list[str]:
    """The same for officers, interval by interval."""
    return [line_words(line, _language()) for line in page.reckoning.explanation] if page.reckoning else []


def due_words(row: DossierRow) -> tuple[str, Tone | None]:
    """The due moment of a line in a list: the day, how far it is, and its tone (None: nothing to worry about)."""
    if row.due_at is None:
        return "", None
    due = clock.local(row.due_at)
    if row.ended_at is not None:
        return f"{due:%d/%m/%Y}", None
    days = (due.date() - clock.today()).days
    match row.urgency:
        case Urgency.OVERDUE:
            return ngettext("quá %(n)s ngày", "quá %(n)s ngày", -days) % {"n": -days}, Tone.LATE
        case Urgency.TODAY:
            return gettext("hôm nay %(time)s") % {"time": f"{due:%H:%M}"}, Tone.SOON
        case Urgency.WAITING:
            return gettext("đang tạm dừng"), Tone.QUIET
        case _:
            return f"{due:%H:%M %d/%m}", None


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
