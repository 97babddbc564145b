"""A dossier's passages as a story for the person who waits."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers import queries as dossiers
from motcua.dossiers.words import STATE_NAMES, Mood, State, mood_of
from motcua.kernel import clock
from motcua.web.kit import when
from motcua.web.kit.components import Moment, Tone

_TONES = {
    Mood.HAS_RESULT: Tone.DONE,
    Mood.WAITS_FOR_APPLICANT: Tone.SOON,
    Mood.WITHOUT_RESULT: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of "my dossiers"."""

    url: str
    code: str
    title: str
    applicant: str
    state: str
    tone: Tone
    due: str
    submitted: str


def tone_of(row: dossiers.DossierRow | dossiers.DossierPage) -> Tone:
    """The tone of a state, by its national status."""
    told = _TONES.get(mood_of(row.national_status))
    if told is not None:
        return told
    return Tone.LATE if row.due_at and row.due_at < clock.now() else Tone.PLAIN


def row_of(row: dossiers.DossierRow) -> Row:
    """A line of the list."""
    return Row(
        reverse("portal:dossier", args=[row.id]),
        row.code or gettext("chưa cấp mã"),
        row.procedure_title,
        row.applicant_name,
        gettext(STATE_NAMES[State(row.state)]),
        tone_of(row),
        when.moment(row.due_at) if row.due_at and not row.ended_at else "",
        when.short_moment(row.submitted_at),
    )


def moments_of(page: dossiers.DossierPage) -> list[Moment]:
    """The timeline, newest first, with what is still to come on top."""
    forms = {form.code: form for form in page.forms if form.file_id}
    moments: list[Moment] = []
    for entry in page.timeline:
        links: tuple[tuple[str, str], ...] = ()
        form = forms.get(entry.form_code) if entry.form_code else None
        if form is not None and form.file_id:
            address = reverse("portal:file", args=[page.id, form.file_id])
            links = ((gettext("Xem văn bản (mẫu số %(code)s)") % {"code": form.code}, address),)
        last = entry.seq == page.revision
        moments.append(
            Moment(
                gettext(entry.name),
                entry.at,
                entry.agency_name,
                entry.reason,
                is_now=last and page.is_open,
                links=links,
            )
        )
    moments.reverse()
    if page.is_open and page.due_at:
        moments.insert(0, Moment(gettext("Trả kết quả"), page.due_at, is_ahead=True))
    return moments
