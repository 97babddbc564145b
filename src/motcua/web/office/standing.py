"""What a dossier's page shows beside its papers: the steps walked and ahead, the log, the acts open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Step, StepKind
from motcua.dossiers.queries import DossierPage, MoveView, TimelineEntry
from motcua.dossiers.words import MOVES, MoveKey, MovePlace, Weight
from motcua.web.kit import when
from motcua.web.kit.components import Moment
from motcua.web.kit.officers.words import form_words, in_english, name_of
from motcua.web.office import words


@dataclass(frozen=True, slots=True)
class OpenAct:
    """A button of the right column: at most one is the main one."""

    label: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the process with what became of it."""

    number: int
    name: str
    role: str
    days: str
    is_done: bool
    is_now: bool
    done_at: datetime | None
    done_by: str
    due_at: datetime | None
    is_late: bool


def open_acts(page: DossierPage) -> list[OpenAct]:
    """Acts open to the reader, in the order of the law; the one that carries on is the main button."""
    main = _main(page)
    return [
        OpenAct(gettext(move.name), _url(page, move), _kind(move, main))
        for move in page.moves
        if MovePlace.OPINIONS not in MOVES[move.key].places or page.consultations
    ]


def step_lines(page: DossierPage) -> list[StepLine]:
    """Every step of the pinned version in the order of its graph."""
    process = catalogue.version(page.version_id).process
    left = {entry.left_step: entry for entry in page.timeline if entry.left_step}
    return [_step_line(page, n, step, left.get(step.key)) for n, step in enumerate(process.steps, start=1)]


def log_of(page: DossierPage) -> list[Moment]:
    """Every passage, newest first, with who, for whom, why and what it did to the due moment."""
    return [
        Moment(
            title=f"{entry.seq}. {gettext(entry.name)}",
            at=entry.at,
            by=" · ".join(part for part in (entry.actor_name, entry.agency_name) if part),
            text="\n".join(_told(entry)),
            is_now=entry.seq == page.revision,
        )
        for entry in reversed(page.timeline)
    ]


def last_entry(page: DossierPage) -> TimelineEntry | None:
    """The most recent passage: what somebody did meanwhile."""
    return page.timeline[-1] if page.timeline else None


def _main(page: DossierPage) -> MoveKey | None:
    onward = [move.key for move in page.moves if MOVES[move.key].weight is Weight.ONWARD]
    if {MoveKey.FORWARD, MoveKey.SUBMIT_TO_LEADER} <= set(onward) and page.step_key:
        process = catalogue.version(page.version_id).process
        ahead = {step.kind for step in process.after(page.step_key)}
        return MoveKey.FORWARD if StepKind.APPRAISE in ahead else MoveKey.SUBMIT_TO_LEADER
    return onward[0] if onward else None


def _kind(move: MoveView, main: MoveKey | None) -> str:
    if move.key == main:
        return ""
    return "warning" if MOVES[move.key].weight is Weight.GRAVE else "secondary"


def _url(page: DossierPage, move: MoveView) -> str:
    places = MOVES[move.key].places
    if MovePlace.OPINIONS in places:
        return reverse("office:consultations")
    if MovePlace.OFFICE not in places:
        try:
            return reverse("counter:dossier", args=[page.id])
        except NoReverseMatch:
            return ""
    return reverse("office:act", args=[page.id, move.key.replace("_", "-")])


def _step_line(page: DossierPage, number: int, step: Step, entry: TimelineEntry | None) -> StepLine:
    is_now = step.key == page.step_key and page.ended_at is None
    due = page.step_due_at if is_now else entry.left_step_due_at if entry else None
    done_at = entry.at if entry and not is_now else None
    return StepLine(
        number=number,
        name=name_of(step),
        role=words.role_words(step.role),
        days=_days(step),
        is_done=done_at is not None,
        is_now=is_now,
        done_at=done_at,
        done_by=entry.actor_name if entry and not is_now else "",
        due_at=due,
        is_late=bool(due and done_at and done_at > due),
    )


def _days(step: Step) -> str:
    if not step.days:
        return ""
    number = f"{step.days.normalize():f}"
    return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", 1 if step.days == 1 else 2) % {
        "n": number if in_english() else number.replace(".", ",")
    }


def _told(entry: TimelineEntry) -> Sequence[str]:
    lines = []
    if on_behalf := entry.detail.get("on_behalf_of"):
        decision = entry.detail.get("delegation", "")
        lines.append(
            gettext("Ký thay %(whom)s theo %(decision)s") % {"whom": on_behalf, "decision": decision}
        )
    if entry.reason:
        lines.append(gettext("Lý do: %(reason)s") % {"reason": entry.reason})
    if assignee := entry.detail.get("assignee"):
        lines.append(gettext("Người thụ lý: %(name)s") % {"name": assignee})
    if asked := entry.detail.get("agency"):
        lines.append(gettext("Cơ quan phối hợp: %(name)s") % {"name": asked})
    if items := entry.detail.get("items"):
        lines.append(gettext("Cần bổ sung: %(items)s") % {"items": "; ".join(map(str, items))})
    if symbol := entry.detail.get("symbol"):
        lines.append(gettext("Số, ký hiệu: %(symbol)s") % {"symbol": symbol})
    if receiver := entry.detail.get("received_by"):
        proof = entry.detail.get("proof", "")
        lines.append(gettext("Người nhận: %(name)s. %(proof)s") % {"name": receiver, "proof": proof})
    if entry.due_before != entry.due_after and entry.due_after is not None:
        lines.append(gettext("Hạn trả: %(moment)s") % {"moment": when.moment(entry.due_after)})
    if entry.form_code:
        lines.append(form_words(entry.form_code))
    return lines
