"""Directives on the steering desk: the list, one with its history, and a form for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, MovedOn, OutOfScope, PermissionRefused
from motcua.oversight import queries, services
from motcua.oversight.queries import DirectiveAct, DirectiveView
from motcua.oversight.services import About
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Crumb, Fault, Option, Page, Rows, Tab
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, uuid_or_none, with_query
from motcua.web.office.oversight import directive_words as words
from motcua.web.office.oversight.directive_form import Draft, draft_of
from motcua.web.office.views.inbox import list_keys
from motcua.web.office.words import agency_name

GROUPS = {"": "", "giao-cho-toi": "mine", "dang-cho": "waiting", "qua-han": "overdue", "da-xong": "done"}


@officers_only()
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Directives the reader gave, was given or oversees, nearest term first."""
    actor = actor_of(request)
    slug = request.GET.get("nhom", "")
    slug = slug if slug in GROUPS else ""
    after = cursor(request) or ""
    dossier_id = uuid_or_none(request.GET.get("ho-so"))
    found = queries.directives(actor=actor, group=GROUPS[slug], dossier_id=dossier_id, after=after)
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "groups": _groups(actor, slug),
        "rows": _table(found.rows) if found.rows else None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
        "may_direct": actor.may("oversight.direct"),
        "crumbs": _crumbs(actor, gettext("Chỉ đạo")),
        "keys": list_keys(),
    }
    return render(request, "office/oversight/directives.html", context)


@officers_only()
@require_GET
def shown(request: HttpRequest, directive_id: UUID) -> HttpResponse:
    """One directive: what was asked, by when, the answer, everything said since, and what the reader may do."""
    return _shown(request, directive_id, {})


@officers_only()
@require_POST
def act(request: HttpRequest, directive_id: UUID, slug: str) -> HttpResponse:
    """One act; a refusal comes back on the page with what was typed."""
    chosen = next((one for one in words.SLUGS if words.SLUGS[one] == slug), None)
    if chosen is None:
        raise OutOfScope
    days, seen = request.POST.get("days", ""), request.POST.get("seen", "")
    try:
        services.act_on_directive(
            actor=actor_of(request),
            directive_id=directive_id,
            act=chosen,
            text=request.POST.get("text", ""),
            days=int(days) if days.isdecimal() and len(days) < 5 else 0,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
        )
    except (OutOfScope, PermissionRefused, MovedOn):
        raise
    except DomainError as refusal:
        return _shown(request, directive_id, {slug: sentence_of(refusal)}, status=refusal.kind.value)
    messages.success(request, words.done(chosen))
    return HttpResponseRedirect(reverse("office:directive", args=[directive_id]))


@officers_only("oversight.direct")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new directive about a dossier, an agency or a figure; the address says which."""
    actor = actor_of(request)
    draft = draft_of(request, actor)
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = services.give_directive(
                actor=actor,
                about=About(draft.agency_id, draft.dossier_id, draft.indicator, draft.period),
                assignee_id=draft.assignee_id or UUID(int=0),
                days=draft.days,
                text=draft.text,
            )
        except (OutOfScope, PermissionRefused):
            raise
        except DomainError as refusal:
            faults[str(refusal.params.get("field", ""))] = sentence_of(refusal)
        else:
            messages.success(request, gettext("Đã giao chỉ đạo; người thực hiện được báo qua thư điện tử."))
            return HttpResponseRedirect(reverse("office:directive", args=[made]))
    context = _new_context(actor, draft, faults)
    return render(request, "office/oversight/directive_new.html", context, status=422 if faults else 200)


def _new_context(actor: Actor, draft: Draft, faults: dict[str, str]) -> dict[str, object]:
    return {
        "draft": draft,
        "subject": _subject_of_draft(draft),
        "faults": [Fault(f"f-{name}" if name else "", said) for name, said in faults.items()],
        "wrong": faults,
        "agencies": [
            Option(str(one.id), agency_name(one))
            for one in queries.overseen_agencies(actor)
            if actor.may("oversight.direct", one.id)
        ],
        "people": [Option(str(key), name) for key, name in draft.people.items()],
        "crumbs": [
            *_crumbs(actor, gettext("Chỉ đạo"), reverse("office:directives")),
            Crumb(gettext("Chỉ đạo mới")),
        ],
    }


def _subject_of_draft(draft: Draft) -> str:
    if draft.dossier_id:
        return gettext("Hồ sơ %(code)s") % {"code": draft.dossier_code}
    if draft.indicator:
        return words.figure_words(draft.indicator, draft.period)
    return ""


def _shown(
    request: HttpRequest, directive_id: UUID, faults: dict[str, str], status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    view = queries.directive(actor=actor, directive_id=directive_id)
    context = {
        "view": view,
        "subject": words.subject(view),
        "subject_url": _subject_url(actor, view),
        "facts": words.facts(view),
        "state": words.state(view),
        "tone": words.tone(view),
        "history": [words.moment(entry) for entry in reversed(view.history)],
        "acts": [
            (words.SLUGS[one], words.label(one), words.hint(one), faults.get(words.SLUGS[one], ""), one)
            for one in view.acts
        ],
        "needs_text": words.NEEDS_TEXT,
        "takes_days": (DirectiveAct.SEND_BACK, DirectiveAct.TAKE_UP),
        "typed": request.POST,
        "faults": [Fault(f"f-text-{slug}", said) for slug, said in faults.items()],
        "crumbs": [
            *_crumbs(actor, gettext("Chỉ đạo"), reverse("office:directives")),
            Crumb(words.subject(view)),
        ],
    }
    return render(request, "office/oversight/directive.html", context, status=status)


def _subject_url(actor: Actor, view: DirectiveView) -> str:
    """Where the matter itself can be read, for who may."""
    if view.dossier_id:
        return reverse("office:dossier", args=[view.dossier_id]) if actor.may("dossier.read") else ""
    if not actor.may("oversight.read", view.agency_id):
        return ""
    if view.indicator:
        query = f"don-vi={view.agency_code}&chi-tieu={view.indicator}&ky={view.period}"
        return f"{reverse('office:explain_figure')}?{query}"
    return f"{reverse('office:steering')}?don-vi={view.agency_code}"


def _crumbs(actor: Actor, last: str, url: str = "") -> list[Crumb]:
    desk = [Crumb(gettext("Điều hành"), reverse("office:steering"))] if actor.may("oversight.read") else []
    return [*desk, Crumb(last, url)]


def _groups(actor: Actor, current: str) -> list[Tab]:
    counts = queries.directive_counts(actor=actor)
    names = {
        "": gettext("Tất cả"),
        "giao-cho-toi": gettext("Giao cho tôi"),
        "dang-cho": gettext("Chưa xong"),
        "qua-han": gettext("Quá hạn"),
        "da-xong": gettext("Đã xong, đã thu hồi"),
    }
    home = reverse("office:directives")
    return [
        Tab(name, f"{home}?nhom={slug}" if slug else home, slug == current, counts[GROUPS[slug] or "all"])
        for slug, name in names.items()
    ]


def _table(found: Sequence[DirectiveView]) -> Rows:
    columns = [
        Column(gettext("Về việc")),
        Column(gettext("Nội dung")),
        Column(gettext("Người thực hiện")),
        Column(gettext("Người giao")),
        Column(gettext("Hạn")),
        Column(gettext("Trạng thái")),
    ]
    rows = [
        [
            Cell(words.subject(one), reverse("office:directive", args=[one.id])),
            Cell(words.short(one.text)),
            Cell(one.assignee_name),
            Cell(one.given_by_name),
            Cell(words.due(one)),
            Cell(words.state(one), tone=words.tone(one)),
        ]
        for one in found
    ]
    return Rows(gettext("Danh sách chỉ đạo"), columns, rows)
