"""A transfer in pieces survives a dropped connection and never makes a wrong file."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from tests.cast import Cast
from tests.factories.signing import plain_pdf

from motcua.documents import queries, services
from motcua.documents.errors import (
    FileMislabelled,
    FileTooLarge,
    UploadClosed,
    UploadDamaged,
    UploadIncomplete,
    UploadOffsetWrong,
)
from motcua.documents.models import FileRecord, UploadChunk
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope

PDF = plain_pdf()
DIGEST = hashlib.sha256(PDF).hexdigest()


def begin(cast: Cast, *, sha256: str = "", size: int | None = None) -> queries.UploadView:
    return services.begin_upload(
        actor=cast.hoa, filename="đơn.pdf", size=len(PDF) if size is None else size, sha256=sha256
    )


def test_pieces_become_the_file(cast: Cast) -> None:
    upload = begin(cast, sha256=DIGEST.upper())
    for offset in range(0, len(PDF), 3000):
        upload = services.append_chunk(
            actor=cast.hoa, upload_id=upload.id, offset=offset, content=PDF[offset : offset + 3000]
        )
    assert upload.offset == len(PDF)
    kept = services.finish_upload(actor=cast.hoa, upload_id=upload.id)
    assert kept.sha256 == DIGEST
    assert services.finish_upload(actor=cast.hoa, upload_id=upload.id) == kept, "asking again changes nothing"
    assert FileRecord.objects.count() == 1
    assert not UploadChunk.objects.exists()
    assert queries.upload_for(cast.hoa, upload.id).file_id == kept.id


@budget(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(plan=st.lists(st.tuples(st.integers(1, 6000), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_any_order_of_drops_and_repeats_gives_the_same_file(
    cast: Cast, plan: list[tuple[int, bool, bool]]
) -> None:
    """Each step: how much to send, whether the answer was lost (so it is sent again), whether we guess the offset wrong."""
    upload = begin(cast, sha256=DIGEST)
    steps = iter(plan)
    while upload.offset < len(PDF):
        length, answer_lost, wrong_guess = next(steps, (len(PDF), False, False))
        piece = PDF[upload.offset : upload.offset + length]
        if wrong_guess:
            with pytest.raises(UploadOffsetWrong) as refusal:
                services.append_chunk(
                    actor=cast.hoa, upload_id=upload.id, offset=upload.offset + 1, content=piece
                )
            assert refusal.value.params["expected"] == upload.offset
        after = services.append_chunk(
            actor=cast.hoa, upload_id=upload.id, offset=upload.offset, content=piece
        )
        if answer_lost:
            repeated = services.append_chunk(
                actor=cast.hoa, upload_id=upload.id, offset=upload.offset, content=piece
            )
            assert repeated == after
        upload = queries.upload_for(cast.hoa, upload.id)
        assert upload == after
    assert services.finish_upload(actor=cast.hoa, upload_id=upload.id).sha256 == DIGEST


def test_another_piece_at_a_place_already_received_is_refused(cast: Cast) -> None:
    upload = begin(cast)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=PDF[:100])
    with pytest.raises(UploadOffsetWrong):
        services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=b"x" * 100)
    with pytest.raises(UploadOffsetWrong):
        services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=100, content=PDF)


def test_too_early_and_too_large(cast: Cast) -> None:
    upload = begin(cast)
    with pytest.raises(UploadIncomplete):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)
    with pytest.raises(FileTooLarge):
        begin(cast, size=1 << 50)


def test_a_damaged_transfer_never_becomes_a_file(cast: Cast) -> None:
    upload = begin(cast, sha256=DIGEST)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=b"y" * len(PDF))
    with pytest.raises(UploadDamaged):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)
    assert not FileRecord.objects.exists()
    with pytest.raises(UploadClosed):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)


def test_what_is_refused_as_a_file_is_refused_in_pieces(cast: Cast) -> None:
    upload = begin(cast, size=100)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=b"z" * 100)
    with pytest.raises(FileMislabelled):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)


def test_others_cannot_continue_it(cast: Cast) -> None:
    upload = begin(cast)
    for action in (
        lambda: services.append_chunk(actor=cast.an_phat, upload_id=upload.id, offset=0, content=b"x"),
        lambda: services.finish_upload(actor=cast.giang, upload_id=upload.id),
        lambda: queries.upload_for(cast.binh, upload.id),
        lambda: queries.upload_for(cast.hoa, uuid4()),
    ):
        with pytest.raises(OutOfScope):
            action()


def test_abandoned_transfers_are_cleaned(cast: Cast) -> None:
    old = begin(cast)
    services.append_chunk(actor=cast.hoa, upload_id=old.id, offset=0, content=PDF[:10])
    with clock.frozen(clock.now() + timedelta(days=3)):
        fresh = begin(cast)
        assert services.abandon_idle_uploads(actor=SYSTEM) == 1
        assert services.abandon_idle_uploads(actor=SYSTEM) == 0
    assert not UploadChunk.objects.exists()
    assert queries.upload_for(cast.hoa, fresh.id).is_open
    with pytest.raises(UploadClosed):
        services.append_chunk(actor=cast.hoa, upload_id=old.id, offset=10, content=PDF[10:20])
