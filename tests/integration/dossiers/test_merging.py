"""Two records of one person become one and come apart again: dossiers, papers, money, mandates and accounts follow."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.cast import Cast
from tests.factories.dossiers import birth_application
from tests.factories.signing import plain_pdf

from motcua.catalogue.queries import Channel
from motcua.channels import queries as channels
from motcua.channels import services as telling
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.directory.errors import (
    AlreadyMerged,
    MergeCovered,
    MergeUndone,
    NameMissing,
    PartyNumberTaken,
    PeopleDiffer,
)
from motcua.directory.events import PeopleMerged, PeopleParted
from motcua.directory.models import PartyMerge, PersonDetail
from motcua.directory.queries import MergedDetail
from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Box, Filters
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.events import listeners_of
from motcua.kernel.records import verify_records
from motcua.kernel.values import PartialDate
from motcua.payments import queries as payments
from motcua.payments import services as money
from motcua.warehouse import queries as warehouse

pytestmark = pytest.mark.django_db
NUMBER = "040180000901"
REASON = "Đối chiếu căn cước: một người"


def person(cast: Cast, name: str, **details: Any) -> UUID:
    return registry.register_person(actor=cast.binh, full_name=name, **details)


def two(cast: Cast) -> tuple[UUID, UUID]:
    """The same woman: once with her number, once by passport, a slip in the name and the newer contact."""
    standing = person(cast, "Lò Thị Hạnh", personal_number=NUMBER, phone="0912 345 678")
    former = person(
        cast,
        "Lò Thị Hanh",
        passport_number="C7654321",
        passport_country="VN",
        birth_on=PartialDate(1980),
        phone="0987 654 321",
        address="Thôn Đông",
    )
    return standing, former


def dossier_of(cast: Cast, party_id: UUID, **changes: Any) -> UUID:
    application = replace(birth_application(cast), channel=Channel.COUNTER, applicant_id=party_id, **changes)
    return services.register_dossier(actor=cast.binh, application=application).dossier_id


def found(cast: Cast, text: str) -> set[UUID]:
    page = queries.inbox(actor=cast.binh, box=Box.RECEPTION, filters=Filters(text=text))
    return {row.id for row in page.rows}


def merged(cast: Cast, standing: UUID, former: UUID, *taken: MergedDetail) -> UUID:
    merge_id = services.merge_people(
        actor=cast.hanh, party_id=standing, former_id=former, taken=taken, reason=REASON
    )
    services.follow_merge(actor=SYSTEM, party_id=standing, former_id=former)
    return merge_id


def parted(cast: Cast, merge_id: UUID) -> None:
    one = directory.merge(merge_id)
    services.undo_merge(actor=cast.hanh, merge_id=merge_id, reason="Gộp nhầm")
    services.follow_merge(actor=SYSTEM, party_id=one.standing_id, former_id=one.former_id, is_undone=True)


def copies(cast: Cast, *ids: UUID) -> Any:
    """All that is kept or read of a person anywhere."""
    return (
        [directory.party(one) for one in ids],
        [directory.known_as(one) for one in ids],
        sorted(Dossier.objects.values_list("id", "applicant_id", "applicant_name", "search_text")),
        [payments.benefits_of(one) for one in ids],
        [channels.ways_wanted(one) for one in ids],
        [warehouse.reusable(one, ["birth-notification"]) for one in ids],
        [directory.find_parties(actor=cast.binh, text=text) for text in ("lo thi hanh", NUMBER, "C7654321")],
    )


def test_everything_recorded_for_either_is_read_by_the_one_that_stands(cast: Cast) -> None:
    standing, former = two(cast)
    dossiers = {dossier_of(cast, standing), dossier_of(cast, former, request_key="second")}
    merged(cast, standing, former, MergedDetail.PHONE, MergedDetail.PASSPORT, MergedDetail.BORN)
    view = directory.party(former)
    assert view == directory.party(standing)
    assert view.is_known_otherwise
    assert replace(view, is_known_otherwise=None) == directory.parties([former])[former]
    assert (view.id, view.full_name, view.phone) == (standing, "Lò Thị Hạnh", "0987654321")
    assert (view.personal_number, view.passport_number, str(view.born)) == (NUMBER, "C7654321", "1980")
    for typed in ("lo thi hanh", "Lò Thị Hanh", NUMBER, "C7654321"):
        assert found(cast, typed) == dossiers, typed
        assert [one.id for one in directory.find_parties(actor=cast.binh, text=typed)] == [standing], typed
    page = queries.dossiers_of_party(actor=cast.binh, party_id=standing)
    assert {row.id for row in page.rows} == dossiers
    assert {row.applicant_name for row in page.rows} == {"Lò Thị Hạnh"}
    assert {queries.dossier_page(actor=cast.binh, dossier_id=one).applicant.id for one in dossiers} == {
        standing
    }
    again = person(cast, "Lò Thị Hạnh", passport_number="C7654321", passport_country="VN")
    assert again == standing
    assert not verify_records().faults
    for one in dossiers:
        assert not queries.verify_chain(dossier_id=one).faults


def test_undoing_restores_every_copy_exactly(cast: Cast) -> None:
    standing, former = two(cast)
    dossier_of(cast, standing), dossier_of(cast, former, request_key="second")
    money.state_benefit(
        actor=cast.binh,
        party_id=former,
        agency_id=cast.an_binh,
        level="2",
        source="VNeID",
        valid_from=date(2026, 1, 1),
    )
    kept = custody.keep_file(
        actor=cast.binh, stream=BytesIO(plain_pdf()), filename="a.pdf", owner_party_id=former
    )
    custody.record_paper(
        actor=cast.binh,
        file_id=kept.id,
        kind_code="birth-notification",
        title="Giấy chứng sinh",
        source=PaperSource.COUNTER_SCAN,
        trust=TrustLevel.COMPARED,
        owner_party_id=former,
    )
    before = copies(cast, standing, former)
    merge_id = merged(cast, standing, former, *MergedDetail)
    assert payments.benefits_of(standing) == payments.benefits_of(former) != ()
    assert warehouse.reusable(standing, ["birth-notification"])
    assert copies(cast, standing, former) != before
    parted(cast, merge_id)
    assert copies(cast, standing, former) == before
    (trail,) = directory.merges_of([standing])
    assert (trail.reason, trail.undone_reason, trail.by_name) == (REASON, "Gộp nhầm", cast.hanh.name)
    with pytest.raises(MergeUndone):
        services.undo_merge(actor=cast.hanh, merge_id=merge_id, reason="Lần nữa")


def test_what_was_corrected_since_stays_corrected(cast: Cast) -> None:
    standing, former = two(cast)
    merge_id = merged(cast, standing, former, MergedDetail.PHONE, MergedDetail.PASSPORT)
    registry.update_contact(actor=cast.binh, party_id=former, phone="0933 333 333")
    parted(cast, merge_id)
    assert directory.party(standing).phone == "0933333333"
    assert directory.party(former).phone == "0987654321"
    assert (directory.party(standing).passport_number, directory.party(former).passport_number) == (
        None,
        "C7654321",
    )


def test_two_people_are_not_made_one(cast: Cast) -> None:
    standing, former = two(cast)
    other = person(cast, "Lò Thị Hạnh", personal_number="040180000903", birth_on=date(1980, 5, 6))
    with pytest.raises(PeopleDiffer) as refused:
        services.merge_people(actor=cast.hanh, party_id=standing, former_id=other, reason=REASON)
    assert "số định danh" in str(refused.value).lower()
    # A number that was typed wrongly is taken away first; then nothing speaks against it.
    registry.correct_person(actor=cast.binh, party_id=other, personal_number="", reason="Gõ nhầm số")
    services.merge_people(actor=cast.hanh, party_id=standing, former_id=other, reason=REASON)
    for wrong in (standing, UUID(int=5), cast.an_phat_party):
        with pytest.raises(OutOfScope):
            services.merge_people(actor=cast.system, party_id=standing, former_id=wrong, reason=REASON)
    with pytest.raises(NameMissing):
        services.merge_people(actor=cast.hanh, party_id=standing, former_id=former, reason="  ")


def test_merges_of_merges_are_undone_from_the_last(cast: Cast) -> None:
    first, second, third = (person(cast, "Lò Thị Hạnh", birth_on=date(1980, 5, day)) for day in (6, 7, 8))
    for one in (second, third):
        registry.correct_person(
            actor=cast.binh, party_id=one, birth_on=date(1980, 5, 6), reason="Gõ nhầm ngày"
        )
    inner = merged(cast, second, first)
    outer = merged(cast, third, second)
    assert {directory.party(one).id for one in (first, second, third)} == {third}
    assert directory.records_of([first]) == directory.records_of([third]) == {first, second, third}
    with pytest.raises(AlreadyMerged):
        services.merge_people(actor=cast.hanh, party_id=second, former_id=first, reason=REASON)
    with pytest.raises(MergeCovered):
        services.undo_merge(actor=cast.hanh, merge_id=inner, reason="Gộp nhầm")
    parted(cast, outer)
    assert [directory.party(one).id for one in (first, second, third)] == [second, second, third]
    parted(cast, inner)
    assert [directory.party(one).id for one in (first, second, third)] == [first, second, third]


def test_the_account_of_either_record_sees_both(cast: Cast) -> None:
    own = cast.hoa_party
    twin = person(cast, directory.party(own).full_name, phone="0977 777 777")
    dossier_id = dossier_of(cast, twin)
    with pytest.raises(OutOfScope):
        queries.dossier_page(actor=directory.actor_of(cast.account("hoa")), dossier_id=dossier_id)
    telling.choose_way(actor=cast.hoa, party_id=own, way="email", is_wanted=False)
    merge_id = merged(cast, twin, own)
    hoa = directory.actor_of(cast.account("hoa"))
    assert hoa.party_ids >= {own, twin}
    assert [one.id for one in directory.own_parties(hoa)][:1] == [twin]
    assert queries.dossier_page(actor=hoa, dossier_id=dossier_id).applicant.id == twin
    assert "email" not in channels.ways_wanted(twin)
    assert {row.id for row in queries.own_dossiers(actor=hoa).rows} >= {dossier_id}
    parted(cast, merge_id)
    hoa = directory.actor_of(cast.account("hoa"))
    assert twin not in hoa.party_ids
    with pytest.raises(OutOfScope):
        queries.dossier_page(actor=hoa, dossier_id=dossier_id)


def test_a_representative_recorded_twice_still_speaks_for_the_organisation(cast: Cast) -> None:
    standing, former = two(cast)
    company = registry.register_organisation(
        actor=cast.binh, full_name="Công ty Hạnh", legal_representative_id=former
    )
    merged(cast, standing, former)
    assert directory.party(company).legal_representative_id == standing


def test_somebody_elses_people_do_not_exist(cast: Cast) -> None:
    standing, former = two(cast)
    dossier_of(cast, former)
    with pytest.raises(PermissionRefused):
        services.merge_people(actor=cast.binh, party_id=standing, former_id=former, reason=REASON)
    with pytest.raises(PermissionRefused):
        services.merge_people(actor=cast.hoa, party_id=standing, former_id=former, reason=REASON)
    head_elsewhere = replace(
        cast.hanh,
        agency_ids=frozenset({cast.agriculture}),
        grants={name: frozenset({cast.agriculture}) for name in cast.hanh.grants},
    )
    with pytest.raises(OutOfScope):
        services.merge_people(actor=head_elsewhere, party_id=standing, former_id=former, reason=REASON)
    merge_id = merged(cast, standing, former)
    with pytest.raises(OutOfScope):
        services.undo_merge(actor=head_elsewhere, merge_id=merge_id, reason="x")


def test_a_number_given_to_somebody_else_since_is_not_taken_from_them(cast: Cast) -> None:
    standing, former = two(cast)
    merge_id = merged(cast, standing, former, MergedDetail.PASSPORT)
    PersonDetail.objects.filter(party_id=standing).update(passport_number=None, passport_country=None)
    person(cast, "Người Khác", passport_number="C7654321", passport_country="VN")
    # The passport is no longer what the merge wrote; the former record gets its own back only if nobody has it.
    with pytest.raises(PartyNumberTaken):
        services.undo_merge(actor=cast.hanh, merge_id=merge_id, reason="Gộp nhầm")
    assert directory.party(former).id == standing


def test_both_are_heard(cast: Cast) -> None:
    assert "dossiers.follow_merge" in listeners_of(PeopleMerged.name)
    assert "dossiers.follow_parting" in listeners_of(PeopleParted.name)
    for undone in (False, True):
        with pytest.raises(PermissionRefused):
            services.follow_merge(
                actor=cast.binh, party_id=cast.hoa_party, former_id=cast.hoa_party, is_undone=undone
            )


def test_a_new_dossier_of_a_corrected_person_is_found_by_the_former_name(cast: Cast) -> None:
    party_id = person(cast, "Lò Thị Sai", personal_number="040180000904")
    registry.correct_person(
        actor=cast.binh, party_id=party_id, full_name="Lò Thị Phải", reason="Giấy khai sinh"
    )
    dossier_id = dossier_of(cast, party_id)
    assert found(cast, "lo thi sai") == found(cast, "lo thi phai") == {dossier_id}
    assert [one.id for one in directory.find_parties(actor=cast.binh, text="thi sai lo")] == [party_id]


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_wins(cast: Cast) -> None:
    one, other = two(cast)
    together = Barrier(2)

    def attempt(pair: tuple[UUID, UUID]) -> str:
        try:
            together.wait()
            services.merge_people(actor=cast.hanh, party_id=pair[0], former_id=pair[1], reason=REASON)
        except AlreadyMerged:
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(attempt, [(one, other), (other, one)]))
    assert ends == ["merged", "refused"]
    assert PartyMerge.objects.count() == 1
