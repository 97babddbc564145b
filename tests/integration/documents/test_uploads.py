"""A transfer in pieces survives a dropped connection and never makes a wrong file."""

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.signing import plain_pdf

from motcua.documents import queries, services
from motcua.documents.errors import (
    FileMislabelled,
    FileTooLarge,
    FileZeroBytes,
    UploadClosed,
    UploadDamaged,
    UploadIncomplete,
    UploadOffsetWrong,
    UploadsFull,
    UploadsOfPersonFull,
)
from motcua.documents.models import FileRecord, Upload
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope

PDF = plain_pdf()
DIGEST = hashlib.sha256(PDF).hexdigest()


def begin(cast: Cast, *, sha256: str = "", size: int | None = None) -> queries.UploadView:
    return services.begin_upload(
        actor=cast.hoa, filename="đơn.pdf", size=len(PDF) if size is None else size, sha256=sha256
    )


def lying(upload_id: UUID) -> int:
    """Bytes of a transfer on the disk."""
    path = Path(django_settings.MOTCUA_UPLOADS) / f"{upload_id}.part"
    return path.stat().st_size if path.exists() else 0


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
    assert not lying(upload.id)
    assert queries.upload_for(cast.hoa, upload.id).file_id == kept.id


@budget(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    assert not lying(old.id)
    assert queries.upload_for(cast.hoa, fresh.id).is_open
    with pytest.raises(UploadClosed):
        services.append_chunk(actor=cast.hoa, upload_id=old.id, offset=10, content=PDF[10:20])


@pytest.mark.parametrize("size", [0, -1, -(1 << 40)])
def test_no_transfer_of_nothing_or_less(cast: Cast, size: int) -> None:
    with pytest.raises(FileZeroBytes):
        begin(cast, size=size)


@pytest.mark.parametrize("offset", [-1, -(1 << 70), 1 << 70])
def test_a_piece_at_no_place_is_told_where_to_go_on(cast: Cast, offset: int) -> None:
    upload = begin(cast)
    for content in (b"", b"x"):
        with pytest.raises(UploadOffsetWrong):
            services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=offset, content=content)
    assert not lying(upload.id)


def test_an_empty_piece_keeps_nothing_alive(cast: Cast) -> None:
    upload = begin(cast)
    begun = Upload.objects.get(pk=upload.id).touched_at
    with clock.frozen(clock.now() + timedelta(days=1)):
        services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=b"")
    assert Upload.objects.get(pk=upload.id).touched_at == begun


def test_a_byte_a_day_keeps_nothing_alive_for_ever(cast: Cast) -> None:
    upload = begin(cast)
    for day in range(8):
        with clock.frozen(clock.now() + timedelta(days=day)):
            services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=day, content=PDF[day : day + 1])
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert services.abandon_idle_uploads(actor=SYSTEM) == 1
    assert not lying(upload.id)


def test_a_person_opens_no_more_than_their_share(cast: Cast, settings: Settings) -> None:
    settings.MOTCUA_UPLOADS_PER_PERSON = 3 * len(PDF)
    mine = [begin(cast) for _ in range(3)]
    with pytest.raises(UploadsOfPersonFull):
        begin(cast)
    others = services.begin_upload(actor=cast.binh, filename="đơn.pdf", size=len(PDF))
    assert others.is_open
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert begin(cast).is_open, "what the person left off gives way"
    assert not queries.upload_for(cast.hoa, mine[0].id).is_open
    assert queries.upload_for(cast.binh, others.id).is_open


def test_whoever_scans_for_the_public_is_bounded_by_the_disk_only(cast: Cast, settings: Settings) -> None:
    settings.MOTCUA_UPLOADS_PER_PERSON = 1
    for _ in range(21):
        assert services.begin_upload(actor=cast.binh, filename="đơn.pdf", size=len(PDF)).is_open


def test_a_person_opens_no_more_than_twenty(cast: Cast) -> None:
    for _ in range(20):
        begin(cast, size=1)
    with pytest.raises(UploadsOfPersonFull):
        begin(cast, size=1)


def test_all_together_take_no_more_than_the_disk_has(cast: Cast, settings: Settings) -> None:
    settings.MOTCUA_UPLOADS_IN_ALL = 2 * len(PDF)
    begin(cast)
    services.begin_upload(actor=cast.binh, filename="đơn.pdf", size=len(PDF))
    with pytest.raises(UploadsFull):
        services.begin_upload(actor=cast.chau, filename="đơn.pdf", size=1)


def test_what_was_written_and_never_told_is_written_again(cast: Cast) -> None:
    """The server died after the bytes and before the row."""
    upload = begin(cast, sha256=DIGEST)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=PDF[:500])
    with (Path(django_settings.MOTCUA_UPLOADS) / f"{upload.id}.part").open("ab") as part:
        part.write(b"torn" * 9000)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=500, content=PDF[500:])
    assert services.finish_upload(actor=cast.hoa, upload_id=upload.id).sha256 == DIGEST


def test_what_the_disk_lost_is_told(cast: Cast) -> None:
    upload = begin(cast)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=PDF)
    (Path(django_settings.MOTCUA_UPLOADS) / f"{upload.id}.part").unlink()
    with pytest.raises(UploadDamaged):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)
    upload = begin(cast)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=PDF[:10])
    (Path(django_settings.MOTCUA_UPLOADS) / f"{upload.id}.part").unlink()
    with pytest.raises(UploadDamaged):
        services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=10, content=PDF[10:])


def test_pieces_that_are_no_file_take_no_room_any_longer(cast: Cast) -> None:
    """Twenty refused files would have shut somebody out for an hour."""
    upload = services.begin_upload(actor=cast.hoa, filename="a.pdf", size=9)
    services.append_chunk(actor=cast.hoa, upload_id=upload.id, offset=0, content=b"not a pdf")
    with pytest.raises(FileMislabelled):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)
    with pytest.raises(UploadClosed):
        services.finish_upload(actor=cast.hoa, upload_id=upload.id)
    assert not Upload.objects.filter(pk=upload.id, state="open").exists()
    assert lying(upload.id) == 0
