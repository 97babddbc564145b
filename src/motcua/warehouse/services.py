"""Acts on the warehouse."""

from datetime import date
from uuid import UUID

from motcua.documents import services as documents
from motcua.documents.queries import PaperSource, PaperView, TrustLevel
from motcua.kernel.authority import Actor


def keep_as_paper(
    *,
    actor: Actor,
    file_id: UUID,
    owner_party_id: UUID,
    kind_code: str,
    title: str,
    number: str,
    symbol: str,
    issuer: str,
    issued_on: date,
    dossier_code: str,
    verification_code: str | None,
) -> PaperView:
    """A sealed result enters its owner's warehouse (Decree 45/2020 art. 16): an original, ready for reuse.

    Runs in the caller's transaction. Refuses: `PermissionRefused`, `OutOfScope`, as `documents.record_paper`.
    """
    return documents.record_paper(
        actor=actor,
        file_id=file_id,
        kind_code=kind_code,
        owner_party_id=owner_party_id,
        title=title,
        number=number,
        symbol=symbol,
        issuer=issuer,
        issued_on=issued_on,
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        dossier_code=dossier_code,
        verification_code=verification_code,
    )
