"""What the system prints when somebody asks for it: known to the register afterwards, the same sheet once."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

from django.db import IntegrityError

from motcua.documents.models import Paper
from motcua.documents.queries import qr_key
from motcua.documents.services.files import keep_file
from motcua.documents.services.papers import record_paper
from motcua.documents.words import PaperSource, TrustLevel
from motcua.kernel.authority import SYSTEM


def printed_code(kind: str, whose: str, at: datetime, content: Mapping[str, object]) -> str:
    """The verification code of a sheet by what it says: the same content has the same code, and nobody can guess it."""
    said = json.dumps([kind, whose, at.isoformat(), content], sort_keys=True, ensure_ascii=False, default=str)
    digest = hmac.new(qr_key(), f"printed|{said}".encode(), hashlib.sha256).digest()[:10]
    return base64.b32encode(digest).decode().translate(str.maketrans("IO", "89"))


def record_printed(
    *,
    pdf: bytes,
    code: str,
    kind_code: str,
    filename: str,
    title: str,
    symbol: str,
    issuer: str,
    issued_on: date,
    dossier_code: str = "",
) -> UUID:
    """Keep a sheet that was printed and let the register know it; one printed before is found by its `code`. Answers with the
    file. Outside a transaction. It stands in nobody's warehouse.
    """
    known = Paper.objects.filter(verification_code=code).values_list("file_id", flat=True).first()
    if known is not None:
        return known
    kept = keep_file(actor=SYSTEM, stream=BytesIO(pdf), filename=filename, is_made_here=True)
    try:
        record_paper(
            actor=SYSTEM,
            file_id=kept.id,
            kind_code=kind_code,
            source=PaperSource.FORM,
            trust=TrustLevel.COMPARED,
            title=title,
            symbol=symbol,
            issuer=issuer,
            issued_on=issued_on,
            dossier_code=dossier_code,
            verification_code=code,
        )
    except IntegrityError:  # printed by two at once: the first is kept, both have the same bytes
        return Paper.objects.values_list("file_id", flat=True).get(verification_code=code)
    return kept.id
