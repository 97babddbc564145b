"""How dossiers come in: online, at the desk, twice, at once, incomplete, out of scope."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast, present_cast
from tests.factories.dossiers import (
    BIRTH_FORM,
    BIRTH_PAPERS,
    birth_application,
    received,
    submitted,
)

from motcua.catalogue.queries import Channel
from motcua.channels import queries as channels
from motcua.dossiers import errors, queries, services
from motcua.dossiers.models import CodeCounter, Dossier, IssuedForm, Passage
from motcua.dossiers.services import Moved, PaperGiven
from motcua.kernel import clock
from motcua.kernel.errors import MovedOn, OutOfScope, PermissionRefused
from motcua.kernel.models import JournalEntry
from motcua.payments import queries as payments

MONDAY_8 = datetime(2026, 11, 23, 8, 0, tzinfo=clock.LOCAL)

pytestmark = pytest.mark.django_db


def test_online_waits_and_starts_no_clock(cast: Cast) -> None:
    moved = submitted(cast)
    page = queries.dossier_page(actor=cast.hoa, dossier_id=moved.dossier_id)
    assert (page.national_status, page.code, page.due_at, page.received_at) == (1, None, None, None)
    assert page.papers[0].component_key == "declaration"


def test_receipt_gives_code_term_form_and_notice(cast: Cast) -> None:
    with clock.frozen(MONDAY_8):
        moved = received(cast)
    assert moved.code == "H99.11-261123-0001"
    assert moved.due_at == datetime(2026, 11, 25, 8, 0, tzinfo=clock.LOCAL)  # 24 November is a day off
    form = IssuedForm.objects.get()
    assert (form.code, form.content["code"], form.content["applicant"]) == (
        "01",
        moved.code,
        "Nguyễn Thị Hoa",
    )
    names = list(JournalEntry.objects.order_by("id").values_list("name", flat=True))
    assert names.count("dossiers.DossierMoved") == 2
    assert "dossiers.FormIssued" in names


def test_after_three_the_clock_starts_next_working_morning(cast: Cast) -> None:
    with clock.frozen(MONDAY_8.replace(hour=15)):
        moved = received(cast)
    page = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert page.due_at == datetime(2026, 11, 25, 17, 30, tzinfo=clock.LOCAL)
    assert page.reckoning is not None
    assert page.reckoning.due_at == page.due_at == page.promised_due_at


def test_the_desk_registers_at_once(cast: Cast) -> None:
    application = birth_application(cast, channel=Channel.COUNTER)
    moved = services.register_dossier(actor=cast.binh, application=application)
    assert moved.national_status == 2
    assert moved.code is not None
    again = services.register_dossier(actor=cast.binh, application=application)
    assert again.is_repeat
    assert again.dossier_id == moved.dossier_id
    assert Dossier.objects.count() == 1


def test_a_retried_submission_is_one_dossier(cast: Cast) -> None:
    application = birth_application(cast)
    first = services.submit_dossier(actor=cast.hoa, application=application)
    second = services.submit_dossier(actor=cast.hoa, application=application)
    assert (second.dossier_id, second.is_repeat) == (first.dossier_id, True)
    other = services.submit_dossier(actor=cast.hoa, application=birth_application(cast))
    assert other.dossier_id != first.dossier_id


def test_a_retry_is_answered_though_it_would_be_refused_today(cast: Cast) -> None:
    application = birth_application(cast)
    first = services.submit_dossier(actor=cast.hoa, application=application)
    stale = replace(application, form_digest="0" * 64)
    again = services.submit_dossier(actor=cast.hoa, application=stale)
    assert (again.dossier_id, again.is_repeat) == (first.dossier_id, True)
    with pytest.raises(errors.FormOutdated):  # another key is another request
        services.submit_dossier(actor=cast.hoa, application=replace(stale, request_key="another-key"))


def test_a_retry_at_the_desk_takes_no_number(cast: Cast) -> None:
    application = birth_application(cast, channel=Channel.COUNTER)
    first = services.register_dossier(actor=cast.binh, application=application)
    jobs = JournalEntry.objects.count()
    assert services.register_dossier(actor=cast.binh, application=application).is_repeat
    assert JournalEntry.objects.count() == jobs
    following = services.register_dossier(
        actor=cast.binh, application=birth_application(cast, channel=Channel.COUNTER)
    )
    assert first.code is not None
    assert following.code is not None
    assert int(following.code.rpartition("-")[2]) == int(first.code.rpartition("-")[2]) + 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"form_data": {**BIRTH_FORM, "copies": -1}}, errors.FormInvalid),
        ({"form_data": {}}, errors.FormInvalid),
        ({"form_digest": "0" * 64}, errors.FormOutdated),
        ({"papers": ()}, errors.PapersMissing),
        ({"case_key": "no-such-case"}, errors.ChannelClosed),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_half_written(
    cast: Cast, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        submitted(cast, **changes)
    assert not Dossier.objects.exists()
    assert not Passage.objects.exists()
    assert not JournalEntry.objects.filter(name__startswith="dossiers.").exists()


def test_an_exempted_paper_need_not_be_brought(cast: Cast) -> None:
    papers = (PaperGiven("birth-notification", exemption="Đã có dữ liệu điện tử ký số"),)
    assert submitted(cast, papers=papers).national_status == 1


def test_nobody_submits_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(PermissionRefused):
        services.submit_dossier(actor=cast.an_phat, application=birth_application(cast))
    with pytest.raises(PermissionRefused):
        services.submit_dossier(actor=cast.giang, application=birth_application(cast))


def test_who_may_not_see_finds_nothing(cast: Cast) -> None:
    moved = received(cast)
    for stranger in (cast.giang, cast.an_phat, cast.actor("nobody")):
        with pytest.raises(OutOfScope):
            queries.dossier_page(actor=stranger, dossier_id=moved.dossier_id)
        with pytest.raises(OutOfScope):
            services.stop_dossier(actor=stranger, dossier_id=moved.dossier_id, reason="x")
    with pytest.raises(PermissionRefused):
        services.assign(actor=cast.binh, dossier_id=moved.dossier_id, assignee_id=cast.account("chau"))


def test_refusal_at_the_door_ends_before_it_began(cast: Cast) -> None:
    moved = submitted(cast)
    with pytest.raises(errors.ReasonMissing):
        services.refuse_at_door(actor=cast.binh, dossier_id=moved.dossier_id, reason="  ")
    ended = services.refuse_at_door(actor=cast.binh, dossier_id=moved.dossier_id, reason="Sai thẩm quyền")
    assert ended.national_status == 3
    assert IssuedForm.objects.get().code == "03"
    with pytest.raises(errors.MoveImpossible):
        services.receive_dossier(actor=cast.binh, dossier_id=moved.dossier_id)


def test_the_second_of_two_officers_is_told(cast: Cast) -> None:
    moved = submitted(cast)
    services.receive_dossier(actor=cast.binh, dossier_id=moved.dossier_id, seen=1, papers=BIRTH_PAPERS)
    with pytest.raises(MovedOn):
        services.refuse_at_door(actor=cast.binh, dossier_id=moved.dossier_id, reason="x", seen=1)
    assert Passage.objects.count() == 2


def test_free_procedures_raise_no_charge(cast: Cast) -> None:
    moved = received(cast)
    assert payments.charges_of(moved.dossier_id) == []
    assert payments.outstanding(moved.dossier_id) == 0


def test_notices_are_made_once_and_say_no_detail_in_the_subject(cast: Cast) -> None:
    from motcua.channels.services import make_notice

    moved = received(cast)
    for _ in range(2):
        make_notice(dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received")
    (notice,) = channels.notices_of(actor=cast.hoa)
    assert moved.code is not None
    assert moved.code in notice.subject
    assert "Hoa" not in notice.subject
    assert "khai sinh" not in notice.subject.lower()
    assert channels.notices_of(actor=cast.an_phat) == []


def test_the_number_of_the_day_grows_past_four_digits(cast: Cast) -> None:
    with clock.frozen(MONDAY_8):
        received(cast)
        CodeCounter.objects.update(last=9999)
        assert received(cast).code == "H99.11-261123-10000"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers_without_a_gap() -> None:
    cast = present_cast()
    same = birth_application(cast, channel=Channel.COUNTER)
    actor = cast.binh

    def register(request_key: str) -> Moved:
        try:
            return services.register_dossier(actor=actor, application=replace(same, request_key=request_key))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(register, [f"k{n % 12}" for n in range(16)]))
    codes = sorted({moved.code or "" for moved in done})
    assert len({moved.dossier_id for moved in done}) == 12 == Dossier.objects.count()
    assert [code.rsplit("-", 1)[1] for code in codes] == [f"{n:04d}" for n in range(1, 13)]
