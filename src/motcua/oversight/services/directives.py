"""Acts on directives: give, answer, send back, settle, withdraw, take up again; and telling whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from motcua.channels import services as channels
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock, deadline
from motcua.kernel.authority import SYSTEM, Actor, authorise, in_scope, machine_only
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.kernel.errors import MovedOn, OutOfScope, PermissionRefused
from motcua.kernel.events import announce
from motcua.oversight.errors import DirectiveIncomplete
from motcua.oversight.events import DirectiveMoved
from motcua.oversight.models import Directive, DirectiveEntry
from motcua.oversight.queries.directives import DIRECT, assignable, sides_of, visible
from motcua.oversight.rules.directives import STEPS, check_term, check_text, next_state
from motcua.oversight.rules.indicators import indicator as indicator_named
from motcua.oversight.rules.periods import parse_period
from motcua.oversight.words import Act, DirectiveState, Subject


@dataclass(frozen=True, slots=True)
class About:
    """What a directive is about: a dossier, or an agency, or a figure of that agency (indicator and period)."""

    agency_id: UUID | None = None
    dossier_id: UUID | None = None
    indicator: str = ""
    period: str = ""


@transaction.atomic
def give_directive(*, actor: Actor, about: About, assignee_id: UUID, days: int, text: str) -> UUID:
    """Ask somebody for something by a term of working days, reckoned on the calendar of the agency concerned.

    Needs `oversight.direct` in the agency. Raises `OutOfScope` (the dossier), `PermissionRefused`,
    `DirectiveIncomplete`, `IndicatorUnknown`, `PeriodInvalid`. Announces `DirectiveMoved`.
    """
    authorise(actor, DIRECT)
    page = (
        dossiers.dossier_page(actor=actor, dossier_id=about.dossier_id)
        if about.dossier_id is not None
        else None
    )
    agency_id = page.competent.id if page else about.agency_id
    if agency_id is None:
        raise DirectiveIncomplete(field="agency", what="cơ quan")
    authorise(actor, DIRECT, agency_id)
    check_text(text)
    check_term(days)
    if about.indicator:
        indicator_named(about.indicator, parse_period(about.period).last)
    names = dict(assignable(agency_id))
    if assignee_id not in names:
        raise DirectiveIncomplete(field="assignee", what="người thực hiện")
    subject = Subject.DOSSIER if page else Subject.FIGURE if about.indicator else Subject.AGENCY
    now = clock.now()
    term = Limit(Decimal(days), LimitUnit.WORKING_DAY)
    row = Directive.objects.create(
        subject=subject,
        agency_id=agency_id,
        agency_name=directory.agency(agency_id).name,
        dossier_id=page.id if page else None,
        dossier_code=(page.code or "") if page else "",
        indicator=about.indicator,
        period=about.period if about.indicator else "",
        text=text.strip(),
        assignee_id=assignee_id,
        assignee_name=names[assignee_id].partition(" · ")[0],
        given_by_id=actor.account_id,
        given_by_name=actor.name,
        given_at=now,
        term_days=days,
        due_at=deadline.due_at(now, term, directory.calendar_of(agency_id), explain=False).due_at,
        state=DirectiveState.OPEN,
    )
    _enter(row, Act.GIVE, actor, text)
    return row.id


@transaction.atomic
def act_on_directive(
    *, actor: Actor, directive_id: UUID, act: Act, text: str = "", days: int = 0, seen: int | None = None
) -> DirectiveState:
    """Do one of the acts open to the actor. `days` gives a new term when sending back or taking up again (0: keeps it).

    Raises `OutOfScope`, `PermissionRefused`, `MovedOn`, `DirectiveMoveImpossible`, `DirectiveIncomplete`.
    """
    row = in_scope(
        Directive.objects.select_for_update().filter(pk__in=visible(actor), pk=directive_id).first()
    )
    step = STEPS.get(act)
    if step and step.side not in sides_of(actor, assignee_id=row.assignee_id, agency_id=row.agency_id):
        raise PermissionRefused(permission=DIRECT)
    if seen is not None and seen != row.revision:
        raise MovedOn
    state = next_state(act, DirectiveState(row.state), has_answer=bool(row.answer), text=text)
    if act is Act.ANSWER:
        row.answer, row.answered_at = text.strip(), clock.now()
    elif state is DirectiveState.OPEN:
        row.answer, row.answered_at = "", None
    if days and act in (Act.SEND_BACK, Act.TAKE_UP):
        check_term(days)
        term = Limit(Decimal(days), LimitUnit.WORKING_DAY)
        row.due_at = deadline.due_at(
            clock.now(), term, directory.calendar_of(row.agency_id), explain=False
        ).due_at
        row.term_days, row.marked_overdue_at = days, None
    row.state = state
    _enter(row, act, actor, text)
    return state


@transaction.atomic
def mark_overdue_directives(*, actor: Actor = SYSTEM, limit: int = 200) -> int:
    """Mark directives whose term ran out unanswered, each once per term, so that both sides are told."""
    machine_only(actor)
    now = clock.now()
    rows = Directive.objects.select_for_update(skip_locked=True).filter(
        state=DirectiveState.OPEN, due_at__lt=now, marked_overdue_at=None
    )
    found = list(rows.order_by("due_at")[:limit])
    for row in found:
        row.marked_overdue_at = now
        _enter(row, Act.FALL_DUE, actor, "")
    return len(found)


def tell_of_directive(*, directive_id: UUID, entry_id: UUID) -> list[UUID]:
    """Write to whom the act concerns: the assignee of what was given or sent back, who gave it of an answer.

    The letter says what to open and by when, and nothing of the matter: mail is read over shoulders.
    """
    row = Directive.objects.filter(pk=directive_id).first()
    entry = DirectiveEntry.objects.filter(pk=entry_id).first()
    if row is None or entry is None:
        raise OutOfScope
    letters = []
    for account_id in _concerned(row, Act(entry.act)):
        address = directory.email_of(account_id)
        person = directory.account(account_id)
        if address and person is not None:
            with override(person.language or "vi"):
                letters.append(
                    channels.write_letter(
                        key=f"directive:{entry.id}",
                        address=address,
                        subject=_subject(row, Act(entry.act)),
                        body=_body(row, person.name),
                    )
                )
    return letters


def _enter(row: Directive, act: Act, actor: Actor, text: str) -> None:
    row.revision += 1
    row.save()
    entry = DirectiveEntry.objects.create(
        directive=row,
        seq=row.revision - 1,
        act=act,
        at=clock.now(),
        actor_id=actor.account_id,
        actor_name=actor.name,
        text=text.strip(),
        due_after=row.due_at,
    )
    announce(DirectiveMoved(directive_id=row.id, entry_id=entry.id, act=act, at=entry.at))


def _concerned(row: Directive, act: Act) -> list[UUID]:
    giver = [row.given_by_id] if row.given_by_id else []
    match act:
        case Act.ANSWER | Act.TAKE_BACK:
            return giver
        case Act.FALL_DUE:
            return list(dict.fromkeys([row.assignee_id, *giver]))
        case _:
            return [row.assignee_id]


def _subject(row: Directive, act: Act) -> str:
    due = f"{clock.local(row.due_at):%H:%M %d/%m/%Y}"
    said = {
        Act.GIVE: gettext("Bạn được giao một chỉ đạo, hạn %(due)s"),
        Act.ANSWER: gettext("Chỉ đạo của bạn đã được trả lời"),
        Act.TAKE_BACK: gettext("Trả lời chỉ đạo đã được rút lại"),
        Act.SEND_BACK: gettext("Chỉ đạo cần làm lại, hạn %(due)s"),
        Act.SETTLE: gettext("Chỉ đạo đã được chấp nhận hoàn thành"),
        Act.WITHDRAW: gettext("Chỉ đạo đã được thu hồi"),
        Act.TAKE_UP: gettext("Chỉ đạo được mở lại, hạn %(due)s"),
        Act.FALL_DUE: gettext("Chỉ đạo đã quá hạn từ %(due)s"),
    }
    return said[act] % {"due": due}


def _body(row: Directive, name: str) -> str:
    lines = [
        gettext("Kính gửi %(name)s,") % {"name": name},
        gettext("Cơ quan: %(agency)s. Người chỉ đạo: %(who)s.")
        % {"agency": row.agency_name, "who": row.given_by_name},
        gettext("Xem và trả lời: %(link)s")
        % {"link": f"{settings.BASE_URL}/co-quan/dieu-hanh/chi-dao/{row.id}/"},
    ]
    return "\n\n".join(lines)
