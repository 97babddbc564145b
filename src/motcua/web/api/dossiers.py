"""Operations on dossiers."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from motcua.catalogue.queries import Channel
from motcua.dossiers import queries, services
from motcua.dossiers.words import Urgency
from motcua.kernel.deadline import plain_words
from motcua.kernel.values import PartialDate
from motcua.web.api.acts import act, agency_named, papers_given
from motcua.web.api.authentication import caller
from motcua.web.api.errors import MomentNaive
from motcua.web.api.schemas import (
    ApplicationIn,
    DossierOut,
    FilterIn,
    MovedOut,
    MoveIn,
    PageOut,
    PrincipalIn,
    ReckoningOut,
)

router = Router(tags=["dossiers"])


@router.post("", response={201: MovedOut, 200: MovedOut}, summary="Submit, or register at the desk")
def submit(request: HttpRequest, given: ApplicationIn) -> Status[services.Moved]:
    """A person's key submits online; an officer's key with channel `counter` or `postal` registers and receives at once."""
    actor = caller(request)
    application = services.Application(
        procedure_code=given.procedure_code,
        receiving_id=agency_named(given.receiving),
        applicant_id=given.applicant_id,
        principal=_principal(given.principal),
        submitter_id=given.submitter_id,
        request_key=given.request_key,
        channel=Channel(given.channel),
        case_key=given.case_key,
        form_digest=given.form_digest,
        form_data=given.form_data,
        papers=papers_given(given.papers),
        mandate=given.mandate,
        contact=given.contact,
        return_way=given.return_way,
        sets=given.sets,
    )
    at_desk = actor.is_officer and application.channel is not Channel.ONLINE
    service = services.register_dossier if at_desk else services.submit_dossier
    moved = service(actor=actor, application=application)
    return Status(200 if moved.is_repeat else 201, moved)


def _principal(named: PrincipalIn | None) -> services.Principal | None:
    if named is None:
        return None
    return services.Principal(named.full_name, named.personal_number, PartialDate.kept(named.birth_on))


@router.get("", response=PageOut, summary="An officer's list")
def inbox(request: HttpRequest, filters: Query[FilterIn]) -> queries.Page[queries.DossierRow]:
    """Open work by due moment, everything else newest first; pages by cursor cost the same at any depth."""
    return queries.inbox(
        actor=caller(request),
        box=queries.Box(filters.box),
        filters=queries.Filters(
            text=filters.q,
            urgency=Urgency(filters.urgency) if filters.urgency else None,
            procedure_code=filters.procedure,
            channel=filters.channel,
            received_from=filters.received_from,
            received_to=filters.received_to,
        ),
        after=filters.after,
        limit=filters.limit,
    )


@router.get("/mine", response=PageOut, summary="Own dossiers of the person")
def mine(request: HttpRequest, after: str | None = None, limit: int = 20) -> queries.Page[queries.DossierRow]:
    """Dossiers of the person or the organisations they act for, newest first."""
    return queries.own_dossiers(actor=caller(request), after=after, limit=min(max(limit, 1), 100))


@router.get("/of-party/{party_id}", response=PageOut, summary="All dossiers of one applicant")
def of_party(
    request: HttpRequest, party_id: UUID, after: str | None = None, limit: int = 20
) -> queries.Page[queries.DossierRow]:
    """Those the caller may see, newest first."""
    size = min(max(limit, 1), 100)
    return queries.dossiers_of_party(actor=caller(request), party_id=party_id, after=after, limit=size)


@router.get("/{uuid:dossier_id}", response=DossierOut, summary="One dossier")
def one(request: HttpRequest, dossier_id: UUID) -> dict[str, object]:
    """With papers, timeline, results and the acts open to the caller."""
    page = queries.dossier_page(actor=caller(request), dossier_id=dossier_id, is_explained=False)
    names = {
        "receiving": page.receiving.name,
        "competent": page.competent.name,
        "returning": page.returning.name,
    }
    fields = {
        name: getattr(page, name)
        for name in DossierOut.model_fields
        if name not in {*names, "applicant_name"}
    }
    return fields | names | {"applicant_name": page.applicant.full_name}


@router.get(
    "/{uuid:dossier_id}/reckoning", response=ReckoningOut | None, summary="How the due moment came about"
)
def reckoning(request: HttpRequest, dossier_id: UUID, language: str = "vi") -> dict[str, object] | None:
    """The intervals, holidays, swaps and pauses that made it; null before receipt."""
    found = queries.reckoning_of(actor=caller(request), dossier_id=dossier_id)
    if found is None:
        return None
    return {
        "due_at": found.due_at,
        "start_at": found.start_at,
        "counted_from": found.counted_from,
        "is_paused": found.is_paused,
        "words": plain_words(found, "en" if language == "en" else "vi"),
        "lines": found.explanation,
    }


@router.post("/{uuid:dossier_id}/moves", response=MovedOut, summary="Act on a dossier")
def move(request: HttpRequest, dossier_id: UUID, given: MoveIn) -> services.Moved:
    """`move` names the act (see `moves` of the dossier); a stale `seen` is refused with 409."""
    if given.new_due_at is not None and given.new_due_at.tzinfo is None:
        raise MomentNaive(field="new_due_at")
    return act(caller(request), dossier_id, given)
