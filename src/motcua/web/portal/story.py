"""A dossier as a story for the person who waits: five lived steps, what they were told, what waits for them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers import queries as dossiers
from motcua.dossiers.words import (
    LIVED_NAMES,
    STATE_NAMES,
    STEP_ENDED,
    STEP_NOW,
    LivedStep,
    Mood,
    MoveKey,
    Outcome,
    State,
    is_reason_theirs,
    is_told,
    mood_of,
    was_taken_back,
)
from motcua.kernel import clock
from motcua.web.kit import when
from motcua.web.kit.components import Tone

_TONES = {
    Mood.HAS_RESULT: Tone.DONE,
    Mood.WAITS_FOR_APPLICANT: Tone.SOON,
    Mood.WITHOUT_RESULT: Tone.QUIET,
}
_ORDER = tuple(LivedStep)


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
    is_paused: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something the person was told or did between the steps."""

    title: str
    at: datetime
    text: str
    items: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lived:
    """A step: `standing` is done, now, waiting (for the person), ahead, or over (where the matter ended)."""

    title: str
    standing: str
    at: datetime | None = None
    by: str = ""
    note: str = ""
    told: tuple[Told, ...] = ()


def tone_of(row: dossiers.DossierRow | dossiers.DossierPage) -> Tone:
    """The tone of a state, by its national status: green is a result one asked for, never a withdrawal or a refusal."""
    told = _TONES.get(mood_of(row.national_status))
    if told is Tone.DONE and getattr(row, "outcome", "") == Outcome.REFUSED:
        return Tone.QUIET
    if told is not None:
        return told
    return Tone.LATE if row.due_at and row.due_at < clock.now() and not row.is_paused else Tone.PLAIN


def public_tone(national_status: int) -> Tone:
    """The tone of a status by itself, for whoever knows only the code."""
    return _TONES.get(mood_of(national_status), Tone.PLAIN)


def row_of(row: dossiers.DossierRow) -> Row:
    """A line of the list. A paused dossier announces no return, nor does one that ended."""
    is_promised = row.due_at is not None and row.ended_at is None and not row.is_paused
    return Row(
        reverse("portal:dossier", args=[row.id]),
        row.code or dossiers.portal_number(row.id),
        row.procedure_title,
        row.applicant_name,
        gettext(STATE_NAMES[State(row.state)]),
        tone_of(row),
        when.moment(row.due_at) if row.due_at and is_promised else "",
        when.short_moment(row.submitted_at),
        row.is_paused,
        row.ended_at is not None,
    )


def state_words(page: dossiers.DossierPage, reader: str) -> str:
    """The state in words; one's own act says so."""
    ended_by = page.timeline[-1].actor_name if page.timeline else ""
    if was_taken_back(page.state) and ended_by == reader:
        return gettext("Bạn đã rút hồ sơ")
    return gettext(page.state_name)


def lived_of(page: dossiers.DossierPage, reader: str) -> list[Lived]:
    """The steps in order. What the administration does inside, and what it writes to itself, is not among them."""
    state = State(page.state)
    now = STEP_NOW.get(state)
    ended = _ended(page)
    rows: list[Lived] = []
    for step in _ORDER:
        done = ended.get(step)
        if step is now:
            rows.append(_under_way(page, step))
        elif done is not None and (now is None or _ORDER.index(step) < _ORDER.index(now)):
            rows.append(Lived(gettext(LIVED_NAMES[step]), "done", done.at, _who(step, done)))
        elif now is not None:
            rows.append(Lived(gettext(LIVED_NAMES[step]), "ahead", note=_ahead(page, step)))
    if now is None and mood_of(page.national_status) is Mood.WITHOUT_RESULT:
        rows.append(Lived(state_words(page, reader), "over", page.ended_at))
    return _with_told(page, rows)


def _ended(page: dossiers.DossierPage) -> dict[LivedStep, dossiers.TimelineEntry]:
    """Each step with the passage that last ended it; what ends a later step ended those before it."""
    found: dict[LivedStep, dossiers.TimelineEntry] = {}
    for entry in page.timeline:
        step = STEP_ENDED.get(MoveKey(entry.move))
        if step is None:
            continue
        found[step] = entry
        for earlier in _ORDER[: _ORDER.index(step)]:
            found.setdefault(earlier, entry)
    return found


def _who(step: LivedStep, entry: dossiers.TimelineEntry) -> str:
    if step is LivedStep.SENT:
        return ""
    if step is LivedStep.RECEIVED:
        return ", ".join(part for part in (entry.agency_name, entry.actor_name) if part)
    return entry.agency_name


def _under_way(page: dossiers.DossierPage, step: LivedStep) -> Lived:
    is_waiting = mood_of(page.national_status) is Mood.WAITS_FOR_APPLICANT
    note = gettext(page.state_name)
    by = page.assignee_name if step is LivedStep.WORKED else ""
    return Lived(gettext(LIVED_NAMES[step]), "waiting" if is_waiting else "now", None, by, note)


def _ahead(page: dossiers.DossierPage, step: LivedStep) -> str:
    if step is LivedStep.RESULT and page.due_at and not page.is_paused:
        return gettext("Hẹn trả %(moment)s") % {"moment": when.moment(page.due_at)}
    return ""


def _with_told(page: dossiers.DossierPage, rows: list[Lived]) -> list[Lived]:
    """What the person was told stands below the step that was under way at the time."""
    forms = {form.code: form for form in page.forms if form.file_id}
    told: dict[int, list[Told]] = {}
    reached = 0
    for entry in page.timeline:
        move = MoveKey(entry.move)
        step = STEP_ENDED.get(move)
        if step is not None:
            reached = max(reached, _ORDER.index(step) + 1)
        links = _links(page, forms.get(entry.form_code))
        if is_told(move) or links:
            place = min(reached, len(rows) - 1) if is_told(move) else max(reached - 1, 0)
            told.setdefault(place, []).append(_told(entry, move, links))
    return [
        Lived(row.title, row.standing, row.at, row.by, row.note, tuple(told.get(at, ())))
        for at, row in enumerate(rows)
    ]


def _told(entry: dossiers.TimelineEntry, move: MoveKey, links: tuple[tuple[str, str], ...]) -> Told:
    is_theirs = is_reason_theirs(move)
    items = tuple(str(item) for item in entry.detail.get("items", ())) if is_theirs else ()
    title = gettext(entry.name) if is_told(move) else ""
    return Told(title, entry.at, entry.reason if is_theirs else "", items, links)


def _links(page: dossiers.DossierPage, form: dossiers.FormView | None) -> tuple[tuple[str, str], ...]:
    if form is None or form.best_file_id is None:
        return ()
    address = reverse("portal:file", args=[page.id, form.best_file_id])
    return ((gettext("Xem văn bản (mẫu số %(code)s)") % {"code": form.code}, address),)
