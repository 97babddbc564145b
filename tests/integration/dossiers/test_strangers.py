"""What somebody else's ids, oversized data and borrowed rights do not open."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.cast import Cast
from tests.factories.dossiers import at_leader, birth_application, in_work, submitted
from tests.factories.signing import plain_pdf

from motcua.directory import services as directory
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.errors import NotPdf
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.errors import (
    ChannelClosed,
    ConsultationOfOneself,
    ContactInvalid,
    CursorUnreadable,
    DataTooLarge,
)
from motcua.dossiers.queries import Box
from motcua.dossiers.services import PaperGiven
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope, PermissionRefused

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"
)


def kept(
    actor: Actor, owner: UUID | None = None, content: bytes | None = None, name: str = "giấy.pdf"
) -> UUID:
    return custody.keep_file(
        actor=actor, stream=BytesIO(content or plain_pdf()), filename=name, owner_party_id=owner
    ).id


def paper_of_hoa(cast: Cast) -> UUID:
    return custody.record_paper(
        actor=cast.khanh,
        file_id=kept(cast.binh, cast.hoa_party),
        kind_code="KS",
        owner_party_id=cast.hoa_party,
        source=PaperSource.RESULT,
        trust=TrustLevel.SIGNED,
    ).id


def test_nobody_attaches_a_file_of_somebody_else_to_read_it(cast: Cast) -> None:
    of_an_phat = kept(cast.an_phat, cast.an_phat_party)
    with pytest.raises(OutOfScope):
        submitted(cast, papers=(PaperGiven("birth-notification", electronic=1, file_id=of_an_phat),))
    own = kept(cast.hoa)
    moved = submitted(
        cast,
        papers=(
            PaperGiven("birth-notification", electronic=1, file_id=own),
            PaperGiven("marriage-certificate", is_presented=True),
        ),
    )
    page = queries.dossier_page(actor=cast.hoa, dossier_id=moved.dossier_id)
    assert own in {paper.file_id for paper in page.papers}


def test_a_supplement_brings_only_ones_own_files(cast: Cast) -> None:
    dossier_id = submitted(cast).dossier_id
    services.ask_supplement(actor=cast.binh, dossier_id=dossier_id, reason="Thiếu giấy chứng sinh")
    stolen = PaperGiven("birth-notification", electronic=1, file_id=kept(cast.an_phat))
    with pytest.raises(OutOfScope):
        services.give_supplement(actor=cast.hoa, dossier_id=dossier_id, papers=(stolen,))
    # The desk may enter what it scanned itself and what belongs to the applicant, nothing else.
    with pytest.raises(OutOfScope):
        services.give_supplement(actor=cast.binh, dossier_id=dossier_id, papers=(stolen,))
    own = PaperGiven("birth-notification", electronic=1, file_id=kept(cast.hoa, cast.hoa_party))
    services.give_supplement(actor=cast.binh, dossier_id=dossier_id, papers=(own,))


def test_a_paper_is_reused_only_by_its_owner_or_for_them(cast: Cast) -> None:
    paper_id = paper_of_hoa(cast)
    line = PaperGiven("birth-notification", electronic=1, paper_id=paper_id)
    an_phat = birth_application(cast, applicant_id=cast.an_phat_party, papers=(line,))
    with pytest.raises(OutOfScope):
        services.submit_dossier(actor=cast.an_phat, application=an_phat)
    services.submit_dossier(actor=cast.hoa, application=birth_application(cast, papers=(line,)))
    right = {"kind": "authorised", "ground": "Giấy 1"}
    papers = (line, PaperGiven("authorisation", originals=1))
    at_desk = birth_application(cast, papers=papers, submitter_id=cast.an_phat_party, mandate=right)
    services.register_dossier(actor=cast.binh, application=at_desk)
    with pytest.raises(OutOfScope):
        services.register_dossier(actor=cast.binh, application=replace(an_phat, request_key=str(uuid4())))


@pytest.mark.parametrize(
    "changes",
    [
        {"applicant_id": "an_phat"},
        {"submitter_id": "an_phat"},
        {"competent_id": "yen_hoa"},
        {"returning_id": "yen_hoa"},
        {"helping_id": "yen_hoa"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_person_asks_only_for_themselves_and_chooses_no_judge(cast: Cast, changes: dict[str, str]) -> None:
    ids = {"an_phat": cast.an_phat_party, "yen_hoa": cast.yen_hoa}
    with pytest.raises(PermissionRefused):
        submitted(cast, **{name: ids[value] for name, value in changes.items()})


def test_a_person_sends_to_one_stop_desks_only(cast: Cast) -> None:
    with pytest.raises(ChannelClosed):
        submitted(cast, channel=queries_channel("counter"))


def queries_channel(name: str) -> Any:
    from motcua.catalogue.queries import Channel

    return Channel(name)


def test_a_leader_is_not_given_somebody_elses_file_to_sign(cast: Cast) -> None:
    dossier_id = in_work(cast)
    with pytest.raises(OutOfScope):
        services.submit_to_leader(
            actor=cast.chau, dossier_id=dossier_id, draft_file_id=kept(cast.giang, cast.an_phat_party)
        )
    with pytest.raises(OutOfScope):
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, draft_file_id=uuid4())
    picture = kept(cast.chau, content=PNG, name="ảnh.png")
    with pytest.raises(NotPdf):
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, draft_file_id=picture)
    services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, draft_file_id=kept(cast.chau))


def test_an_agency_does_not_consult_itself_and_answers_with_its_own_file(cast: Cast) -> None:
    dossier_id = in_work(cast)
    with pytest.raises(ConsultationOfOneself):
        services.ask_opinion(
            actor=cast.chau, dossier_id=dossier_id, agency_id=cast.an_binh, question="Ý kiến?"
        )
    services.ask_opinion(
        actor=cast.chau,
        dossier_id=dossier_id,
        agency_id=cast.agriculture,
        question="Ý kiến?",
        working_days=Decimal(1),
    )
    (asked,) = queries.open_consultations_of(actor=cast.phuc)
    with pytest.raises(OutOfScope):
        services.answer_consultation(
            actor=cast.phuc, consultation_id=asked.id, answer="Đồng ý", file_id=kept(cast.giang)
        )
    with pytest.raises(OutOfScope):
        services.answer_consultation(actor=cast.giang, consultation_id=asked.id, answer="Đồng ý")
    with pytest.raises(PermissionRefused):
        services.answer_consultation(actor=cast.chau, consultation_id=asked.id, answer="Đồng ý")


def test_work_is_passed_only_to_somebody_who_may_do_it(cast: Cast) -> None:
    dossier_id = in_work(cast)
    for stranger in ("giang", "minh", "hoa"):
        with pytest.raises(OutOfScope):
            services.assign(actor=cast.hanh, dossier_id=dossier_id, assignee_id=cast.account(stranger))
        with pytest.raises(OutOfScope):
            services.forward(actor=cast.chau, dossier_id=dossier_id, assignee_id=cast.account(stranger))


def test_a_key_narrowed_to_reading_does_not_decide_by_delegation(cast: Cast) -> None:
    _, secret = directory.issue_api_token(
        actor=cast.system,
        account_id=cast.account("em"),
        name="chỉ đọc",
        life=timedelta(days=1),
        permissions=("dossier.read",),
    )
    reader = directory.use_api_token(secret=secret)
    dossier_id = at_leader(cast)
    assert queries.dossier_page(actor=reader, dossier_id=dossier_id).moves == []
    for act in (services.approve, services.sign_result):
        with pytest.raises(PermissionRefused):
            act(actor=reader, dossier_id=dossier_id)
    with pytest.raises(PermissionRefused):
        services.refuse_on_merits(actor=reader, dossier_id=dossier_id, reason="Không đủ điều kiện")
    with pytest.raises(PermissionRefused):
        services.send_back(actor=reader, dossier_id=dossier_id, reason="Làm lại")


@pytest.mark.parametrize(
    "contact",
    [
        {"email": "a@b.vn\nBcc: everybody@example.vn"},
        {"email": "a@b.vn, c@d.vn"},
        {"email": "không phải địa chỉ"},
        {"email": ["a@b.vn"]},
        {"phone": "0" * 5000},
    ],
    ids=["header", "two", "none", "list", "long"],
)
def test_an_address_is_one_address(cast: Cast, contact: dict[str, Any]) -> None:
    with pytest.raises(ContactInvalid):
        submitted(cast, contact=contact)


def _nested(depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for _ in range(depth):
        data = {"a": data}
    return data


@pytest.mark.parametrize(
    "data",
    [
        _nested(500),
        {"a": "x" * 300_000},
        {"a": "b\x00c"},
        {"a\x00": 1},
        {"a": [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]},
    ],
    ids=["deep", "large", "nul", "nul-key", "lists"],
)
def test_data_nobody_could_type_is_refused(cast: Cast, data: dict[str, Any]) -> None:
    with pytest.raises(DataTooLarge):
        submitted(cast, mandate=data)
    with pytest.raises(DataTooLarge):
        services.begin_draft(actor=cast.hoa, procedure_code="1.001193", form_data=data)


def test_a_draft_takes_no_field_of_its_bookkeeping(cast: Cast) -> None:
    for field in ("owner_id", "dossier_id", "version_id", "revision"):
        with pytest.raises(TypeError):
            changes: dict[str, Any] = {field: uuid4()}
            services.begin_draft(actor=cast.hoa, procedure_code="1.001193", **changes)
    draft = services.begin_draft(actor=cast.hoa, procedure_code="1.001193")
    with pytest.raises(OutOfScope):
        services.change_draft(actor=cast.an_phat, draft_id=draft.id, seen=1, contact={})
    services.discard_draft(actor=cast.an_phat, draft_id=draft.id)
    assert queries.draft_of(actor=cast.hoa, draft_id=draft.id).id == draft.id


@pytest.mark.parametrize("box", list(Box))
@pytest.mark.parametrize(
    "after", ["x", "~", "~x", "2026-01-01T00:00:00~" + "0" * 32, "2026-13-01~" + "0" * 32]
)
def test_a_damaged_cursor_is_refused(cast: Cast, box: Box, after: str) -> None:
    with pytest.raises(CursorUnreadable):
        queries.inbox(actor=cast.chau, box=box, after=after)


def test_files_of_a_dossier_are_no_files_of_its_readers(cast: Cast) -> None:
    own = kept(cast.hoa, cast.hoa_party)
    for stranger in (cast.an_phat, cast.giang, cast.binh, cast.minh):
        with pytest.raises(OutOfScope):
            documents.file_for(stranger, own)
