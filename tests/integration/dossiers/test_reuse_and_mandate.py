"""Nobody is asked twice, and nobody acts for somebody else without saying by what right."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_PAPERS, birth_application, submitted
from tests.factories.signing import plain_pdf

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Channel
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.errors import MandateMissing, PaperNotInForce, PapersMissing
from motcua.dossiers.services import PaperGiven, Principal
from motcua.dossiers.words import NOT_ASKED, MandateKind
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.warehouse import queries as warehouse

MARRIAGE = "KQ.G15.000032"
#: Neither in the directory nor with an account of their own.
FATHER = Principal("Trần Văn Nam", "040093000456", date(1993, 1, 20))
RELATIVE = {"kind": "relative", "ground": "Vợ chồng"}
AUTHORISED = {"kind": "authorised", "ground": "Giấy ủy quyền số 12/2026 ngày 01/11/2026"}


def paper(cast: Cast, **changes: Any) -> UUID:
    """Hoa's marriage certificate, as the administration holds it."""
    details: dict[str, Any] = {
        "kind_code": MARRIAGE,
        "owner_party_id": cast.hoa_party,
        "source": PaperSource.RESULT,
        "trust": TrustLevel.SIGNED,
        "title": "Giấy chứng nhận kết hôn",
        "number": "12",
    }
    kept = custody.keep_file(
        actor=cast.binh,
        stream=BytesIO(plain_pdf()),
        filename="ket-hon.pdf",
        owner_party_id=(details | changes)["owner_party_id"],
    )
    return custody.record_paper(actor=SYSTEM, file_id=kept.id, **(details | changes)).id


def reusing(*papers: UUID) -> tuple[PaperGiven, ...]:
    lines = tuple(PaperGiven("marriage-certificate", paper_id=one, reused=2) for one in papers)
    return (PaperGiven("birth-notification", originals=1), *lines)


@pytest.mark.parametrize(
    ("source", "kind"), [(PaperSource.RESULT, 3), (PaperSource.COUNTER_SCAN, 2), (PaperSource.REGISTER, 2)]
)
def test_a_paper_already_held_is_attached_by_reference_and_counted(
    cast: Cast, source: PaperSource, kind: int
) -> None:
    held = paper(cast, source=source)
    moved = submitted(cast, papers=reusing(held))
    page = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    (line,) = [one for one in page.papers if one.component_key == "marriage-certificate"]
    assert (line.paper_id, line.digitization) == (held, kind)
    assert line.file_id == documents.paper(held).file.id
    assert line.digitization in NOT_ASKED


def test_a_scan_of_this_dossier_is_no_reuse(cast: Cast) -> None:
    held = paper(cast, source=PaperSource.COUNTER_SCAN)
    line = PaperGiven("marriage-certificate", originals=1, paper_id=held)
    application = birth_application(cast, papers=(PaperGiven("birth-notification", originals=1), line))
    moved = services.register_dossier(actor=cast.binh, application=application)
    page = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert [one.digitization for one in page.papers if one.paper_id] == [1]


def test_a_paper_that_ended_stands_for_nothing(cast: Cast) -> None:
    revoked, expired = paper(cast), paper(cast, valid_until=clock.today() - timedelta(days=1))
    custody.revoke_paper(actor=SYSTEM, paper_id=revoked, reason="Ghi sai ngày")
    for ended in (revoked, expired):
        with pytest.raises(PaperNotInForce):
            submitted(cast, papers=reusing(ended))
    assert warehouse.reusable(cast.hoa_party, [MARRIAGE]) == {}


@pytest.mark.parametrize("name", ["hoa", "system"])
def test_a_paper_of_somebody_else_does_not_exist(cast: Cast, name: str) -> None:
    foreign = paper(cast, owner_party_id=cast.an_phat_party) if name == "hoa" else uuid4()
    with pytest.raises(OutOfScope):
        services.submit_dossier(
            actor=cast.actor(name) if name == "hoa" else SYSTEM,
            application=birth_application(cast, papers=reusing(foreign)),
        )


def test_the_best_paper_is_offered_and_what_was_only_declared_is_not(cast: Cast) -> None:
    paper(cast, trust=TrustLevel.DECLARED)
    assert warehouse.reusable(cast.hoa_party, [MARRIAGE, ""]) == {}
    compared = paper(cast, trust=TrustLevel.COMPARED)
    signed = paper(cast, trust=TrustLevel.SIGNED)
    paper(cast, trust=TrustLevel.COMPARED)
    assert warehouse.reusable(cast.hoa_party, [MARRIAGE])[MARRIAGE].id == signed != compared
    assert warehouse.reusable(cast.an_phat_party, [MARRIAGE]) == {}


def test_the_warehouse_shows_ones_own_papers_newest_first_ended_ones_too(cast: Cast) -> None:
    mine = [paper(cast) for _ in range(3)]
    custody.revoke_paper(actor=SYSTEM, paper_id=mine[0], reason="Ghi sai")
    paper(cast, owner_party_id=cast.an_phat_party)
    first, after = warehouse.own_papers(actor=cast.hoa, limit=2)
    rest, end = warehouse.own_papers(actor=cast.hoa, limit=2, after=after)
    assert [one.id for one in (*first, *rest)] == mine[::-1]
    assert end is None
    assert rest[0].standing is documents.Standing.REVOKED
    assert warehouse.own_papers(actor=cast.giang) == ([], None)


# -- in somebody else's place ----------------------------------------------------------------------------------------


def for_father(cast: Cast, mandate: Any = RELATIVE, **changes: Any) -> services.Moved:
    changes = {"applicant_id": None, "principal": FATHER, "mandate": mandate} | changes
    return submitted(cast, **changes)


def test_submitter_applicant_and_mandate_stay_apart(cast: Cast) -> None:
    moved = for_father(cast)
    page = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert (page.submitter.id, page.applicant.full_name) == (cast.hoa_party, FATHER.full_name)
    assert page.applicant.number == FATHER.personal_number
    assert queries.mandate_ground(page.mandate) == "Vợ chồng"
    assert queries.mandate_kind(page.mandate) is MandateKind.RELATIVE
    services.receive_dossier(actor=cast.binh, dossier_id=moved.dossier_id, papers=BIRTH_PAPERS)
    form = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id).forms[0].content
    assert (form["applicant"], form["submitter"], form["mandate"]) == (
        FATHER.full_name,
        "Nguyễn Thị Hoa",
        "Vợ chồng",
    )
    assert form["phone"] == directory.party(cast.hoa_party).phone


@pytest.mark.parametrize(
    "mandate", [{}, {"kind": "relative", "ground": " "}, {"ground": "Con"}, {"kind": "x"}]
)
def test_the_right_to_act_is_stated(cast: Cast, mandate: dict[str, str]) -> None:
    with pytest.raises(MandateMissing):
        for_father(cast, mandate)


def test_an_application_has_an_applicant(cast: Cast) -> None:
    with pytest.raises(MandateMissing):
        submitted(cast, applicant_id=None)
    with pytest.raises(MandateMissing):
        services.register_dossier(actor=cast.binh, application=birth_application(cast, applicant_id=None))


def test_nobody_else_is_made_the_submitter_or_named_by_an_id(cast: Cast) -> None:
    with pytest.raises(PermissionRefused):
        for_father(cast, submitter_id=cast.an_phat_party)
    with pytest.raises(PermissionRefused):
        for_father(cast, applicant_id=cast.an_phat_party)


@pytest.mark.parametrize("procedure", ["1.001193", "2.000635"])
def test_acting_by_authorisation_takes_the_paper(cast: Cast, procedure: str) -> None:
    version = catalogue.version_in_force(procedure, clock.today())
    wanted = queries.checklist_of(version.case(None), AUTHORISED)
    assert [one.is_required for one in wanted if one.key == "authorisation"] == [True]
    assert queries.checklist_of(version.case(None), RELATIVE) == version.case(None).components


def test_without_that_paper_it_is_incomplete(cast: Cast) -> None:
    with pytest.raises(PapersMissing) as refusal:
        for_father(cast, AUTHORISED)
    assert refusal.value.params["missing"] == ["Văn bản ủy quyền"]
    kept = custody.keep_file(actor=cast.hoa, stream=BytesIO(plain_pdf()), filename="uq.pdf").id
    line = PaperGiven("authorisation", electronic=1, file_id=kept)
    moved = for_father(cast, AUTHORISED, papers=(*birth_application(cast).papers, line))
    page = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert "Văn bản ủy quyền" in [one.name for one in page.papers if one.file_id == kept]


def known_father(cast: Cast) -> UUID:
    return registry.register_person(
        actor=cast.binh,
        full_name=FATHER.full_name,
        personal_number=FATHER.personal_number,
        birth_on=FATHER.birth_on,
        phone="0987654321",
        address="Thôn Kín, xã An Bình",
    )


def test_somebody_known_is_found_but_nothing_recorded_of_them_is_shown(cast: Cast) -> None:
    known = known_father(cast)
    moved = for_father(cast)
    services.receive_dossier(actor=cast.binh, dossier_id=moved.dossier_id, papers=BIRTH_PAPERS)
    page = queries.dossier_page(actor=cast.hoa, dossier_id=moved.dossier_id)
    assert page.applicant.id == known
    seen = repr((page.applicant, page.forms, page.contact, page.form_data))
    assert "0987654321" not in seen
    assert "Thôn Kín" not in seen
    for_officer = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert for_officer.applicant.phone == "0987654321"


@pytest.mark.parametrize(
    "named",
    [
        Principal("Lê Văn Khác", FATHER.personal_number, FATHER.birth_on),
        Principal(FATHER.full_name, FATHER.personal_number, date(1993, 1, 21)),
    ],
    ids=["name", "birthday"],
)
def test_a_number_alone_finds_nobody_and_the_answer_looks_the_same(cast: Cast, named: Principal) -> None:
    known = known_father(cast)
    moved = for_father(cast, principal=named)
    page = queries.dossier_page(actor=cast.hoa, dossier_id=moved.dossier_id)
    assert page.applicant.id != known
    assert page.applicant.number is None
    for_officer = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert for_officer.mandate["person"]["personal_number"] == FATHER.personal_number
    assert for_officer.applicant.number is None
    services.receive_dossier(actor=cast.binh, dossier_id=moved.dossier_id, papers=BIRTH_PAPERS)
    form = queries.dossier_page(actor=cast.hoa, dossier_id=moved.dossier_id).forms[0].content
    assert form["applicant_number"] == FATHER.personal_number


def test_the_named_person_is_not_written_by_a_caller_who_names_nobody(cast: Cast) -> None:
    moved = submitted(cast, mandate={"person": {"personal_number": "1"}, "note": "x"})
    page = queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id)
    assert page.mandate == {"note": "x"}


def test_sending_again_registers_nobody_twice(cast: Cast) -> None:
    known_father(cast)
    named = Principal("Lê Văn Khác", FATHER.personal_number, FATHER.birth_on)
    application = birth_application(cast, applicant_id=None, principal=named, mandate=RELATIVE)
    first = services.submit_dossier(actor=cast.hoa, application=application)
    second = services.submit_dossier(actor=cast.hoa, application=application)
    assert (second.is_repeat, second.dossier_id) == (True, first.dossier_id)
    found = directory.find_parties(actor=cast.binh, text="Lê Văn Khác")
    assert len(found) == 1


def test_the_applicant_sees_the_dossier_in_their_list(cast: Cast) -> None:
    anphat_for_hoa = birth_application(
        cast,
        applicant_id=None,
        principal=Principal("Nguyễn Thị Hoa", *hoas_details(cast)),
        mandate=RELATIVE,
    )
    moved = services.submit_dossier(actor=cast.an_phat, application=anphat_for_hoa)
    assert moved.dossier_id in {row.id for row in queries.own_dossiers(actor=cast.hoa).rows}
    assert moved.dossier_id in {row.id for row in queries.own_dossiers(actor=cast.an_phat).rows}


def hoas_details(cast: Cast) -> tuple[str, date]:
    hoa = directory.party(cast.hoa_party)
    return str(hoa.number), hoa.birth_on or date.max


def test_the_desk_states_the_right_of_whoever_hands_in_for_another(cast: Cast) -> None:
    order: Any = {"channel": Channel.COUNTER, "submitter_id": cast.an_phat_party}
    with pytest.raises(MandateMissing):
        services.register_dossier(actor=cast.binh, application=birth_application(cast, **order))
    with pytest.raises(MandateMissing):
        note = {"note": "người nhà"}
        services.register_dossier(actor=cast.binh, application=birth_application(cast, mandate=note, **order))
    moved = services.register_dossier(
        actor=cast.binh, application=birth_application(cast, mandate=RELATIVE, **order)
    )
    assert queries.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id).mandate["kind"] == "relative"
