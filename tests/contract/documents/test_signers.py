"""One suite for every place a key may be kept in: the PKCS#11 token (real client) and the file."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from time import monotonic

import pikepdf
import pkcs11
import pytest
from tests.factories.signing import PASSWORD, SigningWorld, plain_pdf, signing_world

from motcua.documents.adapters.signing.pkcs11 import _opened, log_in_refusal
from motcua.documents.adapters.signing.protocol import Signer, TimeStamping
from motcua.documents.adapters.verification.reader import read_signatures
from motcua.documents.errors import (
    NotPdf,
    PinLocked,
    PinMissing,
    SigningRefused,
    SigningTimedOut,
    TimeStampUnavailable,
    TokenMissing,
    WrongPin,
)
from motcua.documents.words import SignatureKind, SignatureLevel
from motcua.kernel import clock

Maker = Callable[..., Signer]


@pytest.fixture(scope="module")
def world() -> SigningWorld:
    return signing_world()


@pytest.fixture(params=["token", "file"])
def make(request: pytest.FixtureRequest, world: SigningWorld) -> Maker:
    if request.param == "token":
        return lambda pin=None: world.token("dung", pin)
    return lambda pin=PASSWORD: world.file_signer(pin=pin)


def judged(world: SigningWorld, pdf: bytes) -> list[tuple[str, bool, bool]]:
    reading = read_signatures(pdf, trust=world.trust, at=clock.now())
    return [(each.signer, each.is_valid, each.is_time_stamped) for each in reading.signatures]


def test_a_time_stamped_signature_verifies(make: Maker, world: SigningWorld) -> None:
    signer = make()
    signed = signer.sign(plain_pdf(), world.order())
    assert signed.startswith(plain_pdf()), "an update is added; what was there stays byte for byte"
    assert judged(world, signed) == [(signer.identity().name, True, True)]


def test_long_term_signature_carries_its_proofs(make: Maker, world: SigningWorld) -> None:
    signed = make().sign(plain_pdf(), world.order(level="B-LTA"))
    with pikepdf.open(BytesIO(signed)) as document:
        store = document.Root.DSS
        proofs = [*store.get("/OCSPs", ()), *store.get("/CRLs", ())]
        assert len(proofs) >= 2, "one about the signer, one about the issuing authority"
        assert len(store.Certs) >= 2
    reading = read_signatures(signed, trust=world.trust, at=clock.now())
    assert reading.is_valid
    assert [each.is_document_time_stamp for each in reading.signatures] == [False, True]


def test_signing_twice_gives_two_valid_signatures(make: Maker, world: SigningWorld) -> None:
    once = make().sign(plain_pdf(), world.quick_order())
    twice = world.token("seal-H99.11").sign(once, replace(world.quick_order(), kind=SignatureKind.AGENCY))
    assert [valid for _name, valid, _stamped in judged(world, twice)] == [True, True]


def test_the_identity_is_that_of_the_certificate(make: Maker) -> None:
    identity = make().identity()
    assert identity.name in {"Phạm Tiến Dũng", "Người Thử Nghiệm"}
    assert identity.issuer == "Chứng thực số chuyên dùng mô phỏng"
    assert identity.not_before < clock.now() < identity.not_after
    assert len(identity.fingerprint) == 64


def test_a_wrong_pin_is_told_from_a_missing_one(make: Maker, world: SigningWorld) -> None:
    make().identity()  # a session that is already open must not let a wrong PIN through
    with pytest.raises(WrongPin):
        make("00000000").sign(plain_pdf(), world.quick_order())
    with pytest.raises(PinMissing):
        make("").identity()
    assert judged(world, make().sign(plain_pdf(), world.quick_order()))[0][1]


@pytest.mark.parametrize("fault", ["down", "garbage"])
def test_no_time_stamp_no_signature(make: Maker, world: SigningWorld, fault: str) -> None:
    world.server.application.faults = {"tsa": fault}
    try:
        with pytest.raises(TimeStampUnavailable):
            make().sign(plain_pdf(), world.order())
    finally:
        world.server.application.faults = {}


def test_nobody_listens_at_the_time_stamp_authority(make: Maker, world: SigningWorld) -> None:
    order = replace(world.order(), time_stamping=TimeStamping("http://127.0.0.1:9/tsa", timeout=1))
    with pytest.raises(TimeStampUnavailable):
        make().sign(plain_pdf(), order)
    with pytest.raises(TimeStampUnavailable):
        make().sign(plain_pdf(), replace(order, time_stamping=None))


def test_an_authority_that_hangs_is_not_waited_for(make: Maker, world: SigningWorld) -> None:
    world.server.application.faults = {"tsa": "hang:3"}
    began = monotonic()
    try:
        with pytest.raises(SigningTimedOut):
            make().sign(plain_pdf(), replace(world.order(), timeout=0.7))
    finally:
        world.server.application.faults = {}
    assert monotonic() - began < 2


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\nbroken"])
def test_only_readable_pdf_files_are_signed(make: Maker, world: SigningWorld, content: bytes) -> None:
    with pytest.raises(NotPdf):
        make().sign(content, world.quick_order())


def test_a_protected_file_is_not_signed(make: Maker, world: SigningWorld) -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(plain_pdf())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="x", user=""))
    with pytest.raises(NotPdf):
        make().sign(locked.getvalue(), world.quick_order())


def test_a_token_or_file_that_is_not_there(world: SigningWorld) -> None:
    with pytest.raises(TokenMissing):
        world.token("nobody", "1234").identity()
    with pytest.raises(TokenMissing):
        type(world.file_signer())(path=world.folder / "nobody.p12", pin=PASSWORD).identity()


def test_the_visible_signature_says_who_and_when_in_vietnamese(world: SigningWorld) -> None:
    signed = world.token("dung").sign(plain_pdf(), world.order())
    sealed = world.token("seal-H99.11").sign(signed, world.order(SignatureKind.AGENCY))
    with pikepdf.open(BytesIO(sealed)) as document:
        widgets = [widget for widget in document.pages[0].Annots if widget.get("/FT") == "/Sig"]
        personal, seal = ([float(side) for side in widget.Rect] for widget in widgets)
        assert seal[2] == pytest.approx(personal[0] + (personal[2] - personal[0]) / 3, abs=1)
        assert b"0.05 0.15 0.75 rg" in widgets[0].AP.N.read_bytes()
        fonts = [
            f
            for f in document.objects
            if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/FontDescriptor"
        ]
        assert all("/FontFile2" in font for font in fonts)


def test_copies_are_signed_at_the_top(world: SigningWorld) -> None:
    copied = world.token("dung").sign(plain_pdf(), replace(world.quick_order(), kind=SignatureKind.COPIER))
    order = replace(world.quick_order(), kind=SignatureKind.COPY_SEAL, note="Bản sao điện tử")
    sealed = world.token("seal-H99.11").sign(copied, order)
    with pikepdf.open(BytesIO(sealed)) as document:
        left, right = ([float(side) for side in widget.Rect] for widget in document.pages[0].Annots)
        assert left[0] < 50
        assert right[2] > 595 - 50
        assert left[3] == right[3] > 800


def test_levels_are_those_of_the_order(world: SigningWorld) -> None:
    basic = world.token("dung").sign(plain_pdf(), world.quick_order())
    assert world.quick_order().level is SignatureLevel.B
    assert judged(world, basic) == [("Phạm Tiến Dũng", True, False)]


def test_a_token_pulled_out_is_told_and_the_next_signature_works(world: SigningWorld) -> None:
    signer = world.token("em")
    signer.identity()
    _opened[(signer.module, "em", "signing")].session.close()
    with pytest.raises(SigningRefused):
        signer.sign(plain_pdf(), world.quick_order())
    assert judged(world, signer.sign(plain_pdf(), world.quick_order()))[0][1]


def test_after_leaving_the_pin_is_needed_again(world: SigningWorld) -> None:
    world.token("em").identity()
    world.token("em").forget()
    with pytest.raises(PinMissing):
        world.token("em", "").identity()


@pytest.mark.parametrize("is_final", [False, True])
def test_the_last_try_is_told_by_the_token(is_final: bool) -> None:
    refusal = log_in_refusal(pkcs11.exceptions.PinIncorrect(), "x", is_final=is_final)
    assert isinstance(refusal, WrongPin)
    assert refusal.is_final is is_final


@pytest.mark.parametrize(
    ("complaint", "refusal"),
    [
        (pkcs11.exceptions.PinLocked, PinLocked),
        (pkcs11.exceptions.PinIncorrect, WrongPin),
        (pkcs11.exceptions.PinLenRange, WrongPin),
        (pkcs11.exceptions.TokenNotPresent, TokenMissing),
        (pkcs11.exceptions.DeviceError, TokenMissing),
    ],
)
def test_complaints_of_tokens_are_told_in_words(
    complaint: type[Exception], refusal: type[SigningRefused]
) -> None:
    with pytest.raises(refusal):
        raise log_in_refusal(complaint(), "dung")
