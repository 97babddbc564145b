"""Answering a request for more, over HTTP: what is shown, what is refused, whose files count."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, in_work
from tests.factories.signing import plain_pdf
from tests.web.counter.test_desk import posted_form
from tests.web.portal.test_values import fields

from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services

pytestmark = pytest.mark.django_db

LogIn = Callable[[str], Client]


@pytest.fixture
def asked(people: Cast) -> UUID:
    """A dossier of Hoa from which Châu wants a better scan."""
    dossier_id = in_work(people)
    services.ask_supplement(
        actor=people.chau, dossier_id=dossier_id, reason="Ảnh chụp bị mờ.", items=["Giấy chứng sinh rõ nét"]
    )
    return dossier_id


def at(dossier_id: UUID) -> str:
    return reverse("portal:supplement", args=[dossier_id])


def test_what_is_wanted_stands_on_the_page(asked: UUID, log_in: LogIn) -> None:
    page = log_in("hoa").get(at(asked)).content.decode()
    assert "Ảnh chụp bị mờ." in page
    assert "Giấy chứng sinh rõ nét" in page


def test_nobody_gives_more_unasked(people: Cast, log_in: LogIn) -> None:
    assert log_in("hoa").get(at(in_work(people))).status_code == 409


@pytest.mark.parametrize("kept", ["khong-phai-ma", "", "0199f000-0000-7000-8000-000000000000", "of Châu"])
def test_only_own_files_can_be_given(asked: UUID, people: Cast, log_in: LogIn, kept: str) -> None:
    if kept == "of Châu":
        kept = str(custody.keep_file(actor=people.chau, stream=BytesIO(plain_pdf()), filename="rieng.pdf").id)
    before = queries.dossier_page(actor=people.hoa, dossier_id=asked)
    answer = log_in("hoa").post(at(asked), {"kept": f"birth-notification:{kept}:giay.pdf"})
    assert answer.status_code == 404
    after = queries.dossier_page(actor=people.hoa, dossier_id=asked)
    assert (after.revision, after.is_paused) == (before.revision, True)


def test_a_form_left_empty_is_refused_and_the_note_is_kept(asked: UUID, people: Cast, log_in: LogIn) -> None:
    answer = log_in("hoa").post(at(asked), {"note": "Tôi gửi lại ảnh."})
    assert answer.status_code == 422
    assert "Tôi gửi lại ảnh." in answer.content.decode()
    assert queries.dossier_page(actor=people.hoa, dossier_id=asked).is_paused


def test_looking_at_the_form_changes_nothing(asked: UUID, people: Cast, log_in: LogIn) -> None:
    """The page shows defaults where nothing was answered; pressing its button is no answer by itself."""
    client = log_in("hoa")
    answer = client.post(at(asked), fields(client.get(at(asked))).posted)
    assert answer.status_code == 422
    assert "Đính kèm giấy tờ" in answer.content.decode()
    assert queries.dossier_page(actor=people.hoa, dossier_id=asked).is_paused


def test_a_paper_already_held_is_offered_and_taken_by_reference(
    asked: UUID, people: Cast, log_in: LogIn
) -> None:
    kept = custody.keep_file(
        actor=people.khanh, stream=BytesIO(plain_pdf()), filename="a.pdf", owner_party_id=people.hoa_party
    )
    paper = custody.record_paper(
        actor=people.khanh,
        file_id=kept.id,
        owner_party_id=people.hoa_party,
        kind_code="KQ.G15.000032",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        title="Giấy chứng nhận kết hôn",
    )
    client = log_in("hoa")
    page = client.get(at(asked)).content.decode()
    assert "Đã có trong kho của bạn" in page
    assert "Giấy chứng nhận kết hôn" in page
    assert client.post(at(asked), {"reuse": "birth-notification"}).status_code == 422, "only what was offered"
    taken = {"reuse": "marriage-certificate", **posted_form(BIRTH_FORM)}
    assert client.post(at(asked), taken).status_code == 302
    lines = queries.dossier_page(actor=people.chau, dossier_id=asked).papers
    (line,) = [one for one in lines if one.paper_id == paper.id]
    assert (line.component_key, line.digitization) == ("marriage-certificate", 3)
