"""The clerk who keeps the seal puts it on copies another person made and signed."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from tests.cast import Cast
from tests.factories.signing import SigningWorld, counted_log_ins
from tests.integration.documents.scanning.desk import hear
from tests.integration.documents.scanning.test_signing_copies import bound

from motcua.documents import queries, services
from motcua.documents.errors import NothingToSign, SigningKeyUnknown, WrongPin
from motcua.documents.queries import Standing, TrustLevel
from motcua.dossiers import queries as dossiers
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused

# Signing happens outside transactions: the attempt is recorded whatever happens.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def signed_copy(cast: Cast, signing: SigningWorld) -> tuple[UUID, UUID]:
    """A copy Bình made and signed, and its dossier."""
    services.register_signing_key(
        actor=SYSTEM, label="binh", identity=signing.token("binh").identity(), account_id=cast.account("binh")
    )
    batch_id, dossier_id = bound(cast)
    (signed,) = services.sign_copies(
        actor=cast.binh, batch_id=batch_id, key_label="binh", pin=signing.hsm.pins["binh"]
    )
    assert signed.refusal is None
    return signed.scan_paper_id, dossier_id


def waiting(cast: Cast, name: str) -> list[UUID]:
    return [one.id for one in queries.copies_to_seal(actor=cast.actor(name), agency_id=cast.an_binh)]


def test_the_clerk_seals_what_the_desk_signed(
    cast: Cast, signing: SigningWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_id, dossier_id = signed_copy(cast, signing)
    assert waiting(cast, "khanh") == [copy_id]
    assert queries.copies_to_seal_counts(actor=cast.khanh) == {cast.an_binh: 1}
    (before,) = queries.copies_to_seal(actor=cast.khanh, agency_id=cast.an_binh)

    def seal(pin: str) -> services.Bound:
        (one,) = services.seal_copies(actor=cast.khanh, agency_id=cast.an_binh, copy_ids=[copy_id], pin=pin)
        return one

    assert isinstance(seal("0000").refusal, WrongPin)
    assert waiting(cast, "khanh") == [copy_id]
    other_id, _ = signed_copy(cast, signing)
    signing.token("seal-H99.11").forget()
    with counted_log_ins(monkeypatch) as shown:
        services.seal_copies(
            actor=cast.khanh, agency_id=cast.an_binh, copy_ids=[copy_id, other_id], pin="0000"
        )
    assert shown == ["seal-H99.11"], "a wrong PIN is not tried on the second copy"
    services.waive_seal(actor=cast.khanh, copy_ids=[other_id])
    sealed = seal(signing.hsm.pins["seal-H99.11"])
    assert sealed.refusal is None
    assert sealed.paper.trust is TrustLevel.SIGNED
    assert waiting(cast, "khanh") == []
    with queries.open_file(sealed.paper.file.id) as stream:
        content = stream.read()
    verified = queries.verify_pdf(content)
    assert verified.are_signatures_valid
    assert len(verified.signatures) == 2
    assert verified.standing is Standing.IN_FORCE
    with pikepdf.open(BytesIO(content)) as pdf:
        width = float(pdf.pages[0].MediaBox[2])
        left, right = sorted(float(one.Rect[0]) for one in pdf.pages[0].Annots)
    assert left < width / 2 < right
    with queries.open_file(before.file.id) as stream:
        assert queries.verify_pdf(stream.read()).standing is Standing.REPLACED

    hear()
    lines = dossiers.dossier_page(actor=cast.khanh, dossier_id=dossier_id).papers
    assert [one.paper_id for one in lines if one.component_key == "birth-notification"] == [sealed.paper.id]
    with pytest.raises(NothingToSign):
        seal(signing.hsm.pins["seal-H99.11"])


def test_a_copy_that_needs_no_seal_leaves_the_queue_until_it_is_wanted_again(
    cast: Cast, signing: SigningWorld
) -> None:
    copy_id, _ = signed_copy(cast, signing)
    assert services.waive_seal(actor=cast.khanh, copy_ids=[copy_id]) == 1
    assert waiting(cast, "khanh") == []
    left = queries.copies_to_seal(actor=cast.khanh, agency_id=cast.an_binh, only_waived=True)
    assert [one.id for one in left] == [copy_id]
    with pytest.raises(NothingToSign):
        services.seal_copies(actor=cast.khanh, agency_id=cast.an_binh, copy_ids=[copy_id], pin="x")
    assert services.want_seal(actor=cast.khanh, copy_ids=[copy_id]) == 1
    assert services.want_seal(actor=cast.khanh, copy_ids=[copy_id]) == 0
    assert waiting(cast, "khanh") == [copy_id]


def test_the_queue_is_there_for_who_keeps_that_seal_only(cast: Cast, signing: SigningWorld) -> None:
    copy_id, _ = signed_copy(cast, signing)
    elsewhere = replace(cast.khanh, grants={name: frozenset({cast.yen_hoa}) for name in cast.khanh.grants})
    for other in (cast.binh, cast.chau, cast.dung, cast.minh, cast.hoa, elsewhere):
        assert queries.copies_to_seal(actor=other, agency_id=cast.an_binh) == []
        assert queries.copies_to_seal_counts(actor=other) == {}
        with pytest.raises(OutOfScope):
            queries.copy_file(actor=other, copy_id=copy_id)
        with pytest.raises(OutOfScope):
            services.waive_seal(actor=other, copy_ids=[copy_id])
        with pytest.raises(PermissionRefused):
            services.seal_copies(actor=other, agency_id=cast.an_binh, copy_ids=[copy_id], pin="x")
    with pytest.raises(OutOfScope):
        services.seal_copies(actor=elsewhere, agency_id=cast.yen_hoa, copy_ids=[copy_id], pin="x")
    services.withdraw_signing_key(actor=SYSTEM, label="seal-H99.11")
    with pytest.raises(SigningKeyUnknown):
        services.seal_copies(actor=cast.khanh, agency_id=cast.an_binh, copy_ids=[copy_id], pin="x")
