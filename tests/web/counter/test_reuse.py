"""At the desk too, what the administration holds is offered before it is asked for."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, birth_application
from tests.factories.signing import plain_pdf
from tests.web.counter.test_desk import DESK, dossier_count, screen

from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.services import Principal

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def held(cast: Cast, owner: UUID) -> UUID:
    file = custody.keep_file(
        actor=cast.binh, stream=BytesIO(plain_pdf()), filename="ket-hon.pdf", owner_party_id=owner
    )
    return custody.record_paper(
        actor=cast.khanh,
        file_id=file.id,
        owner_party_id=owner,
        kind_code="KQ.G15.000032",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        title="Giấy chứng nhận kết hôn",
        symbol="12/2020",
        issuer="UBND xã An Bình",
    ).id


def without_marriage(cast: Cast, **changes: str) -> dict[str, Any]:
    body = screen(cast, **changes)
    del body["p.marriage-certificate.presented"]
    return body


def test_the_desk_offers_takes_and_counts(cast: Cast, as_: As) -> None:
    paper_id = held(cast, cast.hoa_party)
    client = as_("binh")
    body = without_marriage(cast, act="enter")
    page = client.post(DESK, body).content.decode()
    assert "Đã có trong kho:" in page
    assert "Giấy chứng nhận kết hôn số 12/2020 · UBND xã An Bình" in page
    page = client.post(DESK, {**body, "act": "reuse:marriage-certificate"}).content.decode()
    assert f'name="p.marriage-certificate.paper" value="{paper_id}"' in page
    body["p.marriage-certificate.paper"] = str(paper_id)
    dropped = client.post(DESK, {**body, "act": "no-reuse:marriage-certificate"}).content.decode()
    assert 'name="p.marriage-certificate.paper" value=""' in dropped
    answer = client.post(DESK, {**body, "act": "receive"}, follow=True)
    assert "Người nộp không phải nộp lại 1 giấy tờ" in answer.content.decode()
    papers = answer.context["page"].papers
    assert [(line.paper_id, line.digitization) for line in papers if line.paper_id] == [(paper_id, 3)]


@pytest.mark.parametrize("of", ["somebody else", "nobody"])
def test_a_paper_not_of_this_person_is_as_if_never_chosen(cast: Cast, as_: As, of: str) -> None:
    foreign = held(cast, cast.an_phat_party) if of == "somebody else" else uuid4()
    body = without_marriage(cast, **{"p.marriage-certificate.paper": str(foreign)})
    assert "Đã có trong kho" not in as_("binh").post(DESK, {**body, "act": "enter"}).content.decode()
    answer = as_("binh").post(DESK, body, follow=True)
    assert dossier_count(cast) == 1
    assert all(line.paper_id is None for line in answer.context["page"].papers)


@pytest.mark.parametrize("address", ["/quay/ho-so/{}/", "/co-quan/ho-so/{}/"])
def test_officers_see_who_handed_in_and_by_what_right(cast: Cast, as_: As, address: str) -> None:
    named = Principal("Trần Văn Nam", "040095000123", date(1995, 1, 20))
    application = birth_application(
        cast,
        procedure_code=BIRTH,
        applicant_id=None,
        principal=named,
        mandate={"kind": "relative", "ground": "Vợ chồng"},
    )
    moved = services.submit_dossier(actor=cast.hoa, application=application)
    page = as_("binh").get(address.format(moved.dossier_id)).content.decode()
    assert "Người thân: Vợ chồng" in page
    assert "Trần Văn Nam" in page
    recorded = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id).applicant.number
    assert ("Đối chiếu giấy tờ của người đề nghị" in page) is (recorded is None)
