"""No forgery passes, and nothing whole is called changed: each published class of attack on our own signed paper.

Poppler and pyHanko judge the same files beside; where they forgive what we do not, the test says so.
"""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.contract.documents.test_verification import pdfsig
from tests.factories import forgeries
from tests.factories.signing import SigningWorld, plain_pdf, signing_world

from motcua.documents.adapters.verification.reader import read_signatures
from motcua.documents.adapters.verification.trust import load_trust
from motcua.documents.rules.signatures.findings import (
    AdditionKind,
    AlterationKind,
    FileState,
    Indication,
    Integrity,
    PdfReading,
    Sub,
)
from motcua.documents.rules.verdicts import Verdict, verdict_of, why
from motcua.documents.words import SignatureKind
from motcua.kernel import clock

SHARED = Path(__file__).resolve().parents[4] / "shared" / "cases" / "documents"


@pytest.fixture(scope="module")
def world() -> SigningWorld:
    return signing_world()


@pytest.fixture(scope="module")
def signed(world: SigningWorld) -> bytes:
    return world.token("dung").sign(plain_pdf(), world.order())


def read(world: SigningWorld, pdf: bytes) -> PdfReading:
    return read_signatures(pdf, trust=world.trust, at=clock.now())


def changes(reading: PdfReading) -> set[AlterationKind]:
    return {each.kind for one in reading.people for each in one.after.changed}


def additions(reading: PdfReading) -> set[AdditionKind]:
    return {each.kind for one in reading.people for each in one.after.added}


def pyhanko_accepts(world: SigningWorld, pdf: bytes) -> bool:
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        context = ValidationContext(
            trust_roots=list(world.trust.roots), other_certs=list(world.trust.intermediates)
        )
        found = [validate_pdf_signature(each, context, context) for each in reader.embedded_signatures]
    except Exception:
        return False
    return bool(found) and all(
        one.bottom_line and one.modification_level is not ModificationLevel.OTHER for one in found
    )


CHANGING: dict[Callable[[bytes], bytes], set[AlterationKind]] = {
    forgeries.rewritten: {AlterationKind.PAGE_CONTENT},
    forgeries.page_added: {AlterationKind.PAGES},
    forgeries.covered: {AlterationKind.COVERED},
    forgeries.scripted: {AlterationKind.ACTIVE},
}


@pytest.mark.parametrize("forge", list(CHANGING), ids=lambda forge: forge.__name__)
def test_changes_after_signing_fail_with_what_changed(
    world: SigningWorld, signed: bytes, forge: Callable[[bytes], bytes]
) -> None:
    forged = forge(signed)
    reading = read(world, forged)
    assert reading.people[0].conclusion == (Indication.FAILED, Sub.CONTENT_CHANGED)
    assert reading.people[0].integrity is Integrity.WHOLE, "the signed bytes themselves are untouched"
    assert CHANGING[forge] <= changes(reading)
    assert not pyhanko_accepts(world, forged)


def test_what_is_covered_is_shown_before_and_after(world: SigningWorld, signed: bytes) -> None:
    ((page, before, after),) = read(world, forgeries.covered(signed)).pictures
    assert page == 1
    assert before != after


def test_incremental_saving_without_a_cross_reference_does_not_pass(
    world: SigningWorld, signed: bytes
) -> None:
    reading = read(world, forgeries.unregistered(signed))
    assert not reading.is_valid
    assert not changes(reading), "and is not called a change of content: nobody can say what it shows"


@pytest.mark.parametrize("kind", ["no_contents", "no_range", "empty_contents", "zero_range"])
def test_universal_forgery_does_not_pass(
    world: SigningWorld, signed: bytes, kind: str, tmp_path: Path
) -> None:
    forged = forgeries.universal(signed, kind)
    reading = read(world, forged)
    assert not reading.is_valid
    assert "Signature is Valid." not in pdfsig(forged, tmp_path)
    assert not pyhanko_accepts(world, forged)


def test_wrapping_does_not_pass(world: SigningWorld, signed: bytes) -> None:
    forged = forgeries.wrapped(signed)
    assert read(world, forged).indication is not Indication.PASSED
    assert not pyhanko_accepts(world, forged)


def test_a_shadow_in_the_signed_part_is_seen(world: SigningWorld) -> None:
    """The decoy was there when the leader signed; the update only points to it."""
    plain = plain_pdf()
    reading = read(world, world.token("dung").sign(plain, world.order()))
    contents = 4
    decoy = (
        b"% decoy\n" + f"{contents} 0 obj\n".encode() + b"<< /Length 2 >>\nstream\nq \nendstream\nendobj\n"
    )
    start = plain.rindex(b"startxref")
    prepared = plain[:start] + decoy + plain[start:]
    signed = world.token("dung").sign(prepared, world.order())
    assert reading.is_valid
    assert read(world, signed).is_valid
    assert not read(world, forgeries.hidden_switch(signed)).is_valid


def test_additions_are_told_and_leave_the_paper_genuine(world: SigningWorld, signed: bytes) -> None:
    described = read(world, forgeries.described(signed))
    assert described.is_valid
    assert AdditionKind.METADATA in additions(described)
    untouched = read(world, forgeries.untouched(signed))
    assert untouched.is_valid
    noted = read(world, forgeries.noted(signed))
    assert noted.indication is Indication.PASSED
    assert noted.is_marked, "written on without a signature: told, and not simply valid"
    assert not noted.is_valid


def test_another_notation_of_the_same_page_is_no_change(world: SigningWorld, signed: bytes) -> None:
    """612.0 for 612, a stream packed anew, a default written out: oddities of programs, never "changed"."""
    repacked = read(world, forgeries.packed_anew(signed))
    assert repacked.is_valid
    assert not changes(repacked)
    other = read(world, forgeries.packed_anew(signed, b"BT ET"))
    assert changes(other) == {AlterationKind.PAGE_CONTENT}


def test_a_digest_named_by_its_signature_algorithm_is_understood(world: SigningWorld) -> None:
    signed = world.token("dung").sign(plain_pdf(), world.quick_order())
    careless = forgeries.digest_misnamed(signed)
    assert careless != signed
    assert read(world, careless).is_valid
    spoiled = bytearray(careless)
    spoiled[spoiled.index(b"stream") + 8] ^= 1
    (one,) = read(world, bytes(spoiled)).people
    assert one.integrity is Integrity.BYTES_DIFFER


def test_a_signed_file_that_was_saved_anew_or_cut_says_so(world: SigningWorld, signed: bytes) -> None:
    (one,) = read(world, forgeries.saved_anew(signed)).people
    assert (one.integrity, one.sub) == (Integrity.DISPLACED, Sub.FORMAT_FAILURE)
    assert "lưu lại" in why(one)
    assert verdict_of(one) is Verdict.BROKEN


def test_six_people_sign_in_turn(world: SigningWorld, signed: bytes) -> None:
    pdf = signed
    for label, kind in (("seal-H99.11", SignatureKind.AGENCY), ("em", SignatureKind.PERSONAL)) * 2:
        pdf = world.token(label).sign(pdf, world.order(kind))
    pdf = world.token("binh").sign(pdf, world.order())
    reading = read(world, pdf)
    assert len(reading.people) == 6
    assert reading.is_valid
    assert {AdditionKind.SIGNATURE} <= additions(reading) <= {AdditionKind.SIGNATURE, AdditionKind.METADATA}


@pytest.mark.parametrize(
    ("name", "root", "expected"),
    [
        ("sha256_root_inside.pdf", "root_sha256.pem", Indication.PASSED),
        ("ber_indefinite_cms.pdf", "root_sha256.pem", Indication.PASSED),
        ("sha1_root_inside.pdf", "root_sha1.pem", Indication.PASSED),
        ("unsigned_with_the_word_ByteRange.pdf", "root_sha256.pem", None),
        ("signed_and_permission_protected.pdf", "root_sha256.pem", Indication.INDETERMINATE),
        ("minimal-signed-restricted.pdf", "root_sha256.pem", Indication.INDETERMINATE),
    ],
)
def test_the_cases_that_went_wrong(name: str, root: str, expected: Indication | None) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"../shared/cases/documents/{name} is not here")
    now: datetime = clock.now()
    reading = read_signatures((SHARED / name).read_bytes(), trust=load_trust(SHARED / root), at=now)
    assert reading.state is FileState.READ
    assert reading.indication is expected
    assert not changes(reading)
    assert all(one.integrity is Integrity.WHOLE for one in reading.people)


def test_a_container_in_ber_is_as_good(world: SigningWorld) -> None:
    """Made by code as the Government portal writes it: the outer layer of indefinite length."""
    signed = world.token("dung").sign(plain_pdf(), world.quick_order())
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    der = bytes.fromhex(signed[start:end].decode())
    size = 4 + int.from_bytes(der[2:4], "big")
    assert der[:2] == b"\x30\x82"
    ber = (b"\x30\x80" + der[4:size] + b"\0\0").ljust(len(der), b"\0")
    written = ber.hex().encode()
    pdf = signed[:start] + (written if signed[start:end].islower() else written.upper()) + signed[end:]
    assert len(pdf) == len(signed)
    assert read(world, pdf).is_valid
