"""Electronic receipts: no gap whoever is killed, signed after the act, replaced and not deleted, reported daily."""

import base64
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings
from tests.cast import Cast, present_cast
from tests.factories.signing import SigningWorld

from motcua.documents import services as documents
from motcua.documents.errors import SigningKeyUnknown
from motcua.kernel import clock, outbox
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.outside import InsideTransaction
from motcua.payments import queries, services
from motcua.payments.errors import (
    PayerNameMissing,
    ReasonMissing,
    ReceiptReplaced,
    ReceiptSeriesFull,
    ReceiptUnknown,
    ReceiptUnsigned,
    SummaryOnItsWay,
)
from motcua.payments.models import Charge, DaySummary, Receipt, ReceiptCounter, ReceiptSignature
from motcua.payments.rules.receipts import check_number, total_of
from motcua.payments.words import ReceiptKind, SummaryState
from simulators.tax.checking import Refusal, read, roots_in
from simulators.tax.server import TaxAuthority

PROJECT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("MOTCUA_RECEIPT_KILLS", "4"))
EVENING = datetime(2026, 11, 30, 17, 30, tzinfo=clock.LOCAL)


@pytest.fixture
def sealed(signing: SigningWorld, settings: Settings, tmp_path: Path) -> SigningWorld:
    """The seal of An Bình with its PIN on the server, as an HSM of an agency has it."""
    pins = tmp_path / "pins.json"
    pins.write_text(json.dumps(signing.hsm.pins))
    settings.MOTCUA_SIGNING_PINS = str(pins)
    return signing


@pytest.fixture
def tax(sealed: SigningWorld, settings: Settings, tmp_path: Path) -> Iterator[TaxAuthority]:
    with TaxAuthority(tmp_path / "tax", sealed.server.authority.trust_path, today=EVENING.date) as authority:
        settings.MOTCUA_TAX_URL = authority.url
        yield authority


def paid(cast: Cast, *amounts: int) -> list[queries.ReceiptView]:
    """A receipt for each amount, of a dossier of its own."""
    receipts = []
    for amount in amounts:
        dossier_id = new_id()
        services.raise_charges(
            actor=SYSTEM,
            dossier_id=dossier_id,
            agency_id=cast.an_binh,
            payer_id=cast.hoa_party,
            lines=[services.FeeLine("P", "Phí chứng thực", "fee", amount, reckoning={"formula": "1 × 1"})],
        )
        (charge,) = queries.charges_of(dossier_id)
        receipts.append(services.take_payment(actor=cast.lan, charge_ids=[charge.id]))
    return receipts


def signed(cast: Cast) -> int:
    return services.sign_receipts(actor=SYSTEM, agency_id=cast.an_binh)


@pytest.mark.django_db
def test_a_receipt_is_signed_by_the_collecting_body_and_anybody_can_check_it(
    cast: Cast, sealed: SigningWorld
) -> None:
    (receipt,) = paid(cast, 70_000)
    with pytest.raises(ReceiptUnsigned):
        queries.receipt_file(receipt.id)
    assert signed(cast) == 1
    assert signed(cast) == 0
    file = queries.receipt_file(receipt.id)
    root = ET.fromstring(file.content)  # noqa: S314 - made by ourselves a moment ago
    ns = "{urn:motcua:bien-lai:1}"
    assert root.findtext(f"{ns}So") == "00000001"
    assert root.findtext(f"{ns}TongTien") == "70000"
    assert root.findtext(f"{ns}NguoiNop") == "Nguyễn Thị Hoa"
    assert root.findtext(f"{ns}DanhSachKhoan/{ns}Khoan/{ns}CachTinh") == "1 × 1"
    key = sealed.token("seal-H99.11").identity()
    assert ReceiptSignature.objects.get().certificate_serial == key.serial
    assert file.filename == f"bien-lai-{receipt.year}-00000001.xml"
    found = queries.receipt_of_lookup(
        f"{receipt.lookup[:4].lower()}-{receipt.lookup[4:8]} {receipt.lookup[8:]}"
    )
    assert found == receipt
    for code in ("", "ABC", "A" * 12, "x" * 5000):
        with pytest.raises(ReceiptUnknown):
            queries.receipt_of_lookup(code)


@pytest.mark.django_db
def test_signing_waits_for_its_key_and_stands_outside_transactions(cast: Cast) -> None:
    paid(cast, 5000)
    with pytest.raises(SigningKeyUnknown):
        signed(cast)
    assert ReceiptSignature.objects.count() == 0
    with pytest.raises(PermissionRefused):
        services.sign_receipts(actor=cast.lan, agency_id=cast.an_binh)
    with transaction.atomic(), pytest.raises(InsideTransaction):
        documents.sign_agency_data(actor=SYSTEM, agency_id=cast.an_binh, data=[b"x"])


@pytest.mark.django_db
def test_a_wrong_receipt_is_replaced_once_and_stays(cast: Cast) -> None:
    (wrong,) = paid(cast, 8000)
    with pytest.raises(PayerNameMissing):
        services.replace_receipt(actor=cast.lan, receipt_id=wrong.id, payer_name=" ", reason="Sai tên")
    with pytest.raises(ReasonMissing):
        services.replace_receipt(actor=cast.lan, receipt_id=wrong.id, payer_name="Hoa", reason=" ")
    with pytest.raises(PermissionRefused):
        services.replace_receipt(actor=cast.binh, receipt_id=wrong.id, payer_name="Hoa", reason="Sai")
    with pytest.raises(OutOfScope):
        services.replace_receipt(actor=cast.giang, receipt_id=wrong.id, payer_name="Hoa", reason="Sai")
    right = services.replace_receipt(
        actor=cast.lan, receipt_id=wrong.id, payer_name="Trần Văn Nam", reason="Sai tên người nộp"
    )
    assert (right.number, right.kind, right.refers_to_id, right.amount) == (2, "replacement", wrong.id, 8000)
    with pytest.raises(ReceiptReplaced):
        services.replace_receipt(actor=cast.lan, receipt_id=wrong.id, payer_name="Ai", reason="Lại")
    third = services.replace_receipt(actor=cast.lan, receipt_id=right.id, payer_name="Nam", reason="Lần nữa")
    assert third.number == 3
    with transaction.atomic(), pytest.raises(DatabaseError):
        Receipt.objects.filter(pk=wrong.id).delete()


@pytest.mark.django_db
def test_money_given_back_is_a_receipt_that_lowers(cast: Cast) -> None:
    (receipt,) = paid(cast, 8000)
    charge = Charge.objects.get(receipt_id=receipt.id)
    asked = services.ask_refund(actor=cast.lan, charge_id=charge.id, amount=3000, reason="Thu thừa")
    services.make_refund(actor=cast.hanh, refund_id=asked)
    lower = Receipt.objects.get(kind=ReceiptKind.DECREASE)
    assert (lower.number, lower.amount, lower.refers_to_id, lower.reason) == (2, 3000, receipt.id, "Thu thừa")
    with pytest.raises(ReceiptReplaced):
        services.replace_receipt(actor=cast.lan, receipt_id=lower.id, payer_name="Hoa", reason="x")


def test_a_series_ends_with_eight_digits() -> None:
    assert check_number(99_999_999, 2027) == 99_999_999
    with pytest.raises(ReceiptSeriesFull):
        check_number(100_000_000, 2027)


@pytest.mark.django_db
def test_a_year_begins_at_one(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 12, 31, 16, tzinfo=clock.LOCAL)):
        assert [one.number for one in paid(cast, 1, 2)] == [1, 2]
    with clock.frozen(datetime(2027, 1, 1, 0, 0, 1, tzinfo=clock.LOCAL)):
        (first,) = paid(cast, 3)
    assert (first.year, first.number) == (2027, 1)


def close(cast: Cast, *, is_closing: bool = True) -> int:
    return services.make_summaries(actor=SYSTEM, agency_id=cast.an_binh, is_closing=is_closing)


def send() -> int:
    return outbox.drain("payments.tax", lanes=1)


@pytest.mark.django_db(transaction=True)
def test_the_days_summary_reaches_the_authority_the_same_day(tax: TaxAuthority) -> None:
    cast = present_cast()
    with clock.frozen(EVENING):
        receipts = paid(cast, 2000, 3000, 4000)
        charge = Charge.objects.get(receipt_id=receipts[0].id)
        refund = services.ask_refund(actor=cast.lan, charge_id=charge.id, amount=500, reason="Thừa")
        services.make_refund(actor=cast.hanh, refund_id=refund)
        services.replace_receipt(
            actor=cast.lan, receipt_id=receipts[1].id, payer_name="Nam", reason="Sai tên"
        )
        assert close(cast) == 0, "what is not signed waits"
        signed(cast)
        assert close(cast, is_closing=False) == 0, "the day is not over"
        assert close(cast) == 1
        assert close(cast) == 0, "nothing is named twice"
        assert send() == 1
        (taken,) = tax.state()["taken"]
        assert (taken["first"], taken["last"], taken["total"]) == (1, 5, 8500)
        assert taken["day"] == "2026-11-30"
        (summary,) = queries.summaries_of([cast.an_binh])
        assert (summary.state, summary.answer, summary.total) == (SummaryState.ACCEPTED, taken["code"], 8500)
        paid(cast, 7000)
        signed(cast)
        assert close(cast) == 1, "a receipt after it goes into the next part"
        assert send() == 1
    assert [(one["first"], one["last"]) for one in tax.state()["taken"]] == [(1, 5), (6, 6)]
    assert tax.refused == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["down", "lying", "deaf"])
def test_an_authority_that_fails_gets_it_again_and_takes_it_once(tax: TaxAuthority, mode: str) -> None:
    cast = present_cast()
    with clock.frozen(EVENING):
        paid(cast, 2000)
        signed(cast)
        close(cast)
        tax.mode = mode
        send()
        (summary,) = queries.summaries_of([cast.an_binh])
        assert summary.state == SummaryState.WAITING, "no answer that holds is no success"
    tax.mode = "normal"
    with clock.frozen(EVENING + timedelta(minutes=10)):
        send()
        (summary,) = queries.summaries_of([cast.an_binh])
        assert summary.state == SummaryState.ACCEPTED
    assert len(tax.state()["taken"]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_day_without_the_authority_is_reported_late_with_its_reason(tax: TaxAuthority) -> None:
    cast = present_cast()
    with clock.frozen(EVENING):
        paid(cast, 2000)
        signed(cast)
        close(cast)
        tax.mode = "down"
        send()
    tax.mode, tax.today = "normal", (EVENING + timedelta(days=1)).date
    with clock.frozen(EVENING + timedelta(days=1)):
        send()
        paid(cast, 100)
        signed(cast)
        close(cast)
        send()
    assert [(one["day"], one["first"]) for one in tax.state()["taken"]] == [
        ("2026-11-30", 1),
        ("2026-12-01", 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_kept_and_holds_up_what_follows(tax: TaxAuthority) -> None:
    cast = present_cast()
    with clock.frozen(EVENING):
        paid(cast, 2000)
        signed(cast)
        close(cast)
        DaySummary.objects.get()
        tax.today = lambda: date(2026, 11, 29)  # a clock that goes wrong on the other side
        send()
        (summary,) = queries.summaries_of([cast.an_binh])
        assert (summary.state, summary.answer.partition(":")[0]) == (SummaryState.REFUSED, "early")
        paid(cast, 3000)
        signed(cast)
        close(cast)
        send()
    assert tax.state()["taken"] == []
    with clock.frozen(EVENING):
        first = next(one for one in queries.summaries_of([cast.an_binh]) if one.part == 1)
        assert first.may_be_sent_again
        for who, refusal in ((cast.giang, PermissionRefused), (cast.hanh, PermissionRefused)):
            with pytest.raises(refusal):
                services.send_summary_again(actor=who, summary_id=first.id)
        elsewhere = replace(cast.lan, grants={"payment.collect": frozenset({cast.yen_hoa})})
        with pytest.raises(OutOfScope):
            services.send_summary_again(actor=elsewhere, summary_id=first.id)
        tax.today = EVENING.date
        services.send_summary_again(actor=cast.lan, summary_id=first.id)
        with pytest.raises(SummaryOnItsWay):
            services.send_summary_again(actor=cast.lan, summary_id=first.id)
        send()
        assert {one.state for one in queries.summaries_of([cast.an_binh])} == {SummaryState.ACCEPTED}
        (series,) = queries.series_of(queries.series_agencies(cast.lan))
        assert (series.last, series.unsigned, series.unreported) == (2, 0, 0)
    assert [one["first"] for one in tax.state()["taken"]] == [1, 2]


class Forger:
    """Summaries that are wrong in one way each, signed as well as can be."""

    def __init__(self, world: SigningWorld) -> None:
        self.signer = world.token("seal-H99.11")

    def body(self, text: str) -> bytes:
        xml = text.encode()
        coded = base64.b64encode(self.signer.sign_data(xml))
        return xml.replace(
            b"</TongHopBienLai>",
            b'<ChuKySo dang="CMS-detached">' + coded + b"</ChuKySo></TongHopBienLai>",
        )


def summary_text(
    numbers: Sequence[int], *, day: str = "2026-11-30", total: int | None = None, late: str = ""
) -> str:
    lines = "".join(
        f'<BienLai so="{n}" kyHieu="8" tinhChat="original" luc="{day}T09:00:00+07:00" tien="1000" bam="x"/>'
        for n in numbers
    )
    amount = 1000 * len(numbers) if total is None else total
    return (
        f'<TongHopBienLai xmlns="urn:motcua:bien-lai:1"><MaDonViThu>H99.11</MaDonViThu><Nam>2026</Nam>'
        f"<Ngay>{day}</Ngay><BatDauTu>1</BatDauTu><TuSo>{numbers[0]}</TuSo><DenSo>{numbers[-1]}</DenSo>"
        f"<SoBienLai>{len(numbers)}</SoBienLai><TongTien>{amount}</TongTien>{late}"
        f"<DanhSach>{lines}</DanhSach></TongHopBienLai>"
    )


@pytest.mark.django_db
def test_the_simulated_authority_refuses_what_the_real_one_refuses(
    tax: TaxAuthority, sealed: SigningWorld
) -> None:
    forger = Forger(sealed)
    with clock.frozen(EVENING):
        for text, code in (
            (summary_text([1, 3]), "gap"),
            (summary_text([2, 3]), "gap"),
            (summary_text([1, 2], total=1), "wrong_sum"),
            (summary_text([1], day="2026-11-29"), "late"),
            (summary_text([1], day="2026-12-01"), "early"),
        ):
            assert tax.take(forger.body(text), new_id().hex)[1]["code"] == code, text
        good = forger.body(summary_text([1, 2]))
        assert tax.take(good, "a")[0] == 200
        assert tax.take(good, "a")[1]["code"] == tax.state()["taken"][0]["code"], "the same again is the same"
        assert tax.take(forger.body(summary_text([1, 2, 3])), "a")[0] == 409
        assert tax.take(good, "b")[1]["code"] == "double"
        assert tax.take(good.replace(b"1000", b"9000"), "c")[1]["code"] == "bad_signature"
        assert tax.take(summary_text([3]).encode(), "d")[1]["code"] == "no_signature"
        stranger = sealed.file_signer()
        xml = summary_text([3]).encode()
        roots = [root for root in roots_in(tax.trust) if root.ca]
        assert stranger.sign_data(xml)
        with pytest.raises(Refusal, match="untrusted"):
            read(forger.body(summary_text([3])), [])
        assert roots
        explained = forger.body(summary_text([3], day="2026-11-29", late="<SuCo>mất mạng</SuCo>"))
        assert tax.take(explained, "e")[0] == 200


def test_a_replacement_says_again_what_is_counted_already() -> None:
    lines = [
        {"kind": "original", "amount": 10},
        {"kind": "replacement", "amount": 10},
        {"kind": "decrease", "amount": 4},
    ]
    assert total_of(lines) == 6


@pytest.mark.django_db(transaction=True)
def test_a_simulator_of_its_own_process_can_be_asked(sealed: SigningWorld, tmp_path: Path) -> None:
    trust = str(sealed.server.authority.trust_path)
    argv = [sys.executable, "-m", "simulators.tax", "--data", str(tmp_path), "--trust", trust, "--port", "0"]
    process = subprocess.Popen(
        argv, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(PROJECT / "src")}
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().decode().split()[-1]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(urllib.request.Request(f"{url}/control?mode=slow", method="POST"), timeout=5).close()  # noqa: S310 - loopback
        with opener.open(f"{url}/state", timeout=5) as answer:
            assert json.load(answer) == {"mode": "slow", "refused": 0, "taken": []}
    finally:
        process.terminate()
        assert process.wait(10) in (0, -signal.SIGTERM)


@pytest.mark.django_db(transaction=True)
def test_cashiers_killed_with_signal_nine_leave_no_gap_and_no_double(tax: TaxAuthority) -> None:
    cast = present_cast()
    chance = random.Random(9)  # noqa: S311 - moments to kill at, repeatable
    for _ in range(KILLS):
        both = [cashier(cast), cashier(cast)]
        before = Receipt.objects.count()
        deadline = time.monotonic() + 60
        while Receipt.objects.count() < before + 12 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(chance.random() * 0.3)
        for process in both:
            process.kill()
        for process in both:
            process.wait()
    rows = list(Receipt.objects.order_by("number").values_list("number", flat=True))
    assert len(rows) >= 12 * KILLS
    assert rows == list(range(1, len(rows) + 1)), "no gap and no double"
    assert ReceiptCounter.objects.get().last == len(rows)
    assert Charge.objects.filter(state="paid").count() == len(rows), (
        "each receipt has its money, each money its receipt"
    )
    while signed(cast):
        pass
    assert ReceiptSignature.objects.count() == len(rows)
    tax.today = clock.today
    close(cast)
    send()
    taken = tax.state()["taken"]
    assert [(taken[0]["first"], taken[-1]["last"])] == [(1, len(rows))]
    assert sum(one["total"] for one in taken) == sum(Receipt.objects.values_list("amount", flat=True))


def cashier(cast: Cast) -> "subprocess.Popen[bytes]":
    base = connection.settings_dict
    url = f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "DATABASE_URL": url.replace(":@", "@"),
        "MOTCUA_DATA_DIR": str(django_settings.MOTCUA_DATA_DIR),
        "MOTCUA_SIGNING_PINS": django_settings.MOTCUA_SIGNING_PINS,
        "MOTCUA_PKCS11_MODULE": django_settings.MOTCUA_PKCS11_MODULE,
        "MOTCUA_TRUST_ROOTS": django_settings.MOTCUA_TRUST_ROOTS,
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }
    who: list[UUID] = [cast.account("lan"), cast.an_binh, cast.hoa_party]
    argv = [sys.executable, "-m", "tests.integration.payments.one_cashier", *map(str, who)]
    return subprocess.Popen(argv, env=environment, cwd=PROJECT)


def test_a_receipt_is_named_by_the_digest_of_its_bytes() -> None:
    from motcua.payments.services.receipts import digest_of_xml

    assert digest_of_xml("đ") == hashlib.sha256("đ".encode()).hexdigest()
