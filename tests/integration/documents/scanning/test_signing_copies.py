"""All copies of a batch signed with one PIN; the signed copies stand on the checklist."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.scans import paper, scan
from tests.factories.signing import SigningWorld
from tests.integration.documents.scanning.desk import do_the_work, scanned_batch

from motcua.documents import queries, services
from motcua.documents.errors import NothingToSign, WrongPin
from motcua.documents.models import ScanBatch, ScanField
from motcua.documents.queries import Standing, TrustLevel
from motcua.dossiers import services as dossier_services
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused

# Signing happens outside transactions: the attempt is recorded whatever happens.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def bound(cast: Cast) -> tuple[UUID, UUID]:
    moved = received(cast)
    batch_id = scanned_batch(cast, ("giay.pdf", scan([paper()])))
    do_the_work(batch_id)
    ScanField.objects.filter(paper__batch=batch_id).update(is_doubtful=False)
    page = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    made = services.bind_papers(
        actor=cast.binh,
        batch_id=batch_id,
        dossier_id=moved.dossier_id,
        dossier_code=moved.code or "",
        procedure_code="1.001193",
        owner_party_id=cast.hoa_party,
        bindings=[services.Binding(page.papers[0].id, "birth-notification", "birth-notification")],
    )
    dossier_services.attach_paper(
        actor=cast.binh,
        dossier_id=moved.dossier_id,
        component_key="birth-notification",
        paper_id=made[0].paper.id,
    )
    return batch_id, moved.dossier_id


def test_one_pin_signs_all_and_the_signed_copy_takes_the_place(cast: Cast, signing: SigningWorld) -> None:
    services.register_signing_key(
        actor=SYSTEM, label="binh", identity=signing.token("binh").identity(), account_id=cast.account("binh")
    )
    batch_id, dossier_id = bound(cast)
    (refused,) = services.sign_copies(actor=cast.binh, batch_id=batch_id, key_label="binh", pin="0000")
    assert isinstance(refused.refusal, WrongPin)

    (signed,) = services.sign_copies(
        actor=cast.binh, batch_id=batch_id, key_label="binh", pin=signing.hsm.pins["binh"]
    )
    assert signed.refusal is None
    assert signed.paper.trust is TrustLevel.SIGNED
    with queries.open_file(signed.paper.file.id) as stream:
        verified = queries.verify_pdf(stream.read())
    assert verified.are_signatures_valid
    assert verified.standing is Standing.IN_FORCE
    assert queries.paper(refused.paper.id).standing is Standing.REPLACED
    attached = dossier_services.attach_paper(
        actor=cast.binh, dossier_id=dossier_id, component_key="birth-notification", paper_id=signed.paper.id
    )
    from motcua.dossiers import queries as dossiers

    lines = dossiers.dossier_page(actor=cast.binh, dossier_id=dossier_id).papers
    (line,) = [one for one in lines if one.component_key == "birth-notification"]
    assert (line.id, line.paper_id) == (attached.line_id, signed.paper.id)
    with pytest.raises(NothingToSign):
        services.sign_copies(actor=cast.binh, batch_id=batch_id, key_label="binh", pin="x")


def test_nothing_is_signed_while_the_worker_still_binds(cast: Cast) -> None:
    """The first of three thick papers is bound minutes before the last; until then the batch does not know its dossier."""
    batch_id, _ = bound(cast)
    assert queries.batch_page(actor=cast.binh, batch_id=batch_id).waits_for_signature
    ScanBatch.objects.filter(pk=batch_id).update(bound_at=None, bound_by_id=None, dossier_id=None)
    page = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    assert page.papers[0].is_bound
    assert not page.waits_for_signature
    with pytest.raises(NothingToSign):
        services.sign_copies(actor=cast.binh, batch_id=batch_id, key_label="binh", pin="x")


def test_the_copy_seal_stands_top_right_beside_the_copier(
    cast: Cast, signing: SigningWorld, settings: Settings
) -> None:
    services.register_signing_key(
        actor=SYSTEM, label="binh", identity=signing.token("binh").identity(), account_id=cast.account("binh")
    )
    batch_id, _ = bound(cast)
    # In a commune the same person often receives and keeps the seal.
    both = replace(cast.binh, grants={**cast.khanh.grants, **cast.binh.grants})
    (without,) = services.sign_copies(
        actor=cast.binh,
        batch_id=batch_id,
        key_label="binh",
        pin=signing.hsm.pins["binh"],
        seal_label="seal-H99.11",
        note="Sao y",
    )
    assert isinstance(without.refusal, PermissionRefused)
    wrong = signing.hsm.folder / "wrong.json"
    wrong.write_text('{"seal-H99.11": "00000000"}')
    settings.MOTCUA_SIGNING_PINS = str(wrong)
    other_batch, _ = bound(cast)
    (half,) = services.sign_copies(
        actor=both,
        batch_id=other_batch,
        key_label="binh",
        pin=signing.hsm.pins["binh"],
        seal_label="seal-H99.11",
    )
    assert isinstance(half.refusal, WrongPin)
    (waits,) = queries.copies_to_seal(actor=cast.khanh, agency_id=cast.an_binh)
    assert waits.id == half.scan_paper_id, "the copier's signature is kept; only the seal is still to come"
    settings.MOTCUA_SIGNING_PINS = str(signing.hsm.folder / "pins.json")
    (signed,) = services.sign_copies(
        actor=both,
        batch_id=batch_id,
        key_label="binh",
        pin=signing.hsm.pins["binh"],
        seal_label="seal-H99.11",
        note="Sao y",
    )
    assert signed.refusal is None
    with queries.open_file(signed.paper.file.id) as stream, pikepdf.open(BytesIO(stream.read())) as pdf:
        page = pdf.pages[0]
        width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
        boxes = [[float(side) for side in one.Rect] for one in page.Annots]
    left, right = sorted(boxes)
    assert left[2] < width / 2 < right[0]
    assert min(left[3], right[3]) > height - 60
