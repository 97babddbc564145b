"""What the verifier says, next to what an independent one (Poppler) says, on good and on damaged files."""

import random
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.factories.signing import SigningWorld, plain_pdf, signing_world

from motcua.documents.adapters.verification.fetching import fetch_revocation, forget_lists
from motcua.documents.adapters.verification.reader import read_signatures
from motcua.documents.adapters.verification.trust import Trust, load_trust
from motcua.documents.rules.signatures.findings import (
    FileState,
    Indication,
    Integrity,
    PdfReading,
    RevocationFinding,
    StampFinding,
    Sub,
    TrustFinding,
)
from motcua.documents.words import SignatureKind
from motcua.kernel import clock


@pytest.fixture(scope="module")
def world() -> SigningWorld:
    return signing_world()


@pytest.fixture(scope="module")
def result(world: SigningWorld) -> bytes:
    """Signed by the leader, sealed by the agency, both with time stamps."""
    signed = world.token("dung").sign(plain_pdf(), world.order())
    return world.token("seal-H99.11").sign(signed, world.order(SignatureKind.AGENCY))


def read(world: SigningWorld, pdf: bytes, *, online: bool = False) -> PdfReading:
    reading = read_signatures(pdf, trust=world.trust, at=clock.now())
    if not online:
        return reading
    forget_lists()
    brought = fetch_revocation(reading.wanted)
    return read_signatures(pdf, trust=world.trust, at=clock.now(), evidence=brought)


def pdfsig(pdf: bytes, folder: Path) -> list[str]:
    """Poppler's verdicts, one per signature."""
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    program = shutil.which("pdfsig")
    assert program, "poppler-utils is not installed"
    output = subprocess.run([program, "-nocert", str(path)], capture_output=True, text=True).stdout
    return re.findall(r"Signature Validation: (.*)", output)


def test_a_result_is_valid_and_poppler_agrees(world: SigningWorld, result: bytes, tmp_path: Path) -> None:
    reading = read(world, result)
    assert reading.is_valid
    assert [each.signer for each in reading.signatures] == ["Phạm Tiến Dũng", "Ủy ban nhân dân xã An Bình"]
    assert all(each.is_time_stamped for each in reading.signatures)
    assert [each.covers_whole_file for each in reading.signatures] == [False, True]
    assert pdfsig(result, tmp_path) == ["Signature is Valid."] * 2


def test_one_flipped_byte_in_the_text_is_seen_by_both(
    world: SigningWorld, result: bytes, tmp_path: Path
) -> None:
    flipped = bytearray(result)
    flipped[len(plain_pdf()) // 2] ^= 0x01
    assert not read(world, bytes(flipped)).is_valid
    assert "Signature is Valid." not in pdfsig(bytes(flipped), tmp_path)[-1:]


@pytest.mark.slow
def test_no_flipped_byte_anywhere_goes_unseen(world: SigningWorld, result: bytes) -> None:
    """In the signed bytes always; inside the containers unless it says nothing to anybody."""
    chance = random.Random(20260722)  # noqa: S311 - which bytes to flip is no secret
    containers = [match.span() for match in re.finditer(rb"<[0-9a-fA-F]{3000,}>", result)]
    places = [chance.randrange(len(result)) for _ in range(16)]
    places += [chance.randrange(*span) for span in containers for _ in range(10)]
    for place in places:
        flipped = bytearray(result)
        flipped[place] ^= 1 << chance.randrange(8)
        again = read(world, bytes(flipped))
        # Certificates carried along that no path needs, and the outer heading, are signed by nobody (RFC 5652, 5.1):
        # a byte there may differ, but then every word the page says is the same as before. A time stamp is signed by its
        # own authority: where the byte is in it, the page says that the stamp is broken.
        is_said = not again.is_valid or any(one.stamp is StampFinding.BROKEN for one in again.signatures)
        assert is_said or told(again) == told(read(world, result)), f"byte {place}"


def told(reading: PdfReading) -> list[tuple[object, ...]]:
    return [
        (one.signer, one.serial, one.signed_at, one.is_time_stamped, one.after, one.indication)
        for one in reading.signatures
    ]


def test_the_padding_and_the_case_of_a_container_count(world: SigningWorld, result: bytes) -> None:
    start, end = [match.span() for match in re.finditer(rb"<[0-9a-fA-F]{3000,}>", result)][-1]
    padded = bytearray(result)
    padded[end - 3 : end - 1] = b"ff"
    odd = read(world, bytes(padded)).signatures[-1]
    assert (odd.integrity, odd.conclusion) == (Integrity.ODD, (Indication.INDETERMINATE, Sub.FORMAT_FAILURE))
    letter = re.compile(rb"[a-fA-F]").search(result, start)
    assert letter
    other_case = bytearray(result)
    other_case[letter.start()] ^= 0x20
    assert read(world, bytes(other_case)).signatures[-1].integrity is Integrity.ODD


def test_pages_added_after_signing_are_seen(world: SigningWorld, result: bytes) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(result)) as document:
        document.pages.append(document.pages[0])
        document.save(output)
    assert not read(world, output.getvalue()).is_valid
    assert not read(world, result + b"\n%% one more line\n").is_valid


def test_a_cut_file_is_not_valid(world: SigningWorld, result: bytes) -> None:
    assert not read(world, result[: len(result) // 2]).is_valid


def test_unsigned_and_unreadable_are_told_apart(world: SigningWorld) -> None:
    assert read(world, plain_pdf()) == PdfReading(FileState.READ, pages=1)
    assert not read(world, b"GIF89a not a pdf").is_readable
    assert not read(world, b"").is_readable


def test_a_stranger_is_not_trusted(world: SigningWorld, result: bytes) -> None:
    reading = read_signatures(result, trust=Trust(), at=clock.now())
    assert {each.conclusion for each in reading.signatures} == {
        (Indication.INDETERMINATE, Sub.NO_CERTIFICATE_CHAIN_FOUND)
    }
    assert {each.integrity for each in reading.signatures} == {Integrity.WHOLE}
    assert {each.stamp for each in reading.signatures} == {StampFinding.UNKNOWN_AUTHORITY}


def test_revocation_is_found_by_asking_and_only_trusted_authorities_are_asked(world: SigningWorld) -> None:
    signer = world.file_signer("to-be-revoked")
    signer.identity()
    before = signer.sign(plain_pdf(), world.order())
    world.server.authority.revoke("to-be-revoked", clock.now() - timedelta(hours=1))
    world.server.application.refresh()
    late = signer.sign(plain_pdf(), world.quick_order())
    unasked = read(world, late).signatures[0]
    assert (unasked.is_valid, unasked.revocation) == (True, RevocationFinding.NOT_KNOWN)
    # signed after the revocation, by the signer's own clock; and stamped after it
    assert read(world, late, online=True).signatures[0].trust is TrustFinding.REVOKED
    assert read(world, before, online=True).signatures[0].trust is TrustFinding.REVOKED
    assert not read_signatures(before, trust=Trust(), at=clock.now()).wanted


def test_an_expired_certificate_stays_valid_only_with_a_time_stamp(world: SigningWorld) -> None:
    stamped = world.token("dung").sign(plain_pdf(), world.order())
    bare = world.token("dung").sign(plain_pdf(), world.quick_order())
    later = clock.now() + timedelta(
        days=365 * 6
    )  # the signer's five years are over, the authority's ten are not
    assert read_signatures(stamped, trust=world.trust, at=later).is_valid
    reading = read_signatures(bare, trust=world.trust, at=later)
    assert reading.signatures[0].conclusion == (Indication.INDETERMINATE, Sub.OUT_OF_BOUNDS_NO_POE)


def test_trust_is_read_from_a_folder_and_read_again_when_it_changes(
    world: SigningWorld, tmp_path: Path
) -> None:
    assert load_trust(tmp_path / "absent") == Trust()
    assert load_trust(tmp_path) == Trust()
    (tmp_path / "all.pem").write_bytes(
        b"".join(p.read_bytes() for p in world.server.authority.trust_path.iterdir())
    )
    found = load_trust(tmp_path)
    assert (len(found.roots), len(found.intermediates)) == (1, 1)
    (tmp_path / "root.der").write_bytes(found.roots[0])
    assert load_trust(tmp_path) == found, "the same certificate twice counts once"


def test_the_signature_of_an_earlier_state_survives_an_archival_update(world: SigningWorld) -> None:
    once = world.token("dung").sign(plain_pdf(), world.order(level="B-LTA"))
    order = replace(world.order(level="B-LTA"), kind=SignatureKind.AGENCY)
    twice = world.token("seal-H99.11").sign(once, order)
    reading = read(world, twice)
    assert reading.is_valid
    assert len([each for each in reading.signatures if each.is_document_time_stamp]) == 2
