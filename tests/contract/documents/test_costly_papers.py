"""A paper that is dear to check is not called changed: it is checked within its bounds, or said to be unfinished."""

import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from asn1crypto import core, crl, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from tests.factories.signing import SigningWorld, plain_pdf, signing_world

from motcua.documents.adapters.verification.reader import read_signatures
from motcua.documents.queries import verify_pdf
from motcua.documents.rules.verdicts import Verdict
from motcua.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world() -> SigningWorld:
    return signing_world()


def long_revocation_list(entries: int) -> bytes:
    """A list that revokes many numbers: regular, so that the file that carries it stays small."""
    day = crl.Time({"utc_time": datetime(2026, 1, 1, tzinfo=UTC)})
    one = crl.RevokedCertificate({"user_certificate": 0x7F000000, "revocation_date": day}).dump()
    head, width = one[: one.index(b"\x7f\x00\x00\x00")], 4
    tail = one[len(head) + width :]
    body = b"".join(head + (0x7F000000 + at).to_bytes(width, "big") + tail for at in range(entries))
    algorithm = {"algorithm": "sha256_rsa"}
    listed = crl.TbsCertList(
        {
            "version": "v2",
            "signature": algorithm,
            "issuer": x509.Name.build({"common_name": "Cơ quan thử nghiệm"}),
            "this_update": day,
            "next_update": day,
        }
    )
    inner = listed.contents + core.Sequence(contents=body).dump()
    tbs = core.Sequence(contents=inner).dump()
    signature = core.OctetBitString(b"\x00" * 256).dump()
    encoded: bytes = core.Sequence(
        contents=tbs + crl.SignedDigestAlgorithm(algorithm).dump() + signature
    ).dump()
    return encoded


def carrying(pdf: bytes, revocations: bytes) -> bytes:
    """The paper with the list in its document security store, as a later addition (ISO 32000-2, 12.8.4.3)."""
    out = BytesIO()
    writer: BasePdfFileWriter = IncrementalPdfFileWriter(BytesIO(pdf))
    stream = generic.StreamObject(
        {generic.pdf_name("/Filter"): generic.pdf_name("/FlateDecode")},
        encoded_data=zlib.compress(revocations, 9),
    )
    store = generic.DictionaryObject(
        {generic.pdf_name("/CRLs"): generic.ArrayObject([writer.add_object(stream)])}
    )
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def test_a_small_file_with_a_long_revocation_list_is_answered_within_bounds(world: SigningWorld) -> None:
    signed = world.token("dung").sign(plain_pdf(), world.order())
    paper = carrying(signed, long_revocation_list(100_000))
    assert len(paper) < len(signed) + 400_000
    reading = verify_pdf(paper, trusted_files=[world.server.authority.trust_path])
    assert reading.verdict in {
        Verdict.NOT_FINISHED,
        verify_pdf(signed, trusted_files=[world.server.authority.trust_path]).verdict,
    }


def test_what_was_checked_of_it_is_never_changed(world: SigningWorld) -> None:
    signed = world.token("dung").sign(plain_pdf(), world.order())
    reading = read_signatures(
        carrying(signed, long_revocation_list(2_000)), trust=world.trust, at=clock.now()
    )
    assert [each for one in reading.people for each in one.after.changed] == []
