"""Applying again from a dossier that came to nothing: answers and papers that still hold come along, nothing else."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, birth_application, in_work, submitted
from tests.factories.signing import plain_pdf

from motcua.catalogue.queries import Channel
from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries, services
from motcua.dossiers.errors import MoveImpossible
from motcua.dossiers.rules.again import may_apply_again
from motcua.dossiers.services import PaperGiven
from motcua.dossiers.words import Outcome, State
from motcua.kernel.errors import OutOfScope

pytestmark = pytest.mark.django_db


def withdrawn(cast: Cast, *papers: PaperGiven) -> UUID:
    application = birth_application(cast)
    dossier_id = services.submit_dossier(
        actor=cast.hoa, application=replace(application, papers=papers or application.papers)
    ).dossier_id
    services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Khai nhầm")
    return dossier_id


def kept(cast: Cast, name: str) -> UUID:
    return custody.keep_file(
        actor=cast.hoa, stream=BytesIO(plain_pdf()), filename=name, owner_party_id=cast.hoa_party
    ).id


def test_what_was_withdrawn_is_sent_again_with_its_answers_and_files(cast: Cast) -> None:
    file_id = kept(cast, "chung-sinh.pdf")
    dossier_id = withdrawn(
        cast,
        PaperGiven("birth-notification", electronic=1, file_id=file_id),
        PaperGiven("marriage-certificate", is_presented=True),
    )
    again = services.apply_again(actor=cast.hoa, dossier_id=dossier_id)
    old = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    draft = again.draft
    assert (draft.corrects_id, draft.applicant_id, draft.dossier_id) == (dossier_id, cast.hoa_party, None)
    assert draft.form_data == old.form_data
    lines = {one["component_key"]: one for one in draft.papers}
    assert UUID(str(lines["birth-notification"]["file_id"])) == file_id
    assert lines["marriage-certificate"]["is_presented"], "it is shown at the desk anew"
    assert again.left == ()
    assert old.state == State.WITHDRAWN


def test_papers_that_ended_stay_behind(cast: Cast) -> None:
    paper = custody.record_paper(
        actor=cast.binh,
        file_id=custody.keep_file(
            actor=cast.binh, stream=BytesIO(plain_pdf()), filename="a.pdf", owner_party_id=cast.hoa_party
        ).id,
        kind_code="birth-notification",
        title="Giấy chứng sinh",
        source=PaperSource.COUNTER_SCAN,
        trust=TrustLevel.COMPARED,
        owner_party_id=cast.hoa_party,
    )
    dossier_id = withdrawn(cast, PaperGiven("birth-notification", electronic=1, paper_id=paper.id))
    first = services.apply_again(actor=cast.hoa, dossier_id=dossier_id)
    assert [UUID(str(one["paper_id"])) for one in first.draft.papers] == [paper.id]
    custody.revoke_paper(actor=cast.system, paper_id=paper.id, reason="Thu hồi")
    second = services.apply_again(actor=cast.hoa, dossier_id=dossier_id)
    assert (list(second.draft.papers), second.left) == ([], ("Giấy chứng sinh",))


def test_what_was_handed_over_on_paper_is_told(cast: Cast) -> None:
    dossier_id = services.register_dossier(
        actor=cast.binh, application=birth_application(cast, channel=Channel.COUNTER)
    ).dossier_id
    services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Khai nhầm")
    again = services.apply_again(actor=cast.hoa, dossier_id=dossier_id)
    assert again.left == ("Giấy chứng sinh",)
    assert [one["component_key"] for one in again.draft.papers] == ["marriage-certificate"]


def test_only_ones_own_and_only_what_came_to_nothing(cast: Cast) -> None:
    running = in_work(cast)
    with pytest.raises(MoveImpossible):
        services.apply_again(actor=cast.hoa, dossier_id=running)
    dossier_id = withdrawn(cast)
    for stranger in (cast.an_phat, cast.binh, cast.giang):
        with pytest.raises(OutOfScope):
            services.apply_again(actor=stranger, dossier_id=dossier_id)


def test_it_may_be_sent_and_is_a_dossier_of_its_own(cast: Cast) -> None:
    dossier_id = withdrawn(cast)
    draft = services.apply_again(actor=cast.hoa, dossier_id=dossier_id).draft
    new = submitted(cast, request_key="again", form_data=draft.form_data)
    assert new.dossier_id != dossier_id
    assert queries.dossier_page(actor=cast.hoa, dossier_id=new.dossier_id).procedure_code == BIRTH


@pytest.mark.parametrize(
    ("state", "outcome", "may"),
    [
        (State.WITHDRAWN, "", True),
        (State.STOPPED, "", True),
        (State.REFUSED_AT_DOOR, "", True),
        (State.ISSUED, Outcome.REFUSED, True),
        (State.RETURNED, Outcome.REFUSED, True),
        (State.RETURNED, Outcome.GRANTED, False),
        (State.AT_LEADER, Outcome.REFUSED, False),
        (State.SUBMITTED, "", False),
    ],
)
def test_from_which_dossiers_one_may_apply_again(state: State, outcome: str, may: bool) -> None:
    assert may_apply_again(state, outcome) is may
