"""Signing a kept file: all or nothing, every attempt on record, and the answer of the verification afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import transaction
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.signing import PASSWORD, SigningWorld, plain_pdf, signing_world

from motcua.directory import queries as directory
from motcua.documents import queries, services
from motcua.documents.errors import (
    CertificateNotValid,
    ExistingSignatureBroken,
    NotPdf,
    SignerMismatch,
    SigningKeyUnknown,
    TimeStampUnavailable,
    TokenMissing,
    WrongPin,
)
from motcua.documents.models import FileRecord
from motcua.documents.models.signing import KeyPlace
from motcua.documents.queries import FileView, PaperSource, SignatureKind, Standing, TrustLevel
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused
from simulators.hsm import module_path


@pytest.fixture
def world(settings: Settings) -> Iterator[SigningWorld]:
    running = signing_world()
    settings.MOTCUA_TSA_URL = running.server.authority.tsa_url
    settings.MOTCUA_TRUST_ROOTS = str(running.server.authority.trust_path)
    settings.MOTCUA_PKCS11_MODULE = module_path()
    settings.MOTCUA_SIGNING_KEYS = str(running.server.authority.folder)
    settings.MOTCUA_VERIFY_ONLINE = False
    yield running
    running.server.application.faults = {}


@pytest.fixture
def keys(cast: Cast, world: SigningWorld) -> None:
    """Dũng's token and the seal of An Bình, entrusted."""
    agency = directory.agency("H99.11").id
    services.register_signing_key(
        actor=SYSTEM, label="dung", identity=world.token("dung").identity(), account_id=cast.account("dung")
    )
    services.register_signing_key(
        actor=SYSTEM, label="seal-H99.11", identity=world.token("seal-H99.11").identity(), agency_id=agency
    )


@pytest.fixture
def draft(cast: Cast) -> FileView:
    return services.keep_file(actor=cast.chau, stream=BytesIO(plain_pdf()), filename="quyết định.pdf")


def content(file: FileView) -> bytes:
    with queries.open_file(file.id) as stream:
        return stream.read()


def sign(cast: Cast, world: SigningWorld, file: FileView) -> FileView:
    return services.sign_pdf(
        actor=cast.dung,
        file_id=file.id,
        key_label="dung",
        kind=SignatureKind.PERSONAL,
        pin=world.hsm.pins["dung"],
        reason="Phê duyệt",
    )


def seal(cast: Cast, world: SigningWorld, file: FileView) -> FileView:
    return services.sign_pdf(
        actor=cast.khanh,
        file_id=file.id,
        key_label="seal-H99.11",
        kind=SignatureKind.AGENCY,
        pin=world.hsm.pins["seal-H99.11"],
    )


@pytest.mark.usefixtures("keys")
def test_leader_signs_then_the_clerk_seals(cast: Cast, world: SigningWorld, draft: FileView) -> None:
    sealed = seal(cast, world, sign(cast, world, draft))
    verdict = queries.verify_pdf(content(sealed))
    assert verdict.is_valid
    assert [each.signer for each in verdict.signatures] == ["Phạm Tiến Dũng", "Ủy ban nhân dân xã An Bình"]
    assert verdict.signatures[0].reason == "Phê duyệt"
    assert sealed.filename == draft.filename
    assert content(draft) == plain_pdf(), "the draft stays as it was"
    (attempt,) = queries.attempts_of(draft.id)
    assert (attempt.succeeded, attempt.key_label, attempt.level) == (True, "dung", "B-T")


@pytest.mark.usefixtures("keys")
def test_pins_of_the_servers_own_hsm_are_not_asked(
    cast: Cast, world: SigningWorld, draft: FileView, settings: Settings
) -> None:
    settings.MOTCUA_SIGNING_PINS = str(world.hsm.folder / "pins.json")
    signed = services.sign_pdf(
        actor=cast.dung, file_id=draft.id, key_label="dung", kind=SignatureKind.PERSONAL
    )
    assert queries.verify_pdf(content(signed)).is_valid
    assert [key.has_pin for key in queries.signing_keys_of(cast.dung, frozenset(services.stored_pins()))] == [
        True
    ]


@pytest.mark.usefixtures("keys")
def test_everybody_sees_only_the_keys_they_may_use(cast: Cast) -> None:
    assert [key.label for key in queries.signing_keys_of(cast.dung)] == ["dung"]
    assert [key.label for key in queries.signing_keys_of(cast.khanh)] == ["seal-H99.11"]
    assert not queries.signing_keys_of(cast.giang)
    assert not queries.signing_keys_of(cast.hoa)


@pytest.mark.usefixtures("keys")
def test_a_failed_attempt_changes_nothing_and_is_recorded(
    cast: Cast, world: SigningWorld, draft: FileView, settings: Settings
) -> None:
    def attempt(**changes: object) -> None:
        order: dict[str, object] = {
            "actor": cast.dung,
            "file_id": draft.id,
            "key_label": "dung",
            "kind": SignatureKind.PERSONAL,
            "pin": world.hsm.pins["dung"],
        }
        services.sign_pdf(**(order | changes))  # type: ignore[arg-type]  # one table of wrong orders

    with pytest.raises(WrongPin):
        attempt(pin="11111111")
    world.server.application.faults = {"tsa": "down"}
    with pytest.raises(TimeStampUnavailable):
        attempt()
    world.server.application.faults = {}
    with pytest.raises(SigningKeyUnknown):
        attempt(key_label="nobody")
    with pytest.raises(SignerMismatch):
        attempt(actor=cast.em)
    with pytest.raises(SignerMismatch):
        attempt(kind=SignatureKind.AGENCY)
    with pytest.raises(PermissionRefused):
        attempt(actor=cast.dung, key_label="seal-H99.11", kind=SignatureKind.AGENCY)
    settings.MOTCUA_PKCS11_MODULE = "/nowhere/libpkcs11.so"
    with pytest.raises(TokenMissing):
        attempt()
    codes = [each.error_code for each in queries.attempts_of(draft.id)]
    assert codes == [
        "documents.wrong_pin",
        "documents.time_stamp_unavailable",
        "documents.signing_key_unknown",
        "documents.signer_mismatch",
        "documents.signer_mismatch",
        "kernel.permission_refused",
        "documents.token_missing",
    ]
    assert FileRecord.objects.count() == 1
    assert content(draft) == plain_pdf()


@pytest.mark.django_db(transaction=True)
def test_an_attempt_is_never_made_inside_somebody_elses_transaction(
    cast: Cast, world: SigningWorld, draft: FileView
) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        services.sign_pdf(actor=cast.dung, file_id=draft.id, key_label="x", kind=SignatureKind.PERSONAL)


@pytest.mark.usefixtures("keys")
def test_nothing_is_signed_over_a_broken_signature(cast: Cast, world: SigningWorld, draft: FileView) -> None:
    signed = bytearray(content(sign(cast, world, draft)))
    signed[len(plain_pdf()) // 2] ^= 1
    broken = services.keep_file(actor=cast.chau, stream=BytesIO(bytes(signed)), filename="hỏng.pdf")
    with pytest.raises(ExistingSignatureBroken):
        seal(cast, world, broken)


@pytest.mark.usefixtures("keys")
def test_only_pdf_files(cast: Cast, world: SigningWorld) -> None:
    from PIL import Image

    output = BytesIO()
    Image.new("RGB", (9, 9)).save(output, "PNG")
    picture = services.keep_file(actor=cast.chau, stream=BytesIO(output.getvalue()), filename="ảnh.png")
    with pytest.raises(NotPdf):
        sign(cast, world, picture)


def test_the_certificate_must_be_the_one_entrusted(cast: Cast, world: SigningWorld, draft: FileView) -> None:
    services.register_signing_key(
        actor=SYSTEM, label="dung", identity=world.token("em").identity(), account_id=cast.account("dung")
    )
    with pytest.raises(SignerMismatch):
        sign(cast, world, draft)


@pytest.mark.parametrize("label", ["../soft", "a/b", "/etc/soft"])
def test_a_key_file_has_a_name_and_no_way_elsewhere(label: str) -> None:
    with pytest.raises(SigningKeyUnknown):
        services.read_token(actor=SYSTEM, label=label, pin=PASSWORD, place=KeyPlace.FILE)


@pytest.mark.usefixtures("keys")
def test_certificates_out_of_date_or_revoked_do_not_sign(
    cast: Cast, world: SigningWorld, draft: FileView, settings: Settings
) -> None:
    with clock.frozen(clock.now() + timedelta(days=365 * 6)), pytest.raises(CertificateNotValid):
        sign(cast, world, draft)
    world.key_file("left-the-service")
    found = services.read_token(actor=SYSTEM, label="left-the-service", pin=PASSWORD, place=KeyPlace.FILE)
    services.register_signing_key(
        actor=SYSTEM,
        label="left-the-service",
        identity=found,
        account_id=cast.account("chau"),
        place=KeyPlace.FILE,
    )
    world.server.authority.revoke("left-the-service", clock.now() - timedelta(days=1))
    world.server.application.refresh()
    settings.MOTCUA_VERIFY_ONLINE = True
    with pytest.raises(CertificateNotValid) as refusal:
        services.sign_pdf(
            actor=cast.chau,
            file_id=draft.id,
            key_label="left-the-service",
            kind=SignatureKind.PERSONAL,
            pin=PASSWORD,
        )
    assert "thu hồi" in str(refusal.value)
    assert FileRecord.objects.count() == 1


@pytest.mark.usefixtures("keys")
def test_a_key_can_be_withdrawn_and_only_the_administration_entrusts_keys(
    cast: Cast, world: SigningWorld, draft: FileView
) -> None:
    with pytest.raises(PermissionRefused):
        services.withdraw_signing_key(actor=cast.dung, label="dung")
    with pytest.raises(PermissionRefused):
        services.read_token(actor=cast.hoa, label="dung", pin=world.hsm.pins["dung"])
    services.withdraw_signing_key(actor=SYSTEM, label="dung")
    with pytest.raises(SigningKeyUnknown):
        sign(cast, world, draft)
    with pytest.raises(SigningKeyUnknown):
        services.withdraw_signing_key(actor=SYSTEM, label="dung")


@pytest.mark.usefixtures("keys")
def test_what_became_of_a_result_is_told_by_its_bytes_and_by_its_code(
    cast: Cast, world: SigningWorld, draft: FileView
) -> None:
    def issue(code: str) -> tuple[FileView, queries.PaperView]:
        signed = sign(cast, world, draft)
        paper = services.record_paper(
            actor=SYSTEM,
            file_id=signed.id,
            kind_code="KS",
            source=PaperSource.RESULT,
            trust=TrustLevel.AUTHORITATIVE,
            verification_code=code,
        )
        return signed, paper

    stranger = sign(cast, world, draft)
    verdict = queries.verify_pdf(content(stranger))
    assert (verdict.is_valid, verdict.standing) == (True, Standing.NOT_OURS)

    (first, old), (_second, new), (_third, newest) = issue("CODE1"), issue("CODE2"), issue("CODE3")
    assert queries.verify_pdf(content(first)).standing is Standing.IN_FORCE
    services.replace_paper(actor=SYSTEM, old_id=old.id, new_id=new.id, reason="Sai tên")
    services.replace_paper(actor=SYSTEM, old_id=new.id, new_id=newest.id, reason="Sai ngày")
    verdict = queries.verify_pdf(content(first))
    assert verdict.standing is Standing.REPLACED
    assert not verdict.is_valid
    assert verdict.are_signatures_valid
    assert verdict.replacement is not None
    assert verdict.replacement.id == newest.id

    payload = queries.QrPayload(
        "H99.11-1", "1.001193", "0", "Giấy khai sinh", "Một cửa", clock.now(), "CODE1"
    )
    by_code = queries.verify_code(queries.qr_text(payload))
    assert by_code.standing is Standing.REPLACED
    assert by_code.replacement is not None
    assert by_code.replacement.id == newest.id
    services.revoke_paper(actor=SYSTEM, paper_id=newest.id, reason="Cấp sai thẩm quyền")
    unknown = queries.QrPayload("H99.11-1", "1.001193", "0", "x", "Một cửa", clock.now(), "NOSUCH")
    assert queries.verify_code(queries.qr_text(unknown)).standing is Standing.NOT_OURS
