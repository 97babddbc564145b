"""Receipts on pages: in one's own space, at the desk, and by the code printed on each."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, received
from tests.factories.signing import SigningWorld

from motcua.kernel.authority import SYSTEM
from motcua.payments import queries, services

LogIn = Callable[[str], Client]


@pytest.fixture
def receipt(cast: Cast) -> queries.ReceiptView:
    """Hoa has paid for two copies."""
    dossier_id = received(cast, form_data={**BIRTH_FORM, "copies": 2}).dossier_id
    (charge,) = queries.charges_of(dossier_id)
    return services.take_payment(actor=cast.lan, charge_ids=[charge.id])


def test_a_receipt_waits_for_its_signature_and_says_so(
    cast: Cast, as_: LogIn, receipt: queries.ReceiptView
) -> None:
    page = as_("hoa").get("/bien-lai/").content.decode()
    assert "Đang chờ ký số" in page
    assert "16.000 đ" in page
    assert as_("hoa").get(f"/bien-lai/{receipt.id}/xml/").status_code == 409
    assert "Chưa có biên lai nào" in as_("an_phat").get("/bien-lai/").content.decode()


def test_signed_receipts_are_had_as_pdf_and_xml_by_their_people_and_by_code(
    cast: Cast,
    as_: LogIn,
    client: Client,
    receipt: queries.ReceiptView,
    signing: SigningWorld,
    settings: Settings,
    tmp_path: Path,
) -> None:
    pins = tmp_path / "pins.json"
    pins.write_text(json.dumps(signing.hsm.pins))
    settings.MOTCUA_SIGNING_PINS = str(pins)
    services.sign_receipts(actor=SYSTEM, agency_id=cast.an_binh)
    hoa = as_("hoa")
    assert "Có giá trị, đã ký số" in hoa.get("/bien-lai/").content.decode()
    xml = hoa.get(f"/bien-lai/{receipt.id}/xml/")
    assert xml.headers["Content-Type"] == "application/xml"
    assert b"<ChuKySo" in xml.content
    assert as_("an_phat").get(f"/bien-lai/{receipt.id}/xml/").status_code == 404
    assert hoa.get(f"/bien-lai/{receipt.id}/docx/").status_code == 404
    first, second = hoa.get(f"/bien-lai/{receipt.id}/pdf/"), hoa.get(f"/bien-lai/{receipt.id}/pdf/")
    assert first.content[:5] == b"%PDF-"
    assert first.content == second.content, "the same receipt is the same paper"
    code = f"{receipt.lookup[:4]} {receipt.lookup[4:8].lower()}-{receipt.lookup[8:]}"
    page = client.get("/tra-cuu-bien-lai/", {"ma": code}).content.decode()
    assert "16.000 đ" in page
    assert "Nguyễn Thị Hoa" not in page, "the code shows the receipt, not the person"
    assert client.get(f"/tra-cuu-bien-lai/{receipt.lookup}/xml/").content == xml.content
    assert client.get("/tra-cuu-bien-lai/", {"ma": "AAAA-AAAA-AAAA"}).status_code == 404
    assert client.get("/tra-cuu-bien-lai/").status_code == 200
    desk, at = as_("lan"), f"/quay/ho-so/{receipt.dossier_id}/bien-lai/{receipt.id}/"
    grouped = "-".join(receipt.lookup[start : start + 4] for start in (0, 4, 8))
    assert grouped in desk.get(at).content.decode()
    assert desk.get(at + "xml/").content == xml.content
    assert desk.post(at + "thay-the/", {"payer_name": "Nam", "reason": ""}).status_code == 422
    made = desk.post(at + "thay-the/", {"payer_name": "Trần Văn Nam", "reason": "Sai tên"}, follow=True)
    assert "Trần Văn Nam" in made.content.decode()
    assert "Đã thay bằng số 00000002" in desk.get(at).content.decode()
