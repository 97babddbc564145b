"""What a person says of papers is kept as said; only the desk makes it true."""

from uuid import UUID

import pytest
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_PAPERS, birth_application, submitted

from motcua.catalogue.queries import Channel
from motcua.dossiers import errors, queries, services
from motcua.dossiers.queries import PaperLine
from motcua.dossiers.services import PaperGiven

pytestmark = pytest.mark.django_db
GROUND = "Đã có dữ liệu điện tử"


def lines(cast: Cast, dossier_id: UUID) -> dict[str, PaperLine]:
    page = queries.dossier_page(actor=cast.binh, dossier_id=dossier_id)
    return {line.component_key: line for line in page.papers}


def test_claims_of_a_person_count_as_nothing_until_the_desk_confirms_them(cast: Cast) -> None:
    dossier_id = submitted(
        cast,
        papers=(
            PaperGiven("birth-notification", originals=7, copies=2, electronic=3),
            PaperGiven("marriage-certificate", exemption=GROUND, reused=3),
        ),
    ).dossier_id
    said = lines(cast, dossier_id)
    assert said["declaration"].electronic == 1
    notification, marriage = said["birth-notification"], said["marriage-certificate"]
    assert (notification.originals, notification.copies, notification.electronic) == (0, 0, 0)
    assert notification.declared == {"originals": 7, "copies": 2}
    assert (marriage.exemption, marriage.digitization, marriage.declared) == ("", 0, {"exemption": GROUND})
    with pytest.raises(errors.PapersMissing):
        services.receive_dossier(actor=cast.binh, dossier_id=dossier_id)
    with pytest.raises(errors.PapersMissing):
        empty = PaperGiven("birth-notification")
        services.receive_dossier(actor=cast.binh, dossier_id=dossier_id, papers=[empty])
    services.receive_dossier(
        actor=cast.binh, dossier_id=dossier_id, papers=[PaperGiven("birth-notification", originals=1)]
    )
    after = lines(cast, dossier_id)
    assert len(queries.dossier_page(actor=cast.binh, dossier_id=dossier_id).papers) == len(after) == 3
    assert after["birth-notification"].originals == 1
    assert after["birth-notification"].declared == {"originals": 7, "copies": 2}
    assert after["marriage-certificate"].is_only_declared
    (receipt,) = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id).forms
    assert sum(line["originals"] for line in receipt.content["papers"]) == 1
    assert GROUND not in repr(receipt.content["papers"])


def test_a_supplement_is_declared_by_the_person_and_confirmed_by_the_desk(cast: Cast) -> None:
    dossier_id = submitted(cast).dossier_id
    services.ask_supplement(actor=cast.binh, dossier_id=dossier_id, reason="Thiếu bản chính")
    promise = PaperGiven("birth-notification", originals=1)
    services.give_supplement(actor=cast.hoa, dossier_id=dossier_id, papers=[promise])
    assert lines(cast, dossier_id)["birth-notification"].is_only_declared
    services.receive_dossier(actor=cast.binh, dossier_id=dossier_id, papers=BIRTH_PAPERS)
    page = queries.dossier_page(actor=cast.binh, dossier_id=dossier_id)
    assert sum(line.originals for line in page.papers) == 1


def test_what_the_desk_writes_down_itself_is_true_at_once(cast: Cast) -> None:
    papers = (PaperGiven("birth-notification", exemption=GROUND, declared={"originals": 9}),)
    application = birth_application(cast, channel=Channel.COUNTER, papers=papers)
    dossier_id = services.register_dossier(actor=cast.binh, application=application).dossier_id
    line = lines(cast, dossier_id)["birth-notification"]
    assert (line.exemption, line.declared) == (GROUND, None)
