"""Reading one procedure: the case first, then its facts by the best open way, its papers, three lived steps."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.catalogue.errors import FormMissing
from motcua.kernel import clock
from motcua.warehouse import queries as warehouse
from motcua.web.kit import forms
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Crumb
from motcua.web.portal import channels, places, words

#: So many cases stand side by side as radios; more are a list to choose from.
_RADIOS = 6
_MOST_HELD = 200
#: Entries of a question that may be answered several times, on paper.
_BLANK_ROWS = 3


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure in plain words. `?truong-hop=` chooses the case. Unknown codes are a kind 404."""
    today = clock.today()
    version = catalogue.version_in_force(code, today)
    keys = [case.key for case in version.cases]
    chosen = request.GET.get("truong-hop", "")
    case = version.case(chosen if chosen in keys else None) if keys else None
    offers = channels.offers_of(version, case) if case else []
    level, level_note = words.LEVELS[version.level]
    title = words.title_of(version)
    results = [words.name_of(result) for result in version.results]
    context = {
        "version": version,
        "title": title,
        "case": case,
        "case_name": words.name_of(case) if case else "",
        "cases": [(one.key, words.name_of(one) or gettext("Trường hợp chung")) for one in version.cases],
        "as_radios": len(version.cases) <= _RADIOS,
        "best": offers[0] if offers else None,
        "others": offers[1:],
        "level": level,
        "level_note": level_note,
        "reason": words.reason_words(version),
        "is_generic": version.form is not None and catalogue.is_generic(version.form),
        "place": " · ".join(str(words.AGENCY_LEVELS[str(level)]) for level in version.agency_levels),
        "papers": _papers(request, case) if case else {},
        "results": results,
        "is_online": version.level is not catalogue.OnlineLevel.INFORMATION,
        "summary": version.summary_en if words.in_english() and version.summary_en else version.summary,
        "newer": catalogue.newer_decision(version.code, number=version.number, on=today),
        "desk": places.chosen_desk(request),
        "crumbs": [
            Crumb(gettext("Trang chủ"), reverse("portal:home")),
            Crumb(
                version.field_name_en if words.in_english() and version.field_name_en else version.field_name,
                reverse("portal:field", args=[version.field_code]),
            ),
        ],
    }
    return render(request, "portal/procedure.html", context)


def blank_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a procedure to print and fill in by hand; a procedure without one is a kind 404."""
    version = catalogue.version_in_force(code, clock.today())
    if version.form is None:
        raise FormMissing(code=version.code)
    definition = forms.read(version.form, "en" if words.in_english() else "vi")
    context = {
        "version": version,
        "title": words.title_of(version),
        "is_generic": catalogue.is_generic(version.form),
        "sections": forms.blank(definition),
        "rows": range(1, _BLANK_ROWS + 1),
        "ways": words.RETURN_WAYS.values(),
    }
    return render(request, "portal/blank_form.html", context)


def _papers(request: HttpRequest, case: catalogue.Case) -> dict[str, list[words.ToBring]]:
    """Required papers first; then those of some cases only; last what need not be brought because it is held already."""
    held = _held_kinds(request)
    groups: dict[str, list[words.ToBring]] = {"bring": [], "only_if": [], "known": []}
    for component, said in zip(case.components, words.to_bring(case.components), strict=True):
        if component.kind_code and component.kind_code in held:
            groups["known"].append(said)
        elif component.is_required:
            groups["bring"].append(said)
        else:
            groups["only_if"].append(said)
    return groups


def _held_kinds(request: HttpRequest) -> set[str]:
    """Kinds of paper in force in the warehouse of whoever reads; nothing is known of a visitor."""
    actor = actor_of(request)
    if not actor.party_ids:
        return set()
    after: UUID | None = None
    papers, _ = warehouse.own_papers(actor=actor, after=after, limit=_MOST_HELD)
    return {paper.kind_code for paper in papers if paper.kind_code and str(paper.standing) == "in_force"}
