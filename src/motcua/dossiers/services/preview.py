"""The proposed result as the document it would become, before anybody signs."""

from uuid import UUID

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.dossiers.errors import SigningRefused
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.decide import latest_result, signing_ground
from motcua.dossiers.services.results import result_pdf
from motcua.kernel.authority import Actor, in_scope


def preview_result(*, actor: Actor, dossier_id: UUID) -> bytes:
    """The PDF of the result in hand: the draft itself if there is one, otherwise typeset anew; nothing is kept.

    The number is open until signing. Refuses: `OutOfScope`, `ResultMissing`.
    """
    dossier = in_scope(Dossier.objects.visible_to(actor).filter(pk=dossier_id).first())
    result = latest_result(dossier)
    if result.draft_file_id is not None:
        with documents.open_file(result.draft_file_id) as stream:
            return stream.read()
    try:
        ground = signing_ground(actor, dossier)
    except SigningRefused:
        ground = None
    return result_pdf(dossier, result, ground if isinstance(ground, directory.DelegationView) else None, "")
