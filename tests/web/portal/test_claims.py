"""No sentence claims what is not so: numbers at once, clocks that stand still, withdrawals, what officers write to each other."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import in_work, received, submitted
from tests.web.portal.conftest import LogIn

from motcua.channels import queries as channels
from motcua.channels import services as telling
from motcua.dossiers import queries, services
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db


def words_of(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    body = page[page.index('<main class="mc-main"') : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def page_of(client: Client, dossier_id: UUID) -> str:
    return words_of(client, reverse("portal:dossier", args=[dossier_id]))


def test_a_number_at_once_that_can_be_tracked(people: Cast, log_in: LogIn) -> None:
    dossier_id = submitted(people).dossier_id
    number = queries.portal_number(dossier_id)
    assert number in words_of(log_in("hoa"), reverse("portal:sent", args=[dossier_id]))
    for typed in (number, number.lower().replace("-", " "), number.replace("-", "—")):
        told = words_of(log_in("nobody"), f"{reverse('portal:track')}?ma={typed}")
        assert "Mới đăng ký, chờ tiếp nhận" in told
        assert "0299 000 0111" in told
        assert "Trụ sở UBND xã An Bình" in told
        assert "Nơi tiếp nhận xem giấy tờ" in told
        assert "Nguyễn Thị Hoa" not in told


def test_the_number_stays_good_beside_the_code(people: Cast, log_in: LogIn) -> None:
    moved = received(people)
    number = queries.portal_number(moved.dossier_id)
    assert str(moved.code) in words_of(log_in("nobody"), f"{reverse('portal:track')}?ma={number}")


def test_the_example_is_in_the_form_in_force(people: Cast, log_in: LogIn) -> None:
    said = words_of(log_in("nobody"), reverse("portal:track"))
    found = re.search(r"ví dụ (\S+);", said)
    assert found
    assert found[1].startswith("H99")
    assert queries.parse_code(found[1])


def test_a_receipt_says_what_is_next_whom_to_call_and_how_one_is_told(people: Cast, log_in: LogIn) -> None:
    dossier_id = submitted(people, contact={"email": "hoa@thu.example"}).dossier_id
    said = words_of(log_in("hoa"), reverse("portal:sent", args=[dossier_id]))
    assert "Nơi tiếp nhận xem hồ sơ" in said
    assert "0299 000 0111" in said
    assert "thư điện tử (hoa@thu.example)" in said


def test_no_way_outside_the_portal_is_warned_of(people: Cast) -> None:
    reaching = channels.ways_reaching(
        party_id=people.hoa_party, name="Hoa", email="", phone="0912345678", contact={"phone": "0912345678"}
    )
    assert [one.key for one in reaching] == ["inbox"]
    assert not any(one.leaves for one in reaching)


def test_a_way_switched_off_is_not_promised(people: Cast) -> None:
    telling.choose_way(actor=people.hoa, party_id=people.hoa_party, way="email", is_wanted=False)
    reaching = channels.ways_reaching(
        party_id=people.hoa_party, name="Hoa", email="hoa@thu.example", phone="", contact={}
    )
    assert [one.key for one in reaching] == ["inbox"]


def test_what_officers_write_to_each_other_never_reaches_the_person(people: Cast, log_in: LogIn) -> None:
    dossier_id = in_work(people)
    services.ask_opinion(
        actor=people.chau,
        dossier_id=dossier_id,
        agency_id=people.agriculture,
        question="Nội bộ: nghi trùng hồ sơ cũ, xem kỹ",
    )
    said = page_of(log_in("hoa"), dossier_id)
    assert "Nội bộ" not in said
    assert "Lấy ý kiến" not in said
    steps = log_in("hoa").get(reverse("portal:dossier", args=[dossier_id])).content.decode()
    assert 3 <= len(re.findall(r'<li class="is-(?:done|now|waiting|ahead|over)"', steps)) <= 5


def test_a_paused_dossier_announces_no_return(people: Cast, log_in: LogIn) -> None:
    moved_id = in_work(people)
    due = queries.dossier_page(actor=people.hoa, dossier_id=moved_id).due_at
    assert due
    assert "Hẹn trả" in page_of(log_in("hoa"), moved_id)
    services.ask_supplement(
        actor=people.chau, dossier_id=moved_id, reason="Ảnh mờ.", items=["Giấy chứng sinh rõ"]
    )
    client = log_in("hoa")
    for said in (
        page_of(client, moved_id),
        words_of(client, reverse("portal:dossiers")),
        words_of(client, reverse("portal:sent", args=[moved_id])),
    ):
        assert not re.search(r"Hẹn trả \d", said), said
    code = queries.dossier_page(actor=people.hoa, dossier_id=moved_id).code
    tracked = words_of(client, f"{reverse('portal:track')}?ma={code}")
    assert "Thời hạn đang dừng; ngày hẹn sẽ tính lại" in tracked
    assert "Giấy chứng sinh rõ" in page_of(client, moved_id)


def test_a_withdrawal_is_ones_own_never_green_never_early(people: Cast, log_in: LogIn) -> None:
    dossier_id = in_work(people)
    client = log_in("hoa")
    asked = words_of(client, reverse("portal:withdraw", args=[dossier_id]))
    assert "vẫn được cơ quan giữ cùng hồ sơ này" in asked
    assert "vẫn còn trong kho của bạn" not in asked
    client.post(reverse("portal:withdraw", args=[dossier_id]), {"reason": "Đổi ý"})
    html = client.get(reverse("portal:dossier", args=[dossier_id])).content.decode()
    said = page_of(client, dossier_id)
    assert "Bạn đã rút hồ sơ" in said
    assert "không tính đúng hay trễ hạn" in said
    for claim in ("trước hạn", "đúng hạn", "Hẹn trả"):
        assert claim not in said.replace("đúng hay trễ hạn", ""), claim
    assert "mc-clock--done" not in html
    assert "mc-tag--done" not in html
    assert "is-now" not in html


def test_a_stopped_dossier_is_never_early_either(people: Cast, log_in: LogIn) -> None:
    dossier_id = in_work(people)
    services.stop_dossier(actor=people.dung, dossier_id=dossier_id, reason="Người nộp yêu cầu dừng.")
    html = log_in("hoa").get(reverse("portal:dossier", args=[dossier_id])).content.decode()
    assert "mc-clock--done" not in html
    assert "trước hạn" not in html
    assert "Dừng giải quyết" in html


def test_a_supplement_notice_lists_its_items(people: Cast) -> None:
    dossier_id = in_work(people)
    services.ask_supplement(
        actor=people.chau, dossier_id=dossier_id, reason="Thiếu.", items=["Bản chụp rõ", "Trang 2"]
    )
    passage = queries.dossier_page(actor=people.hoa, dossier_id=dossier_id).timeline[-1]
    telling.make_notice(
        actor=SYSTEM, dossier_id=dossier_id, passage_id=passage.passage_id, kind="supplement_asked"
    )
    body = channels.notices_of(actor=people.hoa, dossier_id=dossier_id)[0].body
    assert "- Bản chụp rõ" in body
    assert "- Trang 2" in body


def test_the_notice_of_sending_names_the_number(people: Cast) -> None:
    moved = submitted(people)
    passage = queries.dossier_page(actor=people.hoa, dossier_id=moved.dossier_id).timeline[-1]
    telling.make_notice(
        actor=SYSTEM, dossier_id=moved.dossier_id, passage_id=passage.passage_id, kind="submitted"
    )
    body = channels.notices_of(actor=people.hoa, dossier_id=moved.dossier_id)[0].body
    assert queries.portal_number(moved.dossier_id) in body


def test_an_unknown_fee_is_never_free_and_the_best_way_is_named(log_in: LogIn) -> None:
    said = words_of(log_in("nobody"), "/thu-tuc/1.001193/")
    assert "Tính theo cách nộp tốt nhất đang mở: trực tuyến" in said
    assert said.index("Giấy chứng sinh") < said.index("Chỉ khi có, hoặc khi được nêu")
    assert "Theo Quyết định 163/QĐ-BTP" in said
