"""A site in use, on which the campaign runs: dossiers at every desk, drafts, transfers, scans, delegations, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, at_leader, in_work, received, submitted
from tests.factories.signing import plain_pdf

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.directory import services as directory_services
from motcua.documents import services as custody
from motcua.dossiers import queries, services
from motcua.kernel import clock

#: Nobody but Hoa and the offices that work on her dossiers may ever see these.
SECRETS = ("040195000123", "Trần Gia Bảo", "BI-MAT-TRONG-NHAP")
#: People who have no business with Hoa or with An Bình.
STRANGERS = ("giang", "an_phat", "nobody")


@dataclass(frozen=True)
class Scene:
    """`places`: what a parameter of an address may stand for, by its name; `dossiers`: one at each stage."""

    places: Mapping[str, Any]
    dossiers: tuple[UUID, ...]


def set_up(cast: Cast) -> Scene:
    """Everything is An Bình's or Hoa's."""
    fresh = submitted(cast).dossier_id
    taken = received(cast).dossier_id
    worked = in_work(cast)
    led = at_leader(cast)
    asked_of = in_work(cast)
    services.ask_opinion(actor=cast.chau, dossier_id=asked_of, agency_id=cast.agriculture, question="Đất ai?")
    stopped = submitted(cast).dossier_id
    services.ask_supplement(actor=cast.binh, dossier_id=stopped, reason="Thiếu giấy chứng sinh")
    page = queries.dossier_page(actor=cast.hoa, dossier_id=taken)
    form_id = page.forms[0].id
    own = custody.keep_file(actor=cast.hoa, stream=BytesIO(plain_pdf()), filename="giấy.pdf").id
    scanned = custody.keep_file(actor=cast.binh, stream=BytesIO(plain_pdf()), filename="quét.pdf").id
    draft = services.begin_draft(
        actor=cast.hoa,
        procedure_code=BIRTH,
        form_data={**BIRTH_FORM, "requester": {**BIRTH_FORM["requester"], "full_name": "BI-MAT-TRONG-NHAP"}},
    )
    upload = custody.begin_upload(actor=cast.hoa, filename="a.pdf", size=10).id
    batch = custody.begin_batch(actor=cast.binh, agency_id=cast.an_binh, title="Quét sáng")
    custody.add_scan_file(actor=cast.binh, batch_id=batch, file_id=scanned)
    custody.take_in(actor=cast.system, batch_id=batch)
    (asked,) = queries.open_consultations_of(actor=cast.phuc)
    (lent, *_) = directory.delegations(actor=cast.dung, agency_id=cast.an_binh)
    directory_services.decide_day(
        actor=cast.quang, day=clock.today(), is_worked=False, name="Nghỉ", source="QĐ 1"
    )
    (decided, *_) = directory.decided_days(actor=cast.quang, agency_id=None)
    places: dict[str, Any] = {
        "dossier_id": worked,
        "file_id": own,
        "form_id": form_id,
        "draft_id": draft.id,
        "upload_id": upload,
        "batch_id": batch,
        "consultation_id": asked.id,
        "delegation_id": lent.id,
        "agency_id": cast.an_binh,
        "override_id": decided.id,
        "party_id": cast.hoa_party,
        "code": BIRTH,
        "event": "birth",
        "unit": "99004",
        "act": "nhan-bo-sung",
        "key": "forward",
        "form": "txt",
        "reference": page.code or "x",
        "name": "a.xlsx",
        "slug": "bao-cao",
        "level": 0,
        "column": 0,
        "row": 0,
    }
    catalogue.version_in_force(BIRTH, clock.today())
    return Scene(places, (fresh, taken, worked, led, asked_of, stopped))
