"""Applications and dossiers of the demo procedures, as the cast would hand them in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from tests.cast import Cast

from motcua.catalogue.queries import Channel
from motcua.dossiers import services
from motcua.dossiers.services import Application, Moved, PaperGiven

BIRTH = "1.001193"
_HOME = "Thôn Đông, xã An Bình, tỉnh Minh Sơn"

BIRTH_FORM: Mapping[str, Any] = {
    "requester": {
        "full_name": "Nguyễn Thị Hoa",
        "personal_number": "040195000123",
        "address": _HOME,
        "relation": "mother",
    },
    "parents": "both",
    "child": {
        "full_name": "Trần Gia Bảo",
        "birth_on": "2026-11-02",
        "sex": "male",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "birth_place": "Trung tâm y tế khu vực An Bình",
        "hometown": _HOME,
    },
    "mother": {
        "full_name": "Nguyễn Thị Hoa",
        "birth_on": "1995-05-12",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "address": _HOME,
    },
    "father": {
        "full_name": "Trần Văn Nam",
        "birth_on": "1993-01-20",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "address": _HOME,
    },
    "are_parents_married": True,
    "marriage": {"number": "12/2020", "issued_on": "2020-03-08", "issuer": "UBND xã An Bình"},
    "copies": 0,
    "promise": True,
}
BIRTH_PAPERS: Sequence[PaperGiven] = (
    PaperGiven("birth-notification", originals=1),
    PaperGiven("marriage-certificate", is_presented=True),
)


def birth_application(cast: Cast, **changes: Any) -> Application:
    """Hoa asks An Bình to register her child; every call has a request key of its own."""
    application = Application(
        procedure_code=BIRTH,
        receiving_id=cast.an_binh,
        applicant_id=cast.hoa_party,
        request_key=str(uuid4()),
        channel=Channel.ONLINE,
        form_data=BIRTH_FORM,
        papers=BIRTH_PAPERS,
    )
    return replace(application, **changes)


def submitted(cast: Cast, **changes: Any) -> Moved:
    return services.submit_dossier(actor=cast.hoa, application=birth_application(cast, **changes))


def received(cast: Cast, **changes: Any) -> Moved:
    moved = submitted(cast, **changes)
    seen = changes.get("papers", BIRTH_PAPERS)
    return services.receive_dossier(actor=cast.binh, dossier_id=moved.dossier_id, papers=brought(seen))


def registered(cast: Cast, **changes: Any) -> Moved:
    """Handed in at the desk and received there."""
    application = birth_application(cast, channel=Channel.COUNTER, **changes)
    return services.register_dossier(actor=cast.binh, application=application)


def brought(papers: Sequence[PaperGiven]) -> Sequence[PaperGiven]:
    """What a person only promised online, as the desk sees it on the table."""
    return [line for line in papers if not (line.file_id or line.paper_id)]


def in_work(cast: Cast, **changes: Any) -> UUID:
    """Received and assigned to Châu."""
    dossier_id = received(cast, **changes).dossier_id
    services.assign(actor=cast.hanh, dossier_id=dossier_id, assignee_id=cast.account("chau"))
    return dossier_id


def at_leader(cast: Cast, **changes: Any) -> UUID:
    dossier_id = in_work(cast, **changes)
    services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, note="Đủ điều kiện")
    return dossier_id
