"""The verification page: anyone drops a file or a code and reads one big sentence."""

import base64
import hashlib
import hmac
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
import segno
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.factories import forgeries
from tests.factories.hostile_files import png
from tests.factories.signing import SigningWorld, plain_pdf, signing_world

from motcua.documents import queries, services
from motcua.documents.adapters.decoding import Limits, Task, decode
from motcua.documents.adapters.typesetting.weasy import to_pdf
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.documents.queries.verification import qr_key
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM

PAGE = "/kiem-tra/"
NUMBER = "001190000123"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Settings) -> SigningWorld:
    running = signing_world()
    settings.MOTCUA_TRUST_ROOTS = str(running.server.authority.trust_path)
    settings.MOTCUA_VERIFY_ONLINE = False
    return running


@pytest.fixture
def signed(world: SigningWorld) -> bytes:
    return world.token("dung").sign(plain_pdf(), world.order())


def send(client: Client, content: bytes, name: str = "kết quả.pdf") -> tuple[int, str]:
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def issue(pdf: bytes, code: str = "CODE1") -> queries.PaperView:
    kept = services.keep_file(actor=SYSTEM, stream=BytesIO(pdf), filename="kết quả.pdf")
    return services.record_paper(
        actor=SYSTEM,
        file_id=kept.id,
        kind_code="KS",
        title="Trích lục khai sinh",
        number="12",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        verification_code=code,
    )


def code_of(paper: str) -> str:
    payload = queries.QrPayload("H99.11-1", "1.001193", NUMBER, "Trích lục", "Một cửa", clock.now(), paper)
    return queries.qr_text(payload)


def test_the_form(client: Client) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "Kiểm tra giấy tờ" in answer.content.decode()


def test_a_good_result_in_force(client: Client, signed: bytes) -> None:
    issue(signed)
    status, page = send(client, signed)
    assert status == 200
    assert "Giấy thật, đang có hiệu lực" in page
    assert "Phạm Tiến Dũng" in page
    assert "Trích lục khai sinh" in page


def test_what_to_do_next_follows_the_answer(client: Client, signed: bytes) -> None:
    """The original and the printed answer of a good paper; where to reach the issuer of a forged one."""
    issue(signed)
    _, good = send(client, signed)
    assert "Xem bản gốc" in good
    assert "In kết quả kiểm tra" in good
    assert "Tìm địa chỉ, điện thoại nơi cấp" not in good
    spoiled = bytearray(signed)
    at = spoiled.index(b"stream") + 8
    spoiled[at] ^= 1
    _, bad = send(client, bytes(spoiled))
    assert "Tìm địa chỉ, điện thoại nơi cấp" in bad
    assert "Xem bản gốc" not in bad
    assert "Kiểm tra giấy tờ điện tử" in client.get("/tro-giup/").content.decode()


def test_a_replaced_result_leads_to_the_new_one(client: Client, signed: bytes, world: SigningWorld) -> None:
    old = issue(signed)
    new = issue(world.token("dung").sign(plain_pdf(), world.order()), "CODE2")
    services.replace_paper(actor=SYSTEM, old_id=old.id, new_id=new.id, reason="Sai ngày sinh")
    _status, page = send(client, signed)
    assert "đã được thay thế" in page
    assert "Bản thay thế đang dùng" in page
    assert "Sai ngày sinh" in page


def test_an_altered_file(client: Client, signed: bytes) -> None:
    flipped = bytearray(signed)
    flipped[len(plain_pdf()) // 2] ^= 1
    status, page = send(client, bytes(flipped))
    assert status == 200
    assert "Đừng dùng: tệp đã bị sửa sau khi ký" in page
    assert "mc-verdict--red" in page
    assert "mc-verdict--green" not in page
    assert "còn nguyên" not in page, "never two colours at once"


def test_unsigned_and_unreadable_files(client: Client) -> None:
    assert "không có chữ ký số" in send(client, plain_pdf())[1]
    assert "Không đọc được tệp" in send(client, b"rubbish", "ảnh.bin")[1]


def test_a_good_picture_without_a_code_says_so_and_how_to_take_it(client: Client) -> None:
    page = send(client, png(600, 400), "ảnh.png")[1]
    assert "Không thấy mã QR trong ảnh" in page
    assert "Chụp thẳng" in page


def test_a_code_typed_scanned_or_photographed(client: Client, signed: bytes) -> None:
    issue(signed)
    text = code_of("CODE1")
    moved_on = client.get(PAGE, {"ma": text})
    assert (moved_on.status_code, moved_on.headers["Location"]) == (302, f"{PAGE}CODE1/")
    assert "đang có hiệu lực" in client.get(f"{PAGE}CODE1/").content.decode()
    assert client.get(f"{PAGE}CODE2/").status_code == 422
    assert "đang có hiệu lực" in client.post(PAGE, {"ma": text}).content.decode()
    picture = BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=5)
    page = send(client, picture.getvalue(), "mã.png")[1]
    assert "đang có hiệu lực" in page
    assert NUMBER not in page
    assert NUMBER not in text
    assert "Ảnh không mang chữ ký số" in page, "a photograph asks to compare"
    for typed in (NUMBER, "001.190.000.123", " 001 190-000-123 "):
        matched = client.post(PAGE, {"ma": text, "so": typed}).content.decode()
        assert "Khớp với số đã nhập" in matched
        assert "đang có hiệu lực" in matched
        assert NUMBER not in matched


def test_a_genuine_code_on_another_paper_is_the_headline(client: Client, signed: bytes) -> None:
    """A replay: the code is ours and in force, and stands on a paper with somebody else's number."""
    issue(signed)
    text = code_of("CODE1")
    page = client.post(PAGE, {"ma": text, "so": "001190000124"}).content.decode()
    headline = page[page.index("<h1") : page.index("<h2")]
    assert "Đừng dùng: số đã nhập không khớp với mã" in headline
    assert "đang có hiệu lực" not in headline
    assert "mc-verdict--green" not in page
    without = client.post(PAGE, {"ma": text}).content.decode()
    assert "có thể bị chép" in without
    services.revoke_paper(actor=SYSTEM, paper_id=queries.verify_code(text).paper.id, reason="Cấp sai")  # type: ignore[union-attr]  # issued above
    revoked = client.post(PAGE, {"ma": text, "so": "001190000124"}).content.decode()
    assert "thu hồi" in revoked[revoked.index("<h1") : revoked.index("<h2")]


def test_a_code_printed_before_names_its_paper_but_shows_no_whole_number(
    client: Client, signed: bytes
) -> None:
    issue(signed)
    body = f"MC1|H99.11-1|1.001193|{NUMBER}|Trích lục|Một cửa|2026-01-05T08:00:00+07:00|CODE1"
    signature = hmac.new(qr_key(), body.encode(), hashlib.sha256).digest()[:16]
    text = f"{body}|{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
    page = client.post(PAGE, {"ma": text}).content.decode()
    assert "đang có hiệu lực" in page
    assert page.count(NUMBER) == 1, "only inside the code that was typed"
    assert NUMBER not in str(client.get(PAGE, {"ma": text}).headers["Location"])


@pytest.mark.parametrize("code", ["https://example.org", "MC1|a|b|c|d|e|2026-01-01T00:00:00+07:00|g|AAAA"])
def test_codes_that_are_not_ours_are_refused_in_words(client: Client, code: str) -> None:
    answer = client.post(PAGE, {"ma": code})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "không do hệ thống phát hành" in page or "không phải mã do hệ thống in" in page
    assert code.split("|")[0] in page, "what was typed stays"


def test_nothing_sent(client: Client) -> None:
    answer = client.post(PAGE, {})
    assert answer.status_code == 422
    assert "chọn tệp" in answer.content.decode()


def test_a_picture_with_somebody_elses_code(client: Client) -> None:
    picture = BytesIO()
    segno.make("https://example.org").save(picture, kind="png", scale=5)
    assert send(client, picture.getvalue(), "mã.png")[0] == 422


def test_in_english(client: Client, signed: bytes) -> None:
    issue(signed)
    client.post("/tuy-chon/", {"language": "en"})
    answer = client.post(
        PAGE, {"file": SimpleUploadedFile("a.pdf", signed)}, headers={"accept-language": "en"}
    )
    assert answer.status_code == 200


def test_four_pictures_at_once_beside_a_page(client: Client) -> None:
    """Two of four strangers have a place; the others are told when to come again, and a page is served meanwhile."""
    places = settings.MOTCUA_DECODERS // 2
    slow = Task(
        "tests.integration.documents.decoding.probes:sleep", str, Limits(seconds=20.0, is_stranger=True)
    )
    with ThreadPoolExecutor(places) as at_work:
        asked = [at_work.submit(lambda: decode(slow, seconds=3.0)) for _ in range(places)]
        time.sleep(1.0)
        refused = client.post(PAGE, {"file": SimpleUploadedFile("mã.png", png(5_000, 5_000))})
        page = client.get(PAGE)
        assert not any(one.done() for one in asked)
        assert (refused.status_code, page.status_code) == (503, 200)
        assert int(refused.headers["Retry-After"]) > 0
        assert "thử lại" in refused.content.decode()
        assert [one.result() for one in asked] == ["awake"] * places
    assert client.post(PAGE, {"file": SimpleUploadedFile("mã.png", png(50, 50))}).status_code == 200


def paper_with_code(code: str, words: str = "Công nhận kết quả.") -> bytes:
    """A page with the code of a paper in its corner, as results are typeset."""
    picture = BytesIO()
    segno.make(code_of(code), error="m").save(picture, kind="svg", scale=2, svgclass=None, lineclass=None)
    drawn = base64.b64encode(picture.getvalue()).decode()
    return to_pdf(
        f'<html lang="vi"><body style="font-family: Tinos"><img src="data:image/svg+xml;base64,{drawn}">'
        f'<h1>QUYẾT ĐỊNH</h1><p>{words}</p><p><span id="signature-place">&#8203;</span></p></body></html>'
    )


def test_what_became_of_a_paper_is_told_by_the_code_under_the_signature(
    client: Client, world: SigningWorld
) -> None:
    """Signed twice, or saved anew by a program: no digest is known, and the revoked paper is still told as revoked."""
    issued = issue(world.token("dung").sign(paper_with_code("CODE1"), world.order()))
    twin = world.token("dung").sign(paper_with_code("CODE1"), world.order())
    saved = forgeries.saved_anew(twin)
    for sent, sentence in (
        (twin, "hiệu lực phải hỏi nơi cấp"),
        (saved, "chữ ký trong tệp bị hỏng"),
        (paper_with_code("CODE1"), "không có chữ ký số"),
    ):
        page = send(client, sent)[1]
        assert sentence in page
        assert "mc-verdict--green" not in page, "a code can be copied onto anything"
        assert "Giấy trong sổ mà mã QR của tệp nêu" in page
        assert "Không phải tệp đã cấp" in page
    services.revoke_paper(actor=SYSTEM, paper_id=issued.id, reason="Cấp sai")
    for sent in (twin, saved, paper_with_code("CODE1")):
        page = send(client, sent)[1]
        assert "đã bị thu hồi" in page[page.index("<h1") : page.index("<h2")]
        assert "Cấp sai" in page


def test_a_code_that_is_not_ours_names_nothing(client: Client, world: SigningWorld) -> None:
    page = send(client, world.token("dung").sign(paper_with_code("CODE9"), world.order()))[1]
    assert "hiệu lực phải hỏi nơi cấp" in page
    assert "Giấy trong sổ" not in page


def test_english_answers_mark_what_the_paper_says_in_vietnamese(client: Client, signed: bytes) -> None:
    issue(signed)
    client.cookies["django_language"] = "en"
    _, page = send(client, signed)
    assert '<span lang="vi">Trích lục khai sinh</span>' in page
    assert '<span lang="vi">Phạm Tiến Dũng</span>' in page
