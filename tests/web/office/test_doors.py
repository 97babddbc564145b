"""Doors of administration and of the catalogue: agencies, competence, posts, keys, keys of programs, versions, revocation."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as versions
from motcua.catalogue.errors import ContentUnreadable
from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.errors import ApiTokenInvalid, PostTaken
from motcua.directory.queries import AccessChange, Role
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.errors import SigningKeyHeld
from motcua.documents.queries import Standing
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services as acts
from motcua.dossiers.errors import SignedElectronically
from motcua.dossiers.models import Dossier, Result
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.models import JournalEntry
from motcua.web.office.administration import words

if TYPE_CHECKING:
    from tests.factories.signing import SigningWorld

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
ROOT = "/co-quan/quan-tri/"
CATALOGUE = "/co-quan/danh-muc/thu-tuc/"
BIRTH = "1.001193"


Wrong = tuple[dict[str, object], ...]


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}.d": str(day.day), f"{name}.m": str(day.month), f"{name}.y": str(day.year)}


def changes(cast: Cast) -> list[AccessChange]:
    return [one.change for one in directory.access_records(actor=cast.quang)]


def test_an_agency_is_opened_by_decision_and_found_by_links(cast: Cast, as_: As) -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/moi/"
    assert here in quang.get(ROOT).content.decode()
    typed = {
        "code": "H99.77",
        "name": "Phòng Thử nghiệm",
        "kind": "division",
        "level": "commune",
        "territory": "99004",
        "parent": "H99.11",
        "decision": "Quyết định 9/QĐ-UBND",
        **boxes("begins", clock.today()),
    }
    wrong = quang.post(here, {**typed, "territory": "99999", "decision": "", "kind": "x"})
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert "Phòng Thử nghiệm" in said, "nothing typed is lost"
    for fault in ("Ghi số quyết định thành lập.", "Chọn loại cơ quan.", "99999"):
        assert fault in said
    assert "không cùng cấp" in quang.post(here, {**typed, "territory": "99"}).content.decode()
    assert "H99.55" in quang.post(here, {**typed, "parent": "H99.55"}).content.decode()
    assert "H99.11" in quang.post(here, {**typed, "code": "H99.11"}).content.decode(), "a code that is taken"
    done = quang.post(here, typed)
    assert done.status_code == 302, done.content.decode()
    opened = directory.agency("H99.77")
    assert done.headers["Location"] == f"{ROOT}co-quan/{opened.id}/"
    assert (opened.parent_id, opened.territory_id) == (cast.an_binh, cast.commune)
    assert JournalEntry.objects.filter(
        name="directory.AgencyOpened", payload__agency_id=str(opened.id)
    ).exists()


def test_what_an_agency_answers_for_is_changed_with_a_trace(cast: Cast, as_: As) -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/"
    field = catalogue.fields_offered()[0].code
    assert f'value="{field}"' in quang.get(here).content.decode()
    before = directory.agency(cast.an_binh)
    quang.post(here, {"act": "competence", "fields": [field, "no such field"], "is_one_stop": "1"})
    after = directory.agency(cast.an_binh)
    kept = [code for code in before.field_codes if code != field]
    assert field in after.field_codes
    assert "no such field" not in after.field_codes
    assert [code for code in kept if code in {one.code for one in catalogue.fields_offered()}] == []
    entry = JournalEntry.objects.get(name="directory.AgencyCorrected")
    assert field in entry.payload["after"]
    assert field not in entry.payload["before"]
    quang.post(here, {"act": "competence", "fields": [field], "is_one_stop": "1"})
    assert JournalEntry.objects.filter(name="directory.AgencyCorrected").count() == 1, "nothing changed"


def test_a_post_is_opened_and_given_with_a_role(cast: Cast, as_: As) -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/chuc-danh/"
    assert quang.post(here, {"title": " "}).status_code == 422
    assert quang.post(here, {"title": "Công chức hộ tịch", "title_en": "Registrar"}).status_code == 302
    assert quang.post(here, {"title": "Công chức hộ tịch"}).status_code == 422
    with pytest.raises(PostTaken):
        services.open_post(
            actor=SYSTEM, agency_id=cast.an_binh, title="Công chức hộ tịch", begins_on=clock.today()
        )
    (post,) = [
        one
        for one in directory.posts_of(actor=cast.quang, agency_id=cast.an_binh)
        if one.title_en == "Registrar"
    ]
    people = f"{ROOT}co-quan/{cast.an_binh}/can-bo/"
    staff = next(one.id for one in directory.people_of(actor=cast.quang, agency_id=cast.yen_hoa))
    given = {"act": "give", "staff": str(staff), "role": Role.RETURN_OFFICER.value, "post": str(post.id)}
    assert quang.post(people, given).status_code == 302
    assert "Trả kết quả · Công chức hộ tịch" in quang.get(people).content.decode()
    assert "chưa có người giữ" not in quang.get(here).content.decode().split("Công chức hộ tịch")[1][:300]
    elsewhere = f"{ROOT}co-quan/{cast.yen_hoa}/can-bo/"
    foreign = {**given, "role": Role.CASHIER.value}
    assert quang.post(elsewhere, foreign).status_code == 404, "a post of another agency"


def test_a_key_is_read_then_entrusted_then_taken_back(cast: Cast, as_: As, signing: "SigningWorld") -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/khoa-ky/"
    chau = str(cast.account("chau"))
    asked = {
        "act": "read",
        "label": "dung",
        "holder": chau,
        "place": "token",
        "pin": signing.hsm.pins["dung"],
    }
    for wrong in (
        {"label": ""},
        {"holder": str(cast.account("giang"))},
        {"place": "pocket"},
        {"pin": "000000"},
    ):
        assert quang.post(here, asked | wrong).status_code == 422, wrong
    read = quang.post(here, asked)
    assert "Chủ thể chứng thư" in read.content.decode()
    assert asked["pin"] not in read.content.decode()
    sealed = read.context["read"].sealed
    taken = quang.post(here, {"act": "entrust", "read": sealed})
    assert taken.status_code == 422, "Dũng holds it: it does not change hands in silence"
    with pytest.raises(SigningKeyHeld):
        custody.register_signing_key(
            actor=SYSTEM,
            label="dung",
            identity=read.context["read"].identity,
            account_id=cast.account("chau"),
        )
    assert quang.post(here, {"act": "withdraw", "label": "dung"}).status_code == 302
    assert [key.label for key in documents.signing_keys_of(cast.dung)] == []
    assert quang.post(here, {"act": "entrust", "read": sealed}).status_code == 302
    assert [key.label for key in documents.signing_keys_of(cast.chau)] == ["dung"]
    assert changes(cast)[:2] == [AccessChange.KEY_ENTRUSTED, AccessChange.KEY_WITHDRAWN]
    assert quang.post(here, {"act": "entrust", "read": f"{sealed}x"}).status_code == 422
    assert quang.post(here, {"act": "withdraw", "label": "no-such-key"}).status_code == 404
    other = f"{ROOT}co-quan/{cast.yen_hoa}/khoa-ky/"
    assert quang.post(other, {"act": "withdraw", "label": "dung"}).status_code == 404
    assert quang.post(other, {"act": "entrust", "read": sealed}).status_code == 422, "read on another page"


def test_a_key_of_a_program_is_shown_once_and_revoked(cast: Cast, as_: As) -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/khoa-chuong-trinh/"
    asked = {
        "act": "issue",
        "account": str(cast.account("chau")),
        "label": "Phần mềm hộ tịch",
        "life": "90",
        "permissions": ["dossier.read", "dossier.sign"],
    }
    wrongs: Wrong = (
        {"label": ""},
        {"life": "5000"},
        {"account": str(cast.account("giang"))},
        {"permissions": []},
    )
    for wrong in wrongs:
        assert quang.post(here, asked | wrong).status_code == 422, wrong
    leader = quang.post(here, asked | {"account": str(cast.account("dung"))})
    assert leader.status_code == 422
    assert "không ai cấp khóa làm thay họ" in leader.content.decode()
    answer = quang.post(here, asked)
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in quang.get(here).content.decode()
    actor = services.use_api_token(secret=secret)
    assert actor.may("dossier.read")
    assert not actor.may("dossier.sign")
    token = directory.api_tokens(actor=cast.quang, account_id=cast.account("chau"))[0]
    assert token.permissions == ("dossier.read",)
    elsewhere = f"{ROOT}co-quan/{cast.yen_hoa}/khoa-chuong-trinh/"
    assert quang.post(elsewhere, {"act": "revoke", "token": str(token.id)}).status_code == 404
    assert quang.post(here, {"act": "revoke", "token": str(token.id)}).status_code == 302
    with pytest.raises(ApiTokenInvalid):
        services.use_api_token(secret=secret)
    assert changes(cast)[:2] == [AccessChange.TOKEN_REVOKED, AccessChange.TOKEN_ISSUED]


def test_programs_are_offered_what_is_not_for_people_alone() -> None:
    grave = {"dossier.sign", "dossier.number_and_seal", "audit.read", "directory.manage", "delegation.manage"}
    assert set(words.PERMISSIONS) <= directory.ALL_PERMISSIONS - grave


def test_a_locked_log_in_is_opened_again(cast: Cast, as_: As) -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/can-bo/"
    assert quang.post(here, {"act": "unlock", "account": str(cast.account("binh"))}).status_code == 302
    assert changes(cast)[0] is AccessChange.LOG_IN_UNLOCKED
    assert quang.post(here, {"act": "unlock", "account": str(cast.account("giang"))}).status_code == 404


def test_letters_come_in_the_language_somebody_chose(cast: Cast, as_: As) -> None:
    binh = as_("binh")
    answer = binh.post(reverse("login:account"), {"act": "language", "language": "en"})
    assert answer.status_code == 302
    account = directory.account(cast.account("binh"))
    assert account is not None
    assert account.language == "en"
    assert "My account" in binh.get(reverse("login:account")).content.decode()


def test_a_version_is_carried_away_changed_and_published(cast: Cast, as_: As) -> None:
    nga, here = as_("nga"), f"{CATALOGUE}{BIRTH}/"
    assert here in nga.get(CATALOGUE, {"q": "khai sinh"}).content.decode()
    assert nga.get(CATALOGUE, {"q": BIRTH}).headers["Location"] == here
    assert nga.get(f"{CATALOGUE}9.999999/").status_code == 404
    (now, *_) = catalogue.versions_of(BIRTH)
    text = nga.get(f"{here}{now.id}.json").content.decode()
    begins = clock.today().replace(year=clock.today().year + 1)
    sent = {"act": "draft", "decision": "QĐ 1", **boxes("begins", begins)}

    def post(content: str, **more: str) -> int:
        file = SimpleUploadedFile("v.json", content.encode(), content_type="application/json")
        return nga.post(here, {**sent, **more, "file": file}).status_code

    assert post("{") == 422
    with pytest.raises(ContentUnreadable):
        versions.read_version_text(actor=cast.nga, text="{}", code=BIRTH)
    assert post("{}") == 422
    assert post(text.replace(f'"{BIRTH}"', '"1.000894"', 1)) == 422, "another procedure"
    assert post(text.replace("Đăng ký khai sinh", "Đăng ký khai sinh mới", 1)) == 302
    (draft, *_) = catalogue.versions_of(BIRTH)
    assert draft.state == "draft"
    page = nga.get(here).content.decode()
    assert "Đăng ký khai sinh mới" in page, "what it changes is shown before it is published"
    assert post(text, over=str(draft.id)) == 302
    assert len(catalogue.versions_of(BIRTH)) == 2, "rewritten, not added"
    assert post(text, over=str(now.id)) == 422, "what is published never changes"
    assert nga.post(here, {"act": "publish", "version": str(draft.id)}).status_code == 302
    assert nga.post(here, {"act": "publish", "version": str(draft.id)}).status_code == 422
    assert nga.post(here, {"act": "withdraw", "version": str(draft.id), "reason": " "}).status_code == 422
    done = nga.post(here, {"act": "withdraw", "version": str(draft.id), "reason": "Ban hành nhầm"})
    assert done.status_code == 302
    assert catalogue.versions_of(BIRTH)[0].state == "withdrawn"
    assert nga.post(here, {"act": "tag", "event": "x"}).status_code == 422
    assert nga.post(here, {"act": "tag", "event": "school"}).status_code == 302
    assert "school" in catalogue.life_events_of(BIRTH, on=clock.today())


def test_open_dossiers_of_a_version_are_moved_on_a_ground(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    nga, now = as_("nga"), catalogue.version_in_force(BIRTH, clock.today())
    here = f"{CATALOGUE}{BIRTH}/{now.id}/ho-so/"
    assert here in nga.get(f"{CATALOGUE}{BIRTH}/").content.decode()
    page = nga.get(here).content.decode()
    code = Dossier.objects.get(pk=dossier_id).code
    assert code is not None
    assert code in page
    assert "Hoa" not in page, "who asked is nothing for the catalogue's manager"
    text = nga.get(f"{CATALOGUE}{BIRTH}/{now.id}.json").content.decode()
    begins = clock.today().replace(year=clock.today().year + 1)
    file = SimpleUploadedFile("v.json", text.encode(), content_type="application/json")
    nga.post(f"{CATALOGUE}{BIRTH}/", {"act": "draft", **boxes("begins", begins), "file": file})
    draft = catalogue.versions_of(BIRTH)[0]
    chosen = {"dossier": [str(dossier_id)], "target": str(draft.id), "ground": "Nghị định 1/2027 điều 9"}
    assert nga.post(here, chosen).status_code == 422, "a draft binds nobody"
    nga.post(f"{CATALOGUE}{BIRTH}/", {"act": "publish", "version": str(draft.id)})
    wrongs: Wrong = ({"dossier": []}, {"ground": " "}, {"target": ""})
    for wrong in wrongs:
        assert nga.post(here, chosen | wrong).status_code == 422, wrong
    assert nga.post(here, chosen).status_code == 302
    assert Dossier.objects.get(pk=dossier_id).version_id == draft.id
    assert (
        dossiers.dossier_page(actor=cast.chau, dossier_id=dossier_id).timeline[-1].reason == chosen["ground"]
    )


def test_a_result_is_signed_and_stamped_on_paper(cast: Cast, as_: As) -> None:
    dossier_id = at_leader(cast)
    acts.approve(actor=cast.dung, dossier_id=dossier_id)
    dung, khanh = as_("dung"), as_("khanh")
    here = f"/co-quan/ho-so/{dossier_id}/viec/"
    assert "ký tay trên bản in" in dung.get(f"{here}sign/").content.decode()
    assert dung.post(f"{here}sign/", {"way": "paper"}).status_code == 302
    page = khanh.get(f"{here}number-and-seal/").content.decode()
    assert "Đã đóng dấu trên bản giấy" in page
    assert khanh.post(f"{here}number-and-seal/", {"way": "paper"}).status_code == 302
    result = Result.objects.get(dossier_id=dossier_id)
    assert result.number
    assert (result.signed_file_id, result.sealed_file_id) == (None, None)
    assert result.sealed_at is not None


def test_ink_does_not_take_the_place_of_a_digital_seal(cast: Cast, signing: "SigningWorld", as_: As) -> None:
    dossier_id = at_leader(cast)
    acts.approve(actor=cast.dung, dossier_id=dossier_id)
    acts.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    with pytest.raises(SignedElectronically):
        acts.stamp_on_paper(actor=cast.khanh, dossier_id=dossier_id)
    page = as_("khanh").get(f"/co-quan/ho-so/{dossier_id}/viec/number-and-seal/").content.decode()
    assert "trên bản giấy" not in page


def test_an_issued_result_is_revoked_with_a_reason(cast: Cast, as_: As, signing: "SigningWorld") -> None:
    dossier_id = at_leader(cast)
    acts.approve(actor=cast.dung, dossier_id=dossier_id)
    acts.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    acts.number_and_seal(actor=cast.khanh, dossier_id=dossier_id, pin=signing.hsm.pins["seal-H99.11"])
    acts.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    paper_id = Result.objects.get(dossier_id=dossier_id).paper_id
    assert paper_id is not None
    here = f"/co-quan/ho-so/{dossier_id}/thu-hoi/{paper_id}/"
    khanh = as_("khanh")
    assert here in khanh.get(f"/co-quan/ho-so/{dossier_id}/").content.decode()
    assert here not in as_("chau").get(f"/co-quan/ho-so/{dossier_id}/").content.decode()
    assert khanh.post(here, {"reason": " "}).status_code == 422
    assert khanh.post(here, {"reason": "Quyết định 7: cấp trái luật"}).status_code == 302
    assert documents.paper(paper_id).standing is Standing.REVOKED
    assert "đã hết giá trị" in khanh.get(here).content.decode()
    assert khanh.post(here, {"reason": "lần nữa"}).status_code == 422
