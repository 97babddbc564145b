"""Answering a request for more, over HTTP: what is shown, kept, refused, and whose files count."""

import json
from collections.abc import Callable
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import in_work
from tests.factories.signing import plain_pdf
from tests.web.portal.test_values import fields

from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, Draft

pytestmark = pytest.mark.django_db

LogIn = Callable[[str], Client]
SCAN, BIRTHPLACE = "Giấy chứng sinh rõ nét", "Nói rõ nơi sinh"
JSON = {"Accept": "application/json"}


@pytest.fixture
def asked(people: Cast) -> UUID:
    """A dossier of Hoa from which Châu wants a better scan and a word."""
    dossier_id = in_work(people)
    services.ask_supplement(
        actor=people.chau, dossier_id=dossier_id, reason="Ảnh chụp bị mờ.", items=[SCAN, BIRTHPLACE]
    )
    return dossier_id


def at(dossier_id: UUID, name: str = "supplement") -> str:
    return reverse(f"portal:{name}", args=[dossier_id])


def posted(client: Client, dossier_id: UUID) -> dict[str, object]:
    """What the page as it is now would post."""
    return dict(fields(client.get(at(dossier_id))).posted)


def pdf(name: str = "giấy.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, plain_pdf(), content_type="application/pdf")


def is_waiting(people: Cast, dossier_id: UUID) -> bool:
    return queries.dossier_page(actor=people.hoa, dossier_id=dossier_id).is_paused


def test_each_thing_that_is_wanted_has_its_card_and_looking_writes_nothing(
    asked: UUID, log_in: LogIn
) -> None:
    page = log_in("hoa").get(at(asked)).content.decode()
    assert "Ảnh chụp bị mờ." in page
    for item in (SCAN, BIRTHPLACE):
        assert page.count(item) == 2, "its card and the list of what is done"
    assert page.count("Hạn: hết ngày") == 2
    assert "Thời hạn giải quyết dừng từ" in page
    assert not Draft.objects.filter(answers_id=asked).exists()


def test_nobody_gives_more_unasked(people: Cast, log_in: LogIn) -> None:
    dossier_id = in_work(people)
    assert log_in("hoa").get(at(dossier_id)).status_code == 409
    assert log_in("hoa").post(at(dossier_id, "save_answer")).status_code == 409


def test_what_is_typed_is_saved_and_stands_there_on_the_next_visit(
    asked: UUID, people: Cast, log_in: LogIn
) -> None:
    client = log_in("hoa")
    body = {**posted(client, asked), "_notes.item-1": "Bệnh viện tỉnh"}
    saved = client.post(at(asked, "save_answer"), body, headers=JSON)
    assert saved.status_code == 200
    assert "chưa gửi" in saved.json()["message"]
    assert is_waiting(people, asked)
    page = log_in("hoa").get(at(asked)).content.decode()
    assert "Bệnh viện tỉnh" in page
    assert "1 trên 2 việc" in page
    assert f'name="_seen" value="{saved.json()["revision"]}"' in page


def test_an_open_item_is_named_and_nothing_is_lost(asked: UUID, people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    body = {**posted(client, asked), "_notes.item-1": "Bệnh viện tỉnh"}
    answer = client.post(at(asked), body)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Việc 1 chưa có trả lời" in page
    assert "Việc 2 chưa có trả lời" not in page
    assert "Bệnh viện tỉnh" in page
    assert is_waiting(people, asked)


def test_long_words_are_kept_whole_and_said_to_be_too_long(asked: UUID, people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    words = "dài " * 600
    body = {**posted(client, asked), "_notes.item-0": "không có", "_notes.item-1": words}
    answer = client.post(at(asked), body)
    assert answer.status_code == 422
    assert "Tối đa 2000 ký tự, đang có 2399" in answer.content.decode()
    assert words.strip() in answer.content.decode()
    assert Draft.objects.get(answers_id=asked).notes["item-1"] == words.strip()
    assert is_waiting(people, asked)


def test_without_scripts_a_file_is_kept_over_visits_taken_off_and_sent_with_its_item(
    asked: UUID, people: Cast, log_in: LogIn
) -> None:
    client = log_in("hoa")
    later = {**posted(client, asked), "file.item-0": [pdf("một.pdf"), pdf("hai.pdf")], "_stay": "1"}
    assert client.post(at(asked), later).status_code == 302
    client = log_in("hoa")
    draft = Draft.objects.get(answers_id=asked)
    one, two = draft.papers.order_by("added_at")
    assert client.get(reverse("portal:answer_file", args=[asked, one.file_id])).status_code == 200
    dropped = client.post(at(asked), {**posted(client, asked), "_drop": str(two.file_id)})
    assert dropped.status_code == 302
    sent = client.post(at(asked), {**posted(client, asked), "_notes.item-1": "Bệnh viện tỉnh"})
    assert sent.status_code == 302
    page = queries.dossier_page(actor=people.chau, dossier_id=asked)
    assert page.timeline[-1].detail["answers"] == [
        {"item": SCAN, "note": "", "files": ["một.pdf"]},
        {"item": BIRTHPLACE, "note": "Bệnh viện tỉnh", "files": []},
    ]
    assert one.file_id in {line.file_id for line in page.papers}


def test_after_sending_an_old_page_says_that_it_is_sent(asked: UUID, log_in: LogIn) -> None:
    client = log_in("hoa")
    old = posted(client, asked)
    both = {"_notes.item-0": "không có", "_notes.item-1": "Bệnh viện tỉnh"}
    assert client.post(at(asked), {**old, **both}).status_code == 302
    late = client.post(at(asked, "save_answer"), {**old, "_notes.item-0": "mới"}, headers=JSON)
    assert late.status_code == 409
    assert late.json()["location"] == at(asked, "dossier")


def test_a_stale_page_chooses_and_overwrites_nothing(asked: UUID, log_in: LogIn) -> None:
    client = log_in("hoa")
    old = posted(client, asked)
    first = {**old, "_page": "aaaaaaaa", "_notes.item-1": "Bệnh viện tỉnh", "_stay": "1"}
    second = {**old, "_page": "bbbbbbbb", "_notes.item-1": "Trạm y tế xã", "_stay": "1"}
    assert client.post(at(asked), first).status_code == 302
    answer = client.post(at(asked), second)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Trả lời việc 2" in page
    assert "Bệnh viện tỉnh" in page
    assert "Trạm y tế xã" in page
    assert Draft.objects.get(answers_id=asked).notes["item-1"] == "Bệnh viện tỉnh"


def test_what_was_typed_survives_a_session_that_ended(
    asked: UUID, people: Cast, client: Client, log_in: LogIn
) -> None:
    body = posted(log_in("hoa"), asked)
    gone = client.post(at(asked), {**body, "_notes.item-1": "Bệnh viện tỉnh"})
    assert gone.status_code == 302
    back = parse_qs(urlsplit(gone.headers["Location"]).query)["next"][0]
    people.login(client, "hoa")
    page = client.get(back).content.decode()
    assert "Bệnh viện tỉnh" in page
    assert "Nội dung bạn vừa nhập đã được điền lại" in page
    assert not Draft.objects.filter(answers_id=asked).exists(), "nothing is done with it by itself"
    sent = {**dict(fields(client.get(back)).posted), "_notes.item-0": "không có"}
    assert client.post(at(asked), sent).status_code == 302
    assert not is_waiting(people, asked)


def test_a_file_comes_in_pieces_and_stands_on_its_card(asked: UUID, people: Cast, log_in: LogIn) -> None:
    client, content = log_in("hoa"), plain_pdf()
    tus = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(content)),
        "Upload-Metadata": "filename YS5wZGY=",
    }
    begun = client.post(reverse("portal:answer_upload", args=[asked, 0]), headers=tus)
    assert begun.status_code == 201
    piece = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Prefer": "return=representation"}
    octets = "application/offset+octet-stream"
    done = client.patch(begun.headers["Location"], content, content_type=octets, headers=piece)
    assert "a.pdf" in json.loads(done.content)["html"]
    assert "a.pdf" in client.get(at(asked)).content.decode()
    assert client.post(reverse("portal:answer_upload", args=[asked, 2]), headers=tus).status_code == 404
    assert client.get(reverse("portal:answer_file", args=[asked, uuid4()])).status_code == 404


def test_an_answer_of_somebody_else_is_out_of_reach(asked: UUID, log_in: LogIn) -> None:
    other = log_in("an_phat")
    assert other.get(at(asked)).status_code == 404
    assert other.post(at(asked, "save_answer"), {"_notes.item-0": "x"}).status_code == 404
    assert not Draft.objects.filter(answers_id=asked).exists()


def test_looking_at_the_form_changes_nothing(asked: UUID, people: Cast, log_in: LogIn) -> None:
    """The page shows defaults where nothing was answered; pressing its button is no answer by itself."""
    client = log_in("hoa")
    answer = client.post(at(asked), posted(client, asked))
    assert answer.status_code == 422
    assert "Việc 1 chưa có trả lời" in answer.content.decode()
    assert is_waiting(people, asked)


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
    body = posted(client, asked)
    client.post(at(asked), {**body, "_reuse": "birth-notification"})
    assert not Draft.objects.get(answers_id=asked).papers.exists(), "only what was offered"
    assert (
        client.post(at(asked), {**posted(client, asked), "_reuse": "marriage-certificate"}).status_code == 302
    )
    assert client.post(at(asked), posted(client, asked)).status_code == 302
    lines = queries.dossier_page(actor=people.chau, dossier_id=asked).papers
    (line,) = [one for one in lines if one.paper_id == paper.id]
    assert (line.component_key, line.digitization) == ("marriage-certificate", 3)


def test_what_the_agency_corrected_meanwhile_is_chosen_and_never_overwritten(
    asked: UUID, people: Cast, log_in: LogIn
) -> None:
    client = log_in("hoa")
    words = {"_notes.item-0": "không có", "_notes.item-1": "Bệnh viện tỉnh"}
    changed = {"child.full_name": "Trần Hân", "child.hometown": "An Bình"}
    assert (
        client.post(at(asked), {**posted(client, asked), **words, **changed, "_stay": "1"}).status_code == 302
    )
    row = Dossier.objects.get(pk=asked)
    row.form_data["child"]["full_name"] = "Trần Gia Hân"
    row.revision += 1
    row.save(update_fields=["form_data", "revision"])

    answer = client.post(at(asked), posted(client, asked))
    assert answer.status_code == 409
    merging = answer.content.decode()
    for said in ("Trần Hân", "Trần Gia Hân", "Hồ sơ hiện nay, cán bộ đã sửa"):
        assert said in merging
    assert "An Bình" in merging, "what is not asked comes along"
    assert is_waiting(people, asked)
    chosen = {**fields(answer).posted, "_choose-dossier.form_data.child.full_name": "saved"}
    assert client.post(at(asked), chosen).status_code == 302
    child = queries.dossier_page(actor=people.chau, dossier_id=asked).form_data["child"]
    assert (child["full_name"], child["hometown"]) == ("Trần Gia Hân", "An Bình")
