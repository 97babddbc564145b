"""What somebody asks for, before it is a dossier."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from motcua.catalogue.queries import Channel
from motcua.dossiers.rules.mandate import Principal
from motcua.dossiers.services.declared import PaperGiven

#: Key of the component that an e-form replaces, by convention of the catalogue.
DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody asks for. `request_key` makes a retry harmless: the same key of the same account is one dossier.

    `draft_revision` is what the person looked at before sending; a draft that changed since is not sent.
    `applicant_id` is None where the applicant is somebody else, named in `principal`; `mandate` then says by what right
    (`kind`, `ground`, see `MandateKind`).
    """

    procedure_code: str
    receiving_id: UUID
    applicant_id: UUID | None
    request_key: str
    case_key: str | None = None
    channel: Channel = Channel.ONLINE
    submitter_id: UUID | None = None
    mandate: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    form_digest: str = ""
    form_data: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[PaperGiven] = ()
    helping_id: UUID | None = None
    competent_id: UUID | None = None
    returning_id: UUID | None = None
    return_way: str = "counter"
    sets: int = 1
    draft_id: UUID | None = None
    draft_revision: int | None = None
    #: The slip (form 02) with which somebody was sent home and came back.
    slip_id: UUID | None = None
    principal: Principal | None = None


def request_digest(application: Application) -> str:
    """What was asked for, as it came, in one word; the draft and the form it was written on are no part of it."""
    beside = {"request_key", "draft_id", "draft_revision", "slip_id", "form_digest"}
    said = {name: value for name, value in asdict(application).items() if name not in beside}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
