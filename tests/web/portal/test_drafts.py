"""Pages of drafts: stale tabs, ended sessions, several drafts, versions that changed, papers of another case."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, submitted
from tests.factories.drafts import fill_in, press, seen_on
from tests.factories.signing import plain_pdf
from tests.web.portal.conftest import LogIn

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as procedures
from motcua.catalogue.queries.versions import ask_again
from motcua.directory import services as directory
from motcua.documents import services as custody
from motcua.documents.models import FileRecord
from motcua.dossiers import queries, services
from motcua.dossiers.models import Draft
from motcua.dossiers.services import draft_papers
from motcua.kernel import clock

pytestmark = pytest.mark.django_db
_PASSWORD = "mot-cau-du-dai-de-nho"


def begin(client: Client, **posted: str) -> str:
    return str(client.post(reverse("portal:begin", args=[BIRTH]), posted).headers["Location"])


def only_draft(people: Cast) -> queries.Draft:
    (draft,) = queries.own_drafts(actor=people.hoa)
    return draft


def save(client: Client, address: str, seen: int, **typed: str) -> Any:
    return client.post(
        f"{address}to-khai/luu/", {"_seen": seen, **typed}, headers={"Accept": "application/json"}
    )


def test_a_stale_tab_takes_nothing_away(people: Cast, log_in: LogIn) -> None:
    """Case 04: the other tab's values are kept, this tab's are saved, and it is told which came from elsewhere."""
    client = log_in("hoa")
    address = begin(client)
    stale = seen_on(client, address + "to-khai/")
    save(client, address, stale, **{"child.full_name": "Trần Gia Bảo", "child.hometown": "An Bình"})
    answer = save(client, address, stale, copies="3")
    assert answer.status_code == 200
    assert set(answer.json()["taken"]) == {"child.full_name", "child.hometown"}
    data = only_draft(people).form_data
    assert (data["child"]["full_name"], data["copies"]) == ("Trần Gia Bảo", 3)


@pytest.mark.parametrize("choice", ["mine", "saved"])
def test_a_contradiction_is_chosen_on_a_page_with_both(people: Cast, log_in: LogIn, choice: str) -> None:
    client = log_in("hoa")
    address = begin(client)
    stale = seen_on(client, address + "to-khai/")
    save(client, address, stale, **{"child.full_name": "Trần Gia Bảo", "child.ethnicity": "Kinh"})
    typed = {"_seen": str(stale), "child.full_name": "Trần Gia Hân", "copies": "2"}
    refused = save(client, address, stale, **{"child.full_name": "Trần Gia Hân"})
    assert refused.status_code == 409
    assert refused.json()["fields"]
    page = client.post(address + "to-khai/", typed)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Trần Gia Bảo" in text
    assert "Trần Gia Hân" in text
    assert only_draft(people).form_data["child"]["full_name"] == "Trần Gia Bảo", "nothing before the choice"
    shown = str(only_draft(people).revision)
    client.post(address + "to-khai/", typed | {"_shown": shown, "_choose.form_data.child.full_name": choice})
    data = only_draft(people).form_data
    assert data["child"]["full_name"] == {"mine": "Trần Gia Hân", "saved": "Trần Gia Bảo"}[choice]
    assert (data["child"]["ethnicity"], data["copies"]) == ("Kinh", 2)


def test_what_moved_on_while_choosing_is_asked_again(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    stale = seen_on(client, address + "to-khai/")
    for name in ("Trần A", "Trần B"):
        save(client, address, only_draft(people).revision, **{"child.full_name": name})
    typed = {"_seen": str(stale), "_shown": "2", "_choose.form_data.child.full_name": "mine"}
    assert client.post(address + "to-khai/", typed | {"child.full_name": "Trần C"}).status_code == 409
    assert only_draft(people).form_data["child"]["full_name"] == "Trần B"


def test_a_page_does_not_contradict_itself(people: Cast, log_in: LogIn) -> None:
    """The save reached the server, its answer did not reach the page: what is typed next is no contradiction."""
    client = log_in("hoa")
    address = begin(client)
    seen = seen_on(client, address + "to-khai/")
    for name in ("Trần", "Trần Gia"):
        answer = save(client, address, seen, _page="abc", **{"child.full_name": name})
        assert answer.status_code == 200
    assert save(client, address, seen, _page="xyz", **{"child.full_name": "Lê"}).status_code == 409


@pytest.mark.parametrize(
    ("page", "first", "second"),
    [
        ("nguoi-nop/", {"phone": "0912345678"}, {"phone": "0987654321"}),
        ("noi-nop/", {"way": "counter"}, {"way": "postal", "return_address": "Thôn 1, xã An Bình"}),
    ],
)
def test_every_page_of_a_draft_carries_its_revision(
    people: Cast, log_in: LogIn, page: str, first: dict[str, str], second: dict[str, str]
) -> None:
    client = log_in("hoa")
    address = begin(client)
    given = {
        "applicant": str(people.hoa_party),
        "agency": str(people.an_binh),
        "phone": "",
        "way": "online",
    }
    fill_in(people.hoa, only_draft(people).id, contact={"phone": "0900000000"}, return_way="online")
    given |= {"case": only_draft(people).case_key}
    stale = seen_on(client, address + page)
    assert client.post(address + page, given | first | {"_seen": stale}).status_code == 302
    refused = client.post(address + page, given | second | {"_seen": stale})
    assert refused.status_code == 409
    assert "_choose." in refused.content.decode()


def test_a_local_copy_is_forgotten_only_when_it_is_saved(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    answer = save(client, address, 1, _copy="t-1", **{"child.full_name": "A B"})
    assert answer.cookies["mc_saved"].value == "t-1"
    refused = save(client, address, 1, _copy="t-2", **{"child.full_name": "C D"})
    assert (refused.status_code, "mc_saved" in refused.cookies) == (409, False)
    gone = log_in("nobody").post(f"{address}to-khai/", {"_copy": "t-3"})
    assert "mc_saved" not in gone.cookies
    forged = save(client, address, 2, _copy="x;y", **{"child.full_name": "A B"})
    assert "mc_saved" not in forged.cookies


def _after_log_in(client: Client, people: Cast, location: str, name: str = "hoa") -> Any:
    """Follow to the log-in page, log in with the password as people do, and open where it leads."""
    log_in_page = client.get(location)
    wanted = log_in_page.context["next"]
    account = people.account(name)
    directory.set_password(actor=people.system, account_id=account, password=_PASSWORD)
    typed = {"username": {"an_phat": "anphat"}.get(name, name), "password": _PASSWORD, "next": wanted}
    done = client.post(reverse("login:log_in"), typed)
    assert done.status_code == 302, done.content.decode()
    return client.get(done.headers["Location"])


@pytest.mark.parametrize(
    ("page", "field", "typed"),
    [
        ("to-khai/", "child.full_name", "Trần Gia Bảo"),
        ("nguoi-nop/", "phone", "0912 345 678"),
        ("noi-nop/", "way", "postal"),
    ],
)
def test_a_session_that_ended_gives_back_what_was_typed(
    people: Cast, log_in: LogIn, page: str, field: str, typed: str
) -> None:
    """Case 06 b: after the log-in, the same page with the posted values; nothing is done before the person presses."""
    client = log_in("hoa")
    address = begin(client)
    seen = seen_on(client, address + page)
    client.logout()
    ended = client.post(address + page, {field: typed, "_seen": seen})
    assert ended.status_code == 302
    back = _after_log_in(client, people, ended.headers["Location"])
    text = back.content.decode()
    assert back.status_code == 200
    assert "đã được điền lại" in text
    assert f'value="{typed}"' in text
    assert only_draft(people).form_data == {}


def test_what_was_typed_is_shown_to_nobody_else(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    client.logout()
    ended = client.post(address + "to-khai/", {"child.full_name": "Trần Gia Bảo"})
    back = _after_log_in(client, people, ended.headers["Location"], "an_phat")
    assert back.status_code == 404
    assert "Trần Gia Bảo" not in back.content.decode()


def test_a_token_that_no_longer_fits_gives_back_what_was_typed(people: Cast, log_in: LogIn) -> None:
    """Case 06 a: logged out and in again in another tab."""
    address = begin(log_in("hoa"))
    client = Client(enforce_csrf_checks=True)
    people.login(client, "hoa")
    refused = client.post(address + "to-khai/", {"child.full_name": "Trần Gia Bảo", "_seen": "1"})
    assert refused.status_code == 302
    page = client.get(refused.headers["Location"]).content.decode()
    assert 'value="Trần Gia Bảo"' in page
    assert only_draft(people).form_data == {}
    script = client.post(f"{address}to-khai/luu/", {}, headers={"Accept": "application/json"})
    assert (script.status_code, script.json()["code"]) == (403, "kit.session_expired")


def test_an_anonymous_start_goes_on_after_log_in(people: Cast, log_in: LogIn) -> None:
    client = Client()
    cases = [case.key for case in catalogue.version_in_force(BIRTH, clock.today()).cases]
    started = client.post(reverse("portal:begin", args=[BIRTH]), {"case": cases[-1]})
    page = _after_log_in(client, people, started.headers["Location"])
    assert page.status_code == 302
    draft = only_draft(people)
    assert page.headers["Location"] == reverse("portal:tasks", args=[draft.id])
    assert draft.case_key == cases[-1]


def test_twins_are_two_drafts(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    begin(client)
    first = only_draft(people)
    fill_in(people.hoa, first.id, form_data={"child": {"full_name": "Trần Gia Bảo"}})
    page = client.post(reverse("portal:begin", args=[BIRTH]))
    assert page.status_code == 200
    assert "Trần Gia Bảo" in page.content.decode()
    second = begin(client, _new="1")
    assert second != reverse("portal:tasks", args=[first.id])
    assert len(queries.own_drafts(actor=people.hoa)) == 2
    listed = client.get(reverse("portal:dossiers")).content.decode()
    assert "Trần Gia Bảo" in listed


def test_a_sent_draft_is_closed_and_points_to_its_dossier(people: Cast, log_in: LogIn) -> None:
    """Case 18."""
    client = log_in("hoa")
    address = begin(client)
    draft = only_draft(people)
    dossier_id = submitted(people, draft_id=draft.id).dossier_id
    where = reverse("portal:dossier", args=[dossier_id])
    answer = save(client, address, 1, **{"child.full_name": "Khác"})
    assert (answer.status_code, answer.json()["location"]) == (409, where)
    for page in ("to-khai/", "giay-to/", "nguoi-nop/", "noi-nop/"):
        assert where in client.get(address + page).content.decode()
        posted = client.post(address + page, {"_seen": "1"})
        assert posted.status_code == 409
        assert "không được lưu" in posted.content.decode()


def test_what_was_sent_can_be_taken_back_and_sent_again(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    dossier_id = submitted(people, contact={"phone": "0912345678"}).dossier_id
    offered = client.get(reverse("portal:sent", args=[dossier_id])).content.decode()
    address = reverse("portal:take_back", args=[dossier_id])
    assert address in offered
    assert log_in("an_phat").post(address).status_code == 404
    done = client.post(address)
    page = client.get(done.headers["Location"]).content.decode()
    assert "Chép từ hồ sơ trước" in page
    review = done.headers["Location"] + "xem-lai/"
    sent = press(client, review)
    assert sent.status_code == 302, sent.content.decode()
    assert len(queries.own_dossiers(actor=people.hoa).rows) == 2
    assert client.post(address).status_code == 409


def _attach(people: Cast, draft_id: UUID, key: str, name: str) -> str:
    file_id = custody.keep_file(actor=people.hoa, stream=BytesIO(plain_pdf()), filename=name).id
    services.add_draft_file(actor=people.hoa, draft_id=draft_id, component_key=key, file_id=file_id)
    return str(file_id)


def test_papers_of_a_former_case_stay_behind_and_are_shown(people: Cast, log_in: LogIn) -> None:
    """Case 07: attached in one case, sent in another: the dossier has what the review showed."""
    client = log_in("hoa")
    address = begin(client)
    draft = only_draft(people)
    version = catalogue.version_in_force(BIRTH, clock.today())
    keys = [{part.key for part in case.components} for case in version.cases]
    other = next((n, gone) for n, here in enumerate(keys) if n and (gone := keys[0] - here - {"declaration"}))
    case, former = version.cases[other[0]], sorted(other[1])[0]
    _attach(people, draft.id, former, "cu.pdf")
    wanted = [part.key for part in case.components if part.is_required and part.key != "declaration"]
    for key in wanted:
        _attach(people, draft.id, key, f"{key}.pdf")
    fill_in(
        people.hoa,
        draft.id,
        case_key=case.key,
        receiving_id=people.an_binh,
        contact={"phone": "0912345678"},
        form_data=dict(BIRTH_FORM),
    )
    assert "không gửi kèm" in client.get(address + "giay-to/").content.decode()
    assert "Không gửi kèm" in client.get(address + "xem-lai/").content.decode()
    sent = press(client, address + "xem-lai/")
    assert sent.status_code == 302, sent.content.decode()
    (row,) = queries.own_dossiers(actor=people.hoa).rows
    lines = queries.dossier_page(actor=people.binh, dossier_id=row.id).papers
    assert {line.component_key for line in lines} - {"declaration"} == set(wanted)
    assert all(line.name != line.component_key for line in lines)


def test_a_withdrawn_procedure_does_not_lock_its_drafts(people: Cast, log_in: LogIn) -> None:
    """Case 09: readable, says why it is not sent, can be deleted; and a stale page still saves what was typed."""
    client = log_in("hoa")
    address = begin(client)
    fill_in(people.hoa, only_draft(people).id, form_data={"child": {"full_name": "Trần Gia Bảo"}})
    present = catalogue.version_in_force(BIRTH, clock.today())
    procedures.withdraw_version(actor=people.system, version_id=present.id, reason="Bãi bỏ")
    ask_again()
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "không gửi được nữa" in text
    assert "Trần Gia Bảo" in text
    for part in ("to-khai/", "giay-to/", "nguoi-nop/", "noi-nop/", "xem-lai/"):
        assert client.get(address + part).headers["Location"] == address
    seen = only_draft(people).revision
    client.post(address + "to-khai/", {"_seen": seen, "child.full_name": "Trần Gia Hân"})
    assert only_draft(people).form_data["child"]["full_name"] == "Trần Gia Hân"
    assert client.post(address + "ban-moi/").status_code == 404
    assert client.get(address + "xoa/").status_code == 200
    assert client.post(address + "xoa/").status_code == 302
    assert not Draft.objects.exists()


def test_a_changed_form_says_what_stays_and_what_must_be_done_again(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    draft = only_draft(people)
    fill_in(people.hoa, draft.id, form_data={"child": {"full_name": "Trần Gia Bảo"}})
    Draft.objects.update(form_digest="0" * 64, case_key="khong-con")
    page = client.get(address).content.decode()
    assert "Quy định đã đổi" in page
    assert "không còn" in page
    assert client.post(address + "xem-lai/", {"_seen": draft.revision}).headers["Location"] == address
    assert client.post(address + "ban-moi/").status_code == 302
    renewed = only_draft(people)
    assert (renewed.is_outdated, renewed.form_data) == (False, {"child": {"full_name": "Trần Gia Bảo"}})
    assert "phần đã xong" in client.get(address).content.decode()


def test_what_changed_since_the_review_was_shown_is_looked_at_again(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    draft = only_draft(people)
    fill_in(
        people.hoa,
        draft.id,
        receiving_id=people.an_binh,
        contact={"phone": "0912345678"},
        form_data=dict(BIRTH_FORM),
        promised=["birth-notification"],
    )
    shown = {"_seen": seen_on(client, address + "xem-lai/")}
    _attach(people, draft.id, "birth-notification", "moi.pdf")
    again = client.post(address + "xem-lai/", shown)
    assert again.status_code == 422
    assert "moi.pdf" in again.content.decode()
    assert queries.own_dossiers(actor=people.hoa).rows == []


def _english(client: Client, method: str, address: str, typed: dict[str, str] | None = None) -> str:
    """The page as a reader of English meets it."""
    answer = client.generic(
        method,
        address,
        urlencode(typed or {}),
        content_type="application/x-www-form-urlencoded",
        headers={"Accept-Language": "en"},
    )
    return answer.content.decode()


def test_stale_closed_and_former_pages_speak_english(people: Cast, log_in: LogIn) -> None:
    """Cases 04, 07 and 18 for a reader of English."""
    client = log_in("hoa")
    address = begin(client)
    draft = only_draft(people)
    stale = seen_on(client, address + "to-khai/")
    save(client, address, stale, **{"child.full_name": "Tran Gia Bao"})
    typed = {"_seen": str(stale), "child.full_name": "Tran Gia Han"}
    merge = _english(client, "POST", address + "to-khai/", typed)
    assert "You just typed here" in merge
    assert "Chưa có gì bị ghi đè" not in merge
    _attach(people, draft.id, "no-longer-asked", "old.pdf")
    former = _english(client, "GET", address + "giay-to/")
    assert "Papers of the former case, not sent along" in former
    assert "Giấy tờ của trường hợp trước" not in former
    submitted(people, draft_id=draft.id)
    closed = _english(client, "POST", address + "to-khai/", {"_seen": "1"})
    assert "was not saved" in closed
    assert "không được lưu" not in closed


def test_a_file_for_which_there_is_no_room_is_not_kept(
    people: Cast, log_in: LogIn, settings: Settings
) -> None:
    client = log_in("hoa")
    address = begin(client) + "giay-to/"
    settings.MOTCUA_DRAFT_FILES_PER_PERSON = len(plain_pdf())
    given = [SimpleUploadedFile(name, plain_pdf(), "application/pdf") for name in ("một.pdf", "hai.pdf")]
    page = client.post(address, {"paper.birth-notification": given, "_stay": "1"})
    assert page.status_code == 422
    assert "hai.pdf" in page.content.decode()
    assert [paper["filename"] for paper in only_draft(people).papers] == ["một.pdf"]
    assert FileRecord.objects.filter(kept_by_id=people.hoa.account_id).count() == 1


def test_a_file_too_many_for_a_draft_is_not_kept(
    people: Cast, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_papers, "MOST_PAPERS", 1)
    client = log_in("hoa")
    address = begin(client) + "giay-to/"
    given = [SimpleUploadedFile(name, plain_pdf(), "application/pdf") for name in ("một.pdf", "hai.pdf")]
    assert client.post(address, {"paper.birth-notification": given}).status_code == 422
    assert FileRecord.objects.filter(kept_by_id=people.hoa.account_id).count() == 1
