"""Pages of the citizens' face over HTTP: who may see what, how many statements a list costs, what is kept on refusals."""

import io
from uuid import UUID

import img2pdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from tests.cast import EVERYBODY, Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, in_work, received, submitted
from tests.factories.drafts import fill_in, press, seen_on
from tests.web.portal.conftest import LogIn

from motcua.dossiers import queries

pytestmark = pytest.mark.django_db


def scan() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    return bytes(img2pdf.convert(picture.getvalue()))


def begin(client: Client, code: str = BIRTH) -> str:
    response = client.post(reverse("portal:begin", args=[code]))
    assert response.status_code == 302
    return str(response.headers["Location"])


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_dossier_is_seen_by_its_people_only(people: Cast, log_in: LogIn, name: str) -> None:
    dossier_id = received(people).dossier_id
    client = log_in(name)
    for view in ("dossier", "sent", "withdraw"):
        response = client.get(reverse(f"portal:{view}", args=[dossier_id]))
        expected = {"hoa": 200, "nobody": 302, "an_phat": 404}.get(name, 403)
        assert response.status_code == expected, (view, name)


@pytest.mark.parametrize("name", ["an_phat", "giang", "nobody"])
def test_a_draft_is_its_owners_alone(people: Cast, log_in: LogIn, name: str) -> None:
    address = begin(log_in("hoa"))
    assert log_in("hoa").get(address).status_code == 200
    for part in ("", "noi-nop/", "nguoi-nop/", "to-khai/", "giay-to/", "xem-lai/", "xoa/"):
        assert log_in(name).get(address + part).status_code in {302, 403, 404}
        assert log_in(name).post(address + part).status_code in {302, 403, 404}


@pytest.mark.usefixtures("clock_stands")
def test_my_dossiers_costs_the_same_with_two_and_with_many(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(reverse("portal:dossiers")).status_code == 200
        return len(statements)

    for _ in range(2):
        submitted(people)
    client.get(reverse("portal:dossiers"))
    few = cost()
    for _ in range(10):
        submitted(people)
    assert cost() == few


def test_an_anonymous_visitor_is_sent_to_log_in_and_back(log_in: LogIn) -> None:
    response = log_in("nobody").get(reverse("portal:dossiers"))
    assert response.headers["Location"] == f"{reverse('login:log_in')}?next=%2Fho-so%2F"


def test_a_script_is_told_that_the_session_ended(log_in: LogIn) -> None:
    address = begin(log_in("hoa"))
    response = log_in("nobody").post(f"{address}to-khai/luu/", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert "Đăng nhập lại" in response.json()["detail"]


def test_a_draft_saves_itself_and_says_when(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    response = client.post(f"{begin(client)}to-khai/luu/", {"child.full_name": "Trần Gia"})
    assert response.json()["message"].startswith("Đã lưu bản nháp lúc")
    assert queries.own_drafts(actor=people.hoa)[0].form_data["child"] == {"full_name": "Trần Gia"}


def test_a_draft_is_continued_not_begun_twice(log_in: LogIn) -> None:
    client = log_in("hoa")
    assert begin(client) == begin(client)


def test_faults_keep_what_was_typed_and_lead_to_their_field(log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client) + "to-khai/"
    typed = {
        "child.full_name": "Trần Gia Bảo",
        "child.birth_on.d": "31",
        "child.birth_on.m": "2",
        "child.birth_on.y": "2026",
    }
    response = press(client, address, typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'href="#f-child-birth_on"' in page
    assert 'value="Trần Gia Bảo"' in page
    assert 'value="Trần Gia Bảo"' in client.get(address).content.decode()


def test_known_answers_cannot_be_forged(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client) + "to-khai/"
    client.post(address, {"requester.full_name": "Kẻ Khác", "requester.personal_number": "001200000001"})
    draft = queries.own_drafts(actor=people.hoa)[0]
    assert draft.form_data["requester"]["full_name"] == "Nguyễn Thị Hoa"


def test_a_mislabelled_file_is_refused_and_the_good_one_is_kept(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client) + "giay-to/"
    files = {
        "paper.birth-notification": SimpleUploadedFile("giay-chung-sinh.pdf", scan()),
        "paper.marriage-certificate": SimpleUploadedFile("ket-hon.pdf", b"MZ\x90 this is a program"),
    }
    response = client.post(address, files)
    assert response.status_code == 422
    page = response.content.decode()
    assert "giay-chung-sinh.pdf</a>" in page
    assert "ket-hon.pdf:" in page
    assert [paper["filename"] for paper in queries.own_drafts(actor=people.hoa)[0].papers] == [
        "giay-chung-sinh.pdf"
    ]


def test_a_file_of_somebody_else_cannot_be_attached_or_read(people: Cast, log_in: LogIn) -> None:
    hoa, other = log_in("hoa"), log_in("an_phat")
    address = begin(hoa)
    hoa.post(address + "giay-to/", {"paper.birth-notification": SimpleUploadedFile("a.pdf", scan())})
    file_id = queries.own_drafts(actor=people.hoa)[0].papers[0]["file_id"]
    assert hoa.get(f"{address}tep/{file_id}/").status_code == 200
    assert other.get(f"{address}tep/{file_id}/").status_code == 404
    dossier_id = in_work(people)
    assert hoa.get(reverse("portal:file", args=[dossier_id, file_id])).status_code == 404


def test_sending_twice_makes_one_dossier(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    draft = queries.own_drafts(actor=people.hoa)[0]
    fill_in(
        people.hoa,
        draft.id,
        receiving_id=people.an_binh,
        applicant_id=people.hoa_party,
        contact={"phone": "0912345678"},
        form_data=dict(BIRTH_FORM),
        promised=["birth-notification"],
    )
    shown = {"_seen": seen_on(client, address + "xem-lai/")}
    first, second = (client.post(address + "xem-lai/", shown) for _ in range(2))
    assert first.status_code == second.status_code == 302, first.content.decode()
    assert first.headers["Location"] == second.headers["Location"]
    assert len(queries.own_dossiers(actor=people.hoa).rows) == 1


def test_an_unfinished_draft_is_not_sent(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    response = client.post(begin(client) + "xem-lai/")
    assert response.status_code == 422
    assert queries.own_dossiers(actor=people.hoa).rows == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/thu-tuc/9.999999/", 404),
        ("/su-kien/khong-co/", 404),
        ("/linh-vuc/KHONG-CO/", 404),
        ("/tra-cuu/?ma=khong phai ma", 404),
        ("/tim/?q=%25&sau=hong", 200),
        ("/tim/?q=%00", 400),
        (f"/ho-so/{UUID(int=404)}/", 302),
    ],
)
def test_wrong_addresses_get_kind_answers(log_in: LogIn, path: str, status: int) -> None:
    assert log_in("nobody").get(path).status_code == status


def test_search_forgives_accents_word_order_and_slips(log_in: LogIn) -> None:
    for typed in ("đăng ký khai sinh", "khai sinh dang ky", "dang ki khai sjnh"):
        assert "1.001193" in log_in("nobody").get("/tim/", {"q": typed}).content.decode(), typed


def test_suggestions_are_a_fragment(log_in: LogIn) -> None:
    page = log_in("nobody").get("/tim/", {"q": "khai sinh"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "/thu-tuc/1.001193/" in page
