"""Pictures of pages, and the deep view of a large sheet."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.documents import queries as documents
from motcua.web.counter.scanning.looking import AT_SCANNER
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.scans import picture_response, tile_response


@require_GET
@officers_only(*AT_SCANNER)
def picture(request: HttpRequest, page_id: UUID) -> HttpResponse:
    """The page as shown beside the fields."""
    return picture_response(request, page_id, is_thumb=False)


@require_GET
@officers_only(*AT_SCANNER)
def thumb(request: HttpRequest, page_id: UUID) -> HttpResponse:
    """The page as thumbnail."""
    return picture_response(request, page_id, is_thumb=True)


@require_GET
@officers_only(*AT_SCANNER)
def zoom(request: HttpRequest, page_id: UUID) -> HttpResponse:
    """A page to look into; without scripts the plain picture."""
    found = documents.page_zoom(actor=actor_of(request), page_id=page_id)
    context = {"zoom": found, "page_id": page_id, "back": request.GET.get("luot", "")}
    return render(request, "counter/scanning/zoom.html", context)


@require_GET
@officers_only(*AT_SCANNER)
def tile(request: HttpRequest, page_id: UUID, level: int, column: int, row: int) -> HttpResponse:
    """One tile of the deep view."""
    return tile_response(request, page_id, level, column, row)
