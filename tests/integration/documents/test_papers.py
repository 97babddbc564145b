"""Papers, the warehouse of a party, replacement and revocation."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast
from tests.factories.signing import plain_pdf

from motcua.directory import services as directory
from motcua.documents import queries, services
from motcua.documents.errors import PaperDatesWrong, PaperEnded, ReasonMissing
from motcua.documents.queries import PaperSource, PaperView, Standing, TrustLevel
from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope, PermissionRefused


def record(cast: Cast, **changes: Any) -> PaperView:
    (party,) = cast.hoa.party_ids
    kept = services.keep_file(
        actor=cast.binh, stream=BytesIO(plain_pdf()), filename="giấy.pdf", owner_party_id=party
    )
    order: dict[str, Any] = {
        "kind_code": "KS",
        "owner_party_id": party,
        "source": PaperSource.RESULT,
        "trust": TrustLevel.SIGNED,
        "title": "Giấy khai sinh",
    }
    order |= changes
    actor = cast.khanh if order["source"] is PaperSource.RESULT else cast.binh
    return services.record_paper(actor=actor, file_id=kept.id, **order)


def test_the_warehouse_of_a_party(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    (party,) = cast.hoa.party_ids
    papers = [record(cast), record(cast, kind_code="CMND"), record(cast)]
    with django_assert_num_queries(1):
        found = queries.papers_of(party)
    assert {paper.id for paper in found} == {paper.id for paper in papers}
    assert [paper.id for paper in queries.papers_of(party, kind_code="CMND")] == [papers[1].id]
    assert queries.paper_for(cast.hoa, papers[0].id).title == "Giấy khai sinh"
    for stranger in (cast.an_phat, cast.giang):
        with pytest.raises(OutOfScope):
            queries.paper_for(stranger, papers[0].id)


def test_replacing_leads_to_the_new_one(cast: Cast) -> None:
    (party,) = cast.hoa.party_ids
    old, new = record(cast), record(cast)
    with pytest.raises(ReasonMissing):
        services.replace_paper(actor=cast.khanh, old_id=old.id, new_id=new.id, reason="  ")
    ended = services.replace_paper(actor=cast.khanh, old_id=old.id, new_id=new.id, reason="Sai ngày sinh")
    assert (ended.standing, ended.replaced_by_id, ended.end_reason) == (
        Standing.REPLACED,
        new.id,
        "Sai ngày sinh",
    )
    assert [paper.id for paper in queries.papers_of(party, only_in_force=True)] == [new.id]
    for pair in ((old.id, new.id), (new.id, old.id), (new.id, new.id)):
        with pytest.raises(PaperEnded):
            services.replace_paper(actor=cast.khanh, old_id=pair[0], new_id=pair[1], reason="Lần nữa")


def test_revoking(cast: Cast) -> None:
    paper = record(cast)
    assert (
        services.revoke_paper(actor=cast.khanh, paper_id=paper.id, reason="Cấp sai").standing
        is Standing.REVOKED
    )
    with pytest.raises(PaperEnded):
        services.revoke_paper(actor=cast.khanh, paper_id=paper.id, reason="Lần nữa")


def test_dates_and_rights(cast: Cast) -> None:
    today = clock.today()
    with pytest.raises(PaperDatesWrong):
        record(cast, issued_on=today, valid_until=today - timedelta(days=1))
    (party,) = cast.an_phat.party_ids
    kept = services.keep_file(actor=cast.hoa, stream=BytesIO(plain_pdf()), filename="a.pdf")
    with pytest.raises(PermissionRefused):
        services.record_paper(
            actor=cast.hoa,
            file_id=kept.id,
            kind_code="KS",
            owner_party_id=party,
            source=PaperSource.CITIZEN_UPLOAD,
            trust=TrustLevel.DECLARED,
        )


@pytest.mark.parametrize(
    ("name", "source", "trust"),
    [
        ("hoa", PaperSource.RESULT, TrustLevel.AUTHORITATIVE),
        ("hoa", PaperSource.CITIZEN_UPLOAD, TrustLevel.COMPARED),
        ("nobody", PaperSource.CITIZEN_UPLOAD, TrustLevel.DECLARED),
        ("quang", PaperSource.COUNTER_SCAN, TrustLevel.COMPARED),
        ("binh", PaperSource.RESULT, TrustLevel.AUTHORITATIVE),
        ("binh", PaperSource.COUNTER_SCAN, TrustLevel.AUTHORITATIVE),
        ("khanh", PaperSource.REGISTER, TrustLevel.AUTHORITATIVE),
    ],
)
def test_nobody_records_what_their_work_does_not_produce(
    cast: Cast, name: str, source: PaperSource, trust: TrustLevel
) -> None:
    keeper = cast.hoa if name in {"hoa", "nobody"} else cast.actor(name)
    kept = services.keep_file(actor=keeper, stream=BytesIO(plain_pdf()), filename="a.pdf")
    with pytest.raises(PermissionRefused):
        services.record_paper(
            actor=cast.actor(name), file_id=kept.id, kind_code="KS", source=source, trust=trust
        )


def test_a_person_records_only_their_own_file(cast: Cast) -> None:
    order: dict[str, Any] = {
        "kind_code": "KS",
        "owner_party_id": cast.hoa_party,
        "source": PaperSource.CITIZEN_UPLOAD,
        "trust": TrustLevel.DECLARED,
    }
    theirs = services.keep_file(actor=cast.an_phat, stream=BytesIO(plain_pdf()), filename="a.pdf")
    with pytest.raises(OutOfScope):
        services.record_paper(actor=cast.hoa, file_id=theirs.id, **order)
    own = services.keep_file(actor=cast.hoa, stream=BytesIO(plain_pdf()), filename="a.pdf")
    assert services.record_paper(actor=cast.hoa, file_id=own.id, **order).source is PaperSource.CITIZEN_UPLOAD


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("hoa", PermissionRefused),
        ("binh", PermissionRefused),
        ("chau", PermissionRefused),
        ("an_phat", OutOfScope),
        ("giang", OutOfScope),
        ("quang", OutOfScope),
        ("nobody", OutOfScope),
    ],
)
def test_only_those_who_issue_end_what_was_issued(cast: Cast, name: str, refusal: type[Exception]) -> None:
    old, new = record(cast), record(cast)
    with pytest.raises(refusal):
        services.revoke_paper(actor=cast.actor(name), paper_id=old.id, reason="x")
    with pytest.raises(refusal):
        services.replace_paper(actor=cast.actor(name), old_id=old.id, new_id=new.id, reason="x")
    assert queries.paper(old.id).standing is Standing.IN_FORCE


def test_the_successor_answers_for_what_its_predecessor_issued(cast: Cast) -> None:
    paper = record(cast)
    with pytest.raises(OutOfScope):
        services.revoke_paper(actor=cast.phuc, paper_id=paper.id, reason="x")
    directory.reorganise_agencies(
        actor=cast.quang,
        predecessor_ids=[cast.an_binh],
        successor_ids=[cast.directory.agencies["H99.03"]],
        effective_on=clock.today(),
        decision="1/NQ",
    )
    with pytest.raises(PermissionRefused):
        services.revoke_paper(actor=cast.phuc, paper_id=paper.id, reason="x")


def test_verification_codes_are_not_repeated() -> None:
    codes = {services.new_verification_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 16 and not set(code) & set("IO|% ") for code in codes)
