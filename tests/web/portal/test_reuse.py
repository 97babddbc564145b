"""Nobody is asked twice: papers and answers already held; and handing in for somebody else, over HTTP."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM
from tests.factories.drafts import fill_in, press
from tests.factories.signing import plain_pdf
from tests.web.portal.conftest import LogIn

from motcua.directory import queries as directory
from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries

pytestmark = pytest.mark.django_db

MARRIAGE = "KQ.G15.000032"
FATHER = {
    "applicant": "other",
    "principal_name": "Trần Văn Nam",
    "principal_number": "040 093 000 456",
    "principal_birth.d": "20",
    "principal_birth.m": "1",
    "principal_birth.y": "1993",
    "mandate_kind": "relative",
    "mandate_ground": "Vợ chồng",
    "phone": "0912345678",
}


def held(cast: Cast, owner: UUID | None = None, **changes: Any) -> UUID:
    owner = owner or cast.hoa_party
    file = custody.keep_file(
        actor=cast.binh, stream=BytesIO(plain_pdf()), filename="ket-hon.pdf", owner_party_id=owner
    )
    details: dict[str, Any] = {
        "kind_code": MARRIAGE,
        "source": PaperSource.RESULT,
        "trust": TrustLevel.AUTHORITATIVE,
        "title": "Giấy chứng nhận kết hôn",
        "number": "12",
        "symbol": "12/2020",
        "issuer": "UBND xã An Bình",
        "issued_on": date(2020, 3, 8),
        "dossier_code": "000.00.11.H99-200308-0001",
        "verification_code": str(uuid4()).upper()[:16],
    }
    return custody.record_paper(
        actor=cast.khanh, file_id=file.id, owner_party_id=owner, **(details | changes)
    ).id


def begin(client: Client, code: str = BIRTH) -> str:
    return str(client.post(reverse("portal:begin", args=[code])).headers["Location"])


def draft_of(cast: Cast, name: str = "hoa") -> queries.Draft:
    return queries.own_drafts(actor=cast.actor(name))[0]


def filled_in(cast: Cast, draft: queries.Draft, **changes: Any) -> None:
    details: dict[str, Any] = {
        "receiving_id": cast.an_binh,
        "applicant_id": cast.hoa_party,
        "contact": {"phone": "0912345678"},
        "form_data": dict(BIRTH_FORM),
    }
    fill_in(cast.hoa, draft.id, **(details | changes))


def test_what_is_held_is_offered_first_and_attached_by_reference(people: Cast, log_in: LogIn) -> None:
    paper_id = held(people)
    client = log_in("hoa")
    address = begin(client)
    assert "1 giấy tờ đã có trong kho" in client.get(address).content.decode()
    page = client.get(address + "giay-to/").content.decode()
    assert "Giấy chứng nhận kết hôn số 12/2020, UBND xã An Bình, cấp 08/03/2020" in page
    again = client.post(address + "giay-to/", {"_reuse": "marriage-certificate"})
    assert again.headers["Location"] == address + "giay-to/"
    client.post(address + "giay-to/", {"_reuse": "marriage-certificate"})
    (line,) = draft_of(people).papers
    assert (line["paper_id"], line["reused"]) == (str(paper_id), 3)
    assert "Đã có trong kho của bạn" not in client.get(address + "giay-to/").content.decode()

    filled_in(people, draft_of(people))
    client.post(address + "giay-to/", {"paper.birth-notification": SimpleUploadedFile("a.pdf", plain_pdf())})
    review = client.get(address + "xem-lai/").content.decode()
    assert "Bạn không phải nộp lại 1 giấy tờ, không phải điền" in review
    sent = press(client, address + "xem-lai/", follow=True)
    assert "Bạn không phải nộp lại 1 giấy tờ, không phải điền" in sent.content.decode()
    (row,) = queries.own_dossiers(actor=people.hoa).rows
    papers = queries.dossier_page(actor=people.hoa, dossier_id=row.id).papers
    assert [(p.paper_id, p.digitization) for p in papers if p.paper_id] == [(paper_id, 3)]
    assert "dùng lại từ kho" in client.get(reverse("portal:dossier", args=[row.id])).content.decode()


def test_a_reused_paper_can_be_taken_off_again(people: Cast, log_in: LogIn) -> None:
    held(people)
    client = log_in("hoa")
    address = begin(client) + "giay-to/"
    client.post(address, {"_reuse": "marriage-certificate"})
    client.post(address, {"_remove": draft_of(people).papers[0]["file_id"]})
    assert draft_of(people).papers == []
    assert "Đã có trong kho của bạn" in client.get(address).content.decode()


def test_a_paper_revoked_meanwhile_is_refused_with_advice(people: Cast, log_in: LogIn) -> None:
    paper_id = held(people)
    client = log_in("hoa")
    address = begin(client)
    client.post(address + "giay-to/", {"_reuse": "marriage-certificate"})
    filled_in(
        people,
        draft_of(people),
        promised=["birth-notification"],
    )
    custody.revoke_paper(actor=people.khanh, paper_id=paper_id, reason="Ghi sai")
    response = press(client, address + "xem-lai/")
    assert response.status_code == 422
    assert "đã hết hiệu lực, không dùng lại được" in response.content.decode()
    assert queries.own_dossiers(actor=people.hoa).rows == []


def test_papers_of_others_are_neither_offered_nor_taken(people: Cast, log_in: LogIn) -> None:
    held(people, owner=people.an_phat_party)
    held(people, trust=TrustLevel.DECLARED)
    client = log_in("hoa")
    address = begin(client) + "giay-to/"
    assert "Đã có trong kho" not in client.get(address).content.decode()
    client.post(address, {"_reuse": "marriage-certificate"})
    assert draft_of(people).papers == []


# -- the warehouse -----------------------------------------------------------------------------------------------------


def test_the_warehouse_page_says_what_each_paper_is_worth(people: Cast, log_in: LogIn) -> None:
    held(people)
    custody.revoke_paper(actor=people.khanh, paper_id=held(people), reason="Ghi sai ngày sinh")
    page = log_in("hoa").get(reverse("portal:own_papers")).content.decode()
    for words in ("12/2020", "UBND xã An Bình", "Còn hiệu lực", "Đã thu hồi", "Ghi sai ngày sinh"):
        assert words in page, words
    assert "000.00.11.H99-200308-0001" in page
    address = re.search(r'href="(/kiem-tra/[\w-]+/)"', page)
    assert address is not None
    verified = log_in("nobody").get(address[1]).content.decode()
    assert "Giấy chứng nhận kết hôn" in verified


def test_an_empty_warehouse_is_kind(log_in: LogIn) -> None:
    assert "Kho chưa có giấy tờ nào" in log_in("hoa").get(reverse("portal:own_papers")).content.decode()


@pytest.mark.parametrize(("name", "status"), [("hoa", 200), ("an_phat", 404), ("binh", 403), ("nobody", 302)])
def test_a_paper_is_read_by_its_owner_only(people: Cast, log_in: LogIn, name: str, status: int) -> None:
    address = reverse("portal:own_paper_file", args=[held(people)])
    assert log_in(name).get(address).status_code == status


@pytest.mark.usefixtures("clock_stands")
def test_the_warehouse_costs_the_same_with_two_and_with_many_and_goes_on(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")

    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("portal:own_papers")).status_code == 200
        return len(statements)

    held(people), held(people)
    client.get(reverse("portal:own_papers"))
    few = cost()
    for _ in range(20):
        held(people)
    assert cost() == few
    first = client.get(reverse("portal:own_papers"))
    following = first.context["page"].next_url
    assert first.content.decode().count("data-row>") == 20
    assert client.get(following).content.decode().count("data-row>") == 2
    assert client.get(reverse("portal:own_papers") + "?sau=hong").status_code == 200


# -- for somebody else -------------------------------------------------------------------------------------------------


def test_applying_for_somebody_else_keeps_the_two_apart(people: Cast, log_in: LogIn) -> None:
    held(people)
    client = log_in("hoa")
    address = begin(client)
    client.post(address + "giay-to/", {"_reuse": "marriage-certificate"})
    assert press(client, address + "nguoi-nop/", FATHER).status_code == 302
    draft = draft_of(people)
    assert (draft.applicant_id, draft.papers) == (None, [])
    shown = client.get(address + "nguoi-nop/").content.decode()
    assert 'value="Vợ chồng"' in shown
    assert 'value="040093000456"' in shown
    assert "Đã có trong kho" not in client.get(address + "giay-to/").content.decode()
    form = client.get(address + "to-khai/").content.decode()
    assert "Trần Văn Nam" in form
    assert "bạn đã khai ở phần Người nộp" in form
    requester = {**BIRTH_FORM["requester"], "full_name": "Trần Văn Nam", "personal_number": "040093000456"}
    fill_in(
        people.hoa,
        draft.id,
        receiving_id=people.an_binh,
        form_data={**BIRTH_FORM, "requester": {**requester, "relation": "father"}},
        promised=["birth-notification"],
    )
    review = client.get(address + "xem-lai/").content.decode()
    assert "Người thân: Vợ chồng" in review
    sent = press(client, address + "xem-lai/", follow=True)
    assert "Người nộp thay" in sent.content.decode()
    (row,) = queries.own_dossiers(actor=people.hoa).rows
    page = queries.dossier_page(actor=people.binh, dossier_id=row.id)
    assert (page.applicant.full_name, page.submitter.id) == ("Trần Văn Nam", people.hoa_party)
    assert page.form_data["requester"]["full_name"] == "Trần Văn Nam"


def test_by_authorisation_the_paper_is_on_the_list(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client, "2.000635")
    answers = FATHER | {"mandate_kind": "authorised", "mandate_ground": "Giấy số 12"}
    press(client, address + "nguoi-nop/", answers)
    assert "Văn bản ủy quyền" in client.get(address + "giay-to/").content.decode()
    press(client, address + "nguoi-nop/", {**FATHER, "applicant": str(people.hoa_party)})
    draft = draft_of(people)
    assert (draft.applicant_id, draft.mandate) == (people.hoa_party, {})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("principal_name", ""),
        ("principal_number", "12"),
        ("principal_number", "040094000456"),
        ("principal_birth.y", "3000"),
        ("principal_birth.m", "x"),
        ("mandate_kind", "boss"),
        ("mandate_ground", " "),
        ("applicant", str(UUID(int=404))),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    people: Cast, log_in: LogIn, field: str, value: str
) -> None:
    client = log_in("hoa")
    address = begin(client) + "nguoi-nop/"
    response = client.post(address, FATHER | {field: value})
    assert response.status_code == 422
    assert 'value="0912345678"' in response.content.decode()
    assert draft_of(people).mandate == {}


def test_the_page_does_not_tell_who_is_recorded(people: Cast, log_in: LogIn) -> None:
    """The same answers whether the number is somebody's, somebody else's or nobody's."""
    hoa = directory.party(people.hoa_party)
    client = log_in("an_phat")
    address = begin(client) + "nguoi-nop/"
    typed = FATHER | {"principal_name": "Người Lạ", "principal_number": str(hoa.number)}
    typed |= {"principal_birth.y": str(hoa.birth_on.year if hoa.birth_on else "")}
    assert client.post(address, typed).status_code == 302
    page = client.get(address.replace("nguoi-nop", "to-khai")).content.decode()
    assert hoa.full_name not in page
    assert not hoa.address or hoa.address not in page
