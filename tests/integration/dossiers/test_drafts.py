"""Drafts: several at them at once, sent ones, versions that change, papers that arrive together, taking back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings
from tests.cast import Cast, present_cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, in_work, received, submitted
from tests.factories.drafts import fill_in
from tests.factories.signing import plain_pdf

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as procedures
from motcua.catalogue.queries.versions import ask_again
from motcua.documents import services as custody
from motcua.dossiers import queries, services
from motcua.dossiers.errors import (
    AnswersMissing,
    DraftConflict,
    DraftFilesFull,
    DraftFull,
    DraftSent,
    FormCorrected,
    MoveImpossible,
    PaperUnlisted,
)
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.services import draft_papers
from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope, PermissionRefused


def begin(cast: Cast, **changes: Any) -> queries.Draft:
    return services.begin_draft(actor=cast.hoa, procedure_code=BIRTH, **changes)


def again(cast: Cast, draft_id: UUID) -> queries.Draft:
    return queries.draft_of(actor=cast.hoa, draft_id=draft_id)


def kept(cast: Cast, name: str = "a.pdf") -> UUID:
    return custody.keep_file(actor=cast.hoa, stream=BytesIO(plain_pdf()), filename=name).id


def test_fields_that_do_not_overlap_merge_and_are_told(cast: Cast) -> None:
    draft = begin(cast, form_data={"child": {"sex": "female"}})
    theirs = {"child": {"sex": "female", "full_name": "Trần Gia Bảo", "hometown": "An Bình"}}
    services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, form_data=theirs)
    saved = services.change_draft(
        actor=cast.hoa, draft_id=draft.id, seen=1, form_data={"child": {"sex": "male"}, "copies": 2}
    )
    assert set(saved.taken) == {("form_data", "child", "full_name"), ("form_data", "child", "hometown")}
    assert again(cast, draft.id).form_data == {
        "child": {"sex": "male", "full_name": "Trần Gia Bảo", "hometown": "An Bình"},
        "copies": 2,
    }


@pytest.mark.parametrize(
    ("field", "first", "mine", "saved"),
    [
        ("form_data", {"child": {"n": "a"}}, {"child": {"n": "b"}}, {"child": {"n": "c"}}),
        ("form_data", {"rows": [1]}, {"rows": [1, 2]}, {"rows": []}),
        ("form_data", {"n": "a"}, {}, {"n": "c"}),
        ("contact", {"phone": "1"}, {"phone": "2"}, {"phone": "3"}),
        ("mandate", {"kind": "relative"}, {"kind": "authorised"}, {}),
        ("case_key", "a", "b", "c"),
        ("return_way", "counter", "post", "online"),
    ],
)
def test_what_two_changed_is_asked_and_nothing_is_written(
    cast: Cast, field: str, first: Any, mine: Any, saved: Any
) -> None:
    draft = begin(cast, **{field: first})
    services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, **{field: saved})
    with pytest.raises(DraftConflict) as refusal:
        services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, **{field: mine})
    (clash,) = refusal.value.clashes
    assert (clash.path[0], clash.revision, bool(clash.saved_at)) == (field, 2, True)
    assert getattr(again(cast, draft.id), field) == saved
    services.change_draft(
        actor=cast.hoa, draft_id=draft.id, seen=1, shown=2, choices={clash.path: True}, **{field: mine}
    )
    assert getattr(again(cast, draft.id), field) == mine


def test_a_page_older_than_the_memory_of_the_draft_is_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.services.drafts.REMEMBERED", 3)
    draft = begin(cast, form_data={"a": 0, "b": 0})
    for n in range(1, 8):
        services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=n, form_data={"a": n, "b": 0})
    row = Draft.objects.get(pk=draft.id)
    assert len(row.history) == 3
    with pytest.raises(DraftConflict):
        services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, form_data={"a": 0, "b": 1})
    services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=8, form_data={"a": 7, "b": 1})


def test_saves_at_once_lose_nothing(transactional_db: None) -> None:
    cast = present_cast()
    draft = begin(cast)

    def save(n: int) -> None:
        try:
            services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, form_data={f"f{n}": n})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(save, range(12)))
    assert again(cast, draft.id).form_data == {f"f{n}": n for n in range(12)}


def test_papers_that_arrive_at_once_are_all_there(transactional_db: None) -> None:
    """Case 02: four finishes together, four attached."""
    cast = present_cast()
    draft = begin(cast)
    files = [kept(cast, f"{n}.pdf") for n in range(4)]

    def attach(file_id: UUID) -> None:
        try:
            services.add_draft_file(
                actor=cast.hoa, draft_id=draft.id, component_key="birth-notification", file_id=file_id
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(attach, files * 2))
    assert {paper["file_id"] for paper in again(cast, draft.id).papers} == {str(one) for one in files}
    assert len(again(cast, draft.id).papers) == 4


def test_attaching_does_not_disturb_what_is_being_typed(cast: Cast) -> None:
    draft = begin(cast)
    services.add_draft_file(actor=cast.hoa, draft_id=draft.id, component_key="x", file_id=kept(cast))
    saved = services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, form_data={"a": 1})
    assert (saved.revision, saved.taken) == (3, ())


def test_papers_of_a_draft_are_its_owners(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, own = begin(cast), kept(cast)
    foreign = custody.keep_file(actor=cast.chau, stream=BytesIO(plain_pdf()), filename="b.pdf").id
    for actor, file_id in ((cast.an_phat, own), (cast.hoa, foreign), (cast.hoa, uuid4())):
        with pytest.raises(OutOfScope):
            services.add_draft_file(actor=actor, draft_id=draft.id, component_key="x", file_id=file_id)
    with pytest.raises(OutOfScope):
        services.add_draft_paper(
            actor=cast.hoa, draft_id=draft.id, component_key="x", paper_id=uuid4(), name="a"
        )
    services.add_draft_file(actor=cast.hoa, draft_id=draft.id, component_key="x", file_id=own)
    with pytest.raises(OutOfScope):
        services.remove_draft_paper(actor=cast.an_phat, draft_id=draft.id, file_id=own)
    monkeypatch.setattr(draft_papers, "MOST_PAPERS", 1)
    with pytest.raises(DraftFull):
        services.add_draft_file(actor=cast.hoa, draft_id=draft.id, component_key="x", file_id=kept(cast))
    services.remove_draft_paper(actor=cast.hoa, draft_id=draft.id, file_id=own)
    assert again(cast, draft.id).papers == []


def sent(cast: Cast) -> tuple[queries.Draft, UUID]:
    draft = begin(cast)
    filled = fill_in(cast.hoa, draft.id, form_data=dict(BIRTH_FORM))
    moved = submitted(cast, draft_id=draft.id, draft_revision=filled.revision)
    return filled, moved.dossier_id


def test_a_sent_draft_takes_nothing_more(cast: Cast) -> None:
    """Case 18, and its siblings: every way to write into a draft is closed, and says what it became."""
    draft, dossier_id = sent(cast)
    own: dict[str, Any] = {"actor": cast.hoa, "draft_id": draft.id}
    acts: list[Callable[[], object]] = [
        lambda: services.change_draft(**own, seen=draft.revision, form_data={}),
        lambda: services.add_draft_file(**own, component_key="x", file_id=kept(cast)),
        lambda: services.remove_draft_paper(**own, file_id=uuid4()),
        lambda: services.promise_papers(**own, asked=["x"], promised=["x"]),
        lambda: services.drop_warehouse_papers(**own),
        lambda: services.renew_draft(**own),
    ]
    for act in acts:
        with pytest.raises(DraftSent) as refusal:
            act()
        assert refusal.value.params["dossier_id"] == dossier_id
    services.discard_draft(**own)
    assert again(cast, draft.id).dossier_id == dossier_id


def test_what_changed_since_the_review_is_not_sent(cast: Cast) -> None:
    draft = begin(cast)
    services.add_draft_file(actor=cast.hoa, draft_id=draft.id, component_key="x", file_id=kept(cast))
    with pytest.raises(DraftConflict):
        submitted(cast, draft_id=draft.id, draft_revision=draft.revision)
    assert again(cast, draft.id).dossier_id is None
    assert queries.own_dossiers(actor=cast.hoa).rows == []


@pytest.mark.parametrize("key", ["marriage-certificate-of-another-case", "khong-co", ""])
def test_papers_of_another_case_do_not_travel_along(cast: Cast, key: str) -> None:
    """Case 07: what the checklist of this case does not list is refused, whoever composed the request."""
    papers = [services.PaperGiven(component_key=key, electronic=1, file_id=kept(cast))]
    with pytest.raises(PaperUnlisted):
        submitted(cast, papers=papers)


def test_a_withdrawn_procedure_leaves_its_drafts_readable_and_deletable(cast: Cast) -> None:
    """Case 09."""
    draft = begin(cast, form_data={"copies": 1})
    present = catalogue.version_in_force(BIRTH, clock.today())
    procedures.withdraw_version(actor=cast.system, version_id=present.id, reason="Bãi bỏ")
    ask_again()
    seen = again(cast, draft.id)
    assert (seen.is_withdrawn, seen.is_outdated, seen.form_data) == (True, False, {"copies": 1})
    assert [row.id for row in queries.own_drafts(actor=cast.hoa)] == [draft.id]
    services.discard_draft(actor=cast.hoa, draft_id=draft.id)
    assert queries.own_drafts(actor=cast.hoa) == []


def test_what_was_sent_is_taken_back_before_receipt_and_is_a_draft_again(cast: Cast) -> None:
    draft, dossier_id = sent(cast)
    with pytest.raises(OutOfScope):
        services.take_back(actor=cast.an_phat, dossier_id=dossier_id)
    new = services.take_back(actor=cast.hoa, dossier_id=dossier_id)
    assert (new.corrects_id, new.dossier_id, new.applicant_id) == (dossier_id, None, cast.hoa_party)
    assert new.form_data["child"] == again(cast, draft.id).form_data["child"]
    page = queries.dossier_page(actor=cast.binh, dossier_id=dossier_id)
    assert (page.state, page.is_open) == ("withdrawn", False)
    assert "lấy lại để sửa" in page.timeline[-1].reason
    with pytest.raises(MoveImpossible):
        services.take_back(actor=cast.hoa, dossier_id=dossier_id)


def test_what_was_received_is_not_taken_back(cast: Cast) -> None:
    with pytest.raises(MoveImpossible):
        services.take_back(actor=cast.hoa, dossier_id=received(cast).dossier_id)


def test_files_of_unsent_drafts_are_bounded_for_a_person(cast: Cast, settings: Settings) -> None:
    settings.MOTCUA_DRAFT_FILES_PER_PERSON = 2 * len(plain_pdf())
    first, second = begin(cast), begin(cast)
    for draft, name in ((first, "a.pdf"), (second, "b.pdf")):
        services.add_draft_file(
            actor=cast.hoa, draft_id=draft.id, component_key="k", file_id=kept(cast, name)
        )
    with pytest.raises(DraftFilesFull) as refusal:
        services.check_draft_room(actor=cast.hoa, size=1)
    assert refusal.value.params["largest"]
    one_more = kept(cast, "c.pdf")
    with pytest.raises(DraftFilesFull):
        services.add_draft_file(actor=cast.hoa, draft_id=first.id, component_key="k", file_id=one_more)
    services.discard_draft(actor=cast.hoa, draft_id=second.id)
    services.add_draft_file(actor=cast.hoa, draft_id=first.id, component_key="k", file_id=one_more)
    services.check_draft_room(actor=cast.an_phat, size=1)


def asked(cast: Cast, *items: str) -> UUID:
    dossier_id = in_work(cast)
    services.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="Thiếu", items=items)
    return dossier_id


def test_an_answer_is_a_draft_tied_to_what_was_asked(cast: Cast) -> None:
    dossier_id = asked(cast, "Giấy chứng sinh rõ nét", "Nói rõ nơi sinh")
    draft = services.begin_supplement(actor=cast.hoa, dossier_id=dossier_id)
    assert services.begin_supplement(actor=cast.hoa, dossier_id=dossier_id).id == draft.id
    own: dict[str, Any] = {"actor": cast.hoa, "draft_id": draft.id}
    with pytest.raises(AnswersMissing) as refusal:
        services.send_supplement(**own, seen=draft.revision)
    assert refusal.value.params["items"] == [0, 1]
    services.add_draft_file(**own, component_key="item-0", file_id=kept(cast, "giay.pdf"))
    services.change_draft(**own, seen=draft.revision, notes={"item-1": "Bệnh viện tỉnh"})
    assert queries.own_drafts(actor=cast.hoa) == [], "it stands with its dossier, not among applications"
    services.send_supplement(**own, seen=again(cast, draft.id).revision)
    page = queries.dossier_page(actor=cast.chau, dossier_id=dossier_id)
    last = page.timeline[-1]
    assert "Giấy chứng sinh rõ nét: giay.pdf" in last.reason
    assert "Nói rõ nơi sinh: Bệnh viện tỉnh" in last.reason
    assert last.detail["answers"][1] == {"item": "Nói rõ nơi sinh", "note": "Bệnh viện tỉnh", "files": []}
    assert "birth-notification" in {line.component_key for line in page.papers}
    with pytest.raises(DraftSent):
        services.change_draft(**own, seen=1, notes={})


def test_an_answer_to_nothing_or_for_somebody_else_is_refused(cast: Cast) -> None:
    with pytest.raises(MoveImpossible):
        services.begin_supplement(actor=cast.hoa, dossier_id=in_work(cast))
    dossier_id = asked(cast, "Giấy")
    with pytest.raises(OutOfScope):
        services.begin_supplement(actor=cast.an_phat, dossier_id=dossier_id)
    with pytest.raises(PermissionRefused):
        services.begin_supplement(actor=cast.chau, dossier_id=dossier_id)
    with pytest.raises(MoveImpossible):
        services.send_supplement(actor=cast.hoa, draft_id=begin(cast).id, seen=1)


def test_the_answer_of_a_dossier_taken_back_meanwhile_is_not_sent(cast: Cast) -> None:
    dossier_id = asked(cast, "Giấy")
    draft = services.begin_supplement(actor=cast.hoa, dossier_id=dossier_id)
    saved = services.change_draft(
        actor=cast.hoa, draft_id=draft.id, seen=draft.revision, notes={"item-0": "đây"}
    )
    services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Thôi")
    with pytest.raises(MoveImpossible):
        services.send_supplement(actor=cast.hoa, draft_id=draft.id, seen=saved.revision)
    services.discard_draft(actor=cast.hoa, draft_id=draft.id)


def corrected(dossier_id: UUID, **said: str) -> None:
    """What the agency has put right in the form of the dossier meanwhile."""
    row = Dossier.objects.get(pk=dossier_id)
    row.form_data["child"] |= said
    row.revision += 1
    row.save(update_fields=["form_data", "revision"])


def answer_begun(cast: Cast, **said: str) -> tuple[UUID, dict[str, Any], int]:
    """A dossier that waits, its answer with words and a changed form, and what sending it takes."""
    dossier_id = asked(cast, "Nói rõ nơi sinh")
    draft = services.begin_supplement(actor=cast.hoa, dossier_id=dossier_id)
    own: dict[str, Any] = {"actor": cast.hoa, "draft_id": draft.id}
    form = {**draft.form_data, "child": {**draft.form_data["child"], **said}}
    saved = services.change_draft(
        **own, seen=draft.revision, notes={"item-0": "Bệnh viện tỉnh"}, form_data=form
    )
    return dossier_id, own, saved.revision


def child_of(cast: Cast, dossier_id: UUID) -> dict[str, Any]:
    return dict(queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id).form_data["child"])


def test_an_answer_does_not_undo_what_the_agency_corrected_meanwhile(cast: Cast) -> None:
    dossier_id, own, revision = answer_begun(cast, hometown="An Bình")
    before = child_of(cast, dossier_id)
    corrected(dossier_id, full_name="Trần Gia Hân")
    sent = services.send_supplement(**own, seen=revision)
    assert child_of(cast, dossier_id) == before | {"full_name": "Trần Gia Hân", "hometown": "An Bình"}
    assert sent.taken == (("form_data", "child", "full_name"),)


def test_an_answer_in_words_alone_leaves_the_corrected_form_as_it_is(cast: Cast) -> None:
    dossier_id, own, revision = answer_begun(cast)
    corrected(dossier_id, full_name="Trần Gia Hân")
    services.send_supplement(**own, seen=revision)
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    assert page.form_data["child"]["full_name"] == "Trần Gia Hân"
    assert page.timeline[-1].detail["form_changed"] is False


def test_what_citizen_and_agency_both_corrected_is_asked_before_anything_is_sent(cast: Cast) -> None:
    dossier_id, own, revision = answer_begun(cast, full_name="Trần Hân")
    corrected(dossier_id, full_name="Trần Gia Hân")
    with pytest.raises(FormCorrected) as refusal:
        services.send_supplement(**own, seen=revision)
    (clash,) = refusal.value.clashes
    assert (clash.mine, clash.saved) == ("Trần Hân", "Trần Gia Hân")
    assert child_of(cast, dossier_id)["full_name"] == "Trần Gia Hân"
    assert again(cast, own["draft_id"]).dossier_id is None
    shown, mine = Dossier.objects.get(pk=dossier_id).revision, {clash.path: True}
    assert refusal.value.params["revision"] == shown
    corrected(dossier_id, full_name="Trần Gia Hân Nhi")
    with pytest.raises(FormCorrected):
        services.send_supplement(**own, seen=revision, choices=mine, shown=shown)
    services.send_supplement(**own, seen=revision, choices=mine, shown=shown + 1)
    assert child_of(cast, dossier_id)["full_name"] == "Trần Hân"


def test_an_answer_begun_before_its_form_was_kept_goes_by_what_it_remembers(cast: Cast) -> None:
    dossier_id, own, _ = answer_begun(cast, hometown="An Bình")
    # As such rows are: counted from one, without the form they began on.
    row = Draft.objects.get(pk=own["draft_id"])
    row.history = [entry | {"r": 2} for entry in row.history]
    row.revision, row.forgotten, row.answers_form = 2, 1, None
    row.save()
    corrected(dossier_id, full_name="Trần Gia Hân")
    services.send_supplement(**own, seen=2)
    child = child_of(cast, dossier_id)
    assert (child["full_name"], child["hometown"]) == ("Trần Gia Hân", "An Bình")


def test_a_page_opened_before_a_correction_is_asked_when_its_answer_begins(cast: Cast) -> None:
    dossier_id = asked(cast, "Nói rõ nơi sinh")
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    corrected(dossier_id, full_name="Trần Gia Hân")
    draft = services.begin_supplement(actor=cast.hoa, dossier_id=dossier_id)
    with pytest.raises(DraftConflict) as refusal:
        services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=page.revision, form_data=page.form_data)
    assert [clash.path for clash in refusal.value.clashes] == [("form_data", "child", "full_name")]
