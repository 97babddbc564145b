"""The own electronic warehouse: what the administration holds for a person, so that nobody is asked for it again."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.kernel.authority import in_scope
from motcua.warehouse import queries as warehouse
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Page, Tone
from motcua.web.kit.serving import shown_file
from motcua.web.portal import held
from motcua.web.portal.access import citizen_only

_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A paper of the warehouse, said."""

    title: str
    kind: str
    number: str
    issuer: str
    issued: str
    valid_until: str
    standing: str
    tone: Tone
    reason: str
    dossier_code: str
    dossier_url: str
    file_url: str
    verify_url: str
    is_held_back: bool = False


@citizen_only
def own_papers(request: HttpRequest) -> HttpResponse:
    """Papers of those the person acts for, newest first; ended ones say so."""
    actor = actor_of(request)
    after = _uuid(request.GET.get("sau", ""))
    papers, following = warehouse.own_papers(actor=actor, after=after, limit=_PER_PAGE)
    kinds = held.kind_names() if papers else {}
    withheld = dossiers.held_back_papers([paper.id for paper in papers])
    context = {
        "rows": [paper_row(paper, kinds, is_held_back=paper.id in withheld) for paper in papers],
        "page": Page(
            f"{request.path}?sau={following}" if following else "", request.path if after else "", len(papers)
        ),
    }
    return render(request, "portal/warehouse.html", context)


@citizen_only
def own_paper_file(request: HttpRequest, paper_id: UUID) -> FileResponse:
    """The file of an own paper; a result whose fee is open is held back."""
    paper = documents.paper_for(actor_of(request), paper_id)
    in_scope(None if dossiers.held_back_papers([paper.id]) else paper)
    return shown_file(request, paper.file)


def paper_row(paper: documents.PaperView, kinds: dict[str, str], *, is_held_back: bool) -> HeldRow:
    """A paper of the warehouse, said."""
    standing, tone = held.STANDINGS[paper.standing]
    kind = kinds.get(paper.kind_code, "")
    title = held.title_of(paper, kinds)
    code = paper.verification_code
    return HeldRow(
        title=title,
        kind=kind if kind != title else "",
        number=held.number_of(paper),
        issuer=paper.issuer,
        issued=when.day(paper.issued_on) if paper.issued_on else "",
        valid_until=when.day(paper.valid_until) if paper.valid_until else "",
        standing=str(standing),
        tone=tone,
        reason=paper.end_reason,
        dossier_code=paper.dossier_code,
        dossier_url=f"{reverse('portal:track')}?{urlencode({'ma': paper.dossier_code})}"
        if dossiers.parse_code(paper.dossier_code)
        else "",
        file_url="" if is_held_back else reverse("portal:own_paper_file", args=[paper.id]),
        is_held_back=is_held_back,
        verify_url=reverse("verification:paper", args=[code]) if code else "",
    )


def _uuid(text: str) -> UUID | None:
    """A damaged cursor begins again."""
    try:
        return UUID(text)
    except ValueError:
        return None
