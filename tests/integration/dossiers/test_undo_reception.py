"""A receipt by mistake is taken back the same day by an act of its own: the number stays, nobody is said to have withdrawn."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work, received, registered, submitted

from motcua.channels.services import make_notice
from motcua.dossiers import queries, services
from motcua.dossiers.errors import MoneyTaken, MoveImpossible, ReasonMissing, ReceptionOver, SentOnline
from motcua.dossiers.models import Dossier, Passage
from motcua.dossiers.words import State
from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.payments import queries as payments
from motcua.payments import services as cash

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 12, 7, 9, tzinfo=clock.LOCAL)


def offered(cast: Cast, dossier_id: object) -> bool:
    page = queries.dossier_page(actor=cast.binh, dossier_id=dossier_id)  # type: ignore[arg-type]  # an id, whatever its kind
    return "undo_reception" in {move.key for move in page.moves}


def test_the_number_stays_and_the_next_one_follows_it(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        mistaken = registered(cast)
        assert offered(cast, mistaken.dossier_id)
        with pytest.raises(ReasonMissing):
            services.undo_reception(actor=cast.binh, dossier_id=mistaken.dossier_id, reason=" ")
        moved = services.undo_reception(
            actor=cast.binh, dossier_id=mistaken.dossier_id, reason="Nhận nhầm người"
        )
        after = registered(cast)
    row = Dossier.objects.get(pk=mistaken.dossier_id)
    assert (moved.code, row.code, row.state) == (mistaken.code, mistaken.code, State.STOPPED)
    assert after.code is not None
    assert mistaken.code is not None
    assert int(after.code.rpartition("-")[2]) == int(mistaken.code.rpartition("-")[2]) + 1
    passage = Passage.objects.filter(dossier_id=row.pk).latest("seq")
    assert (passage.move, passage.reason) == ("undo_reception", "Nhận nhầm người")
    assert payments.outstanding(row.pk) == 0, "nobody owes a fee for a mistake of the desk"
    assert queries.verify_chain(dossier_id=row.pk).faults == ()


def test_it_is_counted_apart(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        kept, mistaken = registered(cast), registered(cast)
        services.undo_reception(actor=cast.binh, dossier_id=mistaken.dossier_id, reason="Nhận hai lần")
    (found,) = queries.undone_receptions(
        actor=cast.binh, agency_ids=[cast.an_binh, cast.yen_hoa], on=MONDAY.date()
    )
    assert (found.code, found.reason) == (mistaken.code, "Nhận hai lần")
    assert kept.code != found.code
    assert queries.undone_receptions(actor=cast.giang, agency_ids=[cast.an_binh], on=MONDAY.date()) == ()


def test_only_on_its_day(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        dossier_id = registered(cast).dossier_id
    with clock.frozen(MONDAY.replace(hour=23, minute=59)):
        assert offered(cast, dossier_id)
    with clock.frozen(MONDAY + timedelta(days=1)):
        assert not offered(cast, dossier_id)
        with pytest.raises(ReceptionOver):
            services.undo_reception(actor=cast.binh, dossier_id=dossier_id, reason="muộn")


def test_not_when_it_is_decided_nor_before_it_is_received(cast: Cast) -> None:
    for dossier_id in (at_leader(cast), submitted(cast).dossier_id):
        with pytest.raises(MoveImpossible):
            services.undo_reception(actor=cast.binh, dossier_id=dossier_id, reason="nhầm")


def test_not_by_others(cast: Cast) -> None:
    dossier_id = in_work(cast)
    with pytest.raises(PermissionRefused):
        services.undo_reception(actor=cast.chau, dossier_id=dossier_id, reason="nhầm")
    with pytest.raises(OutOfScope):
        services.undo_reception(actor=cast.giang, dossier_id=dossier_id, reason="nhầm")
    with pytest.raises(PermissionRefused):
        services.undo_reception(actor=cast.hoa, dossier_id=dossier_id, reason="nhầm")


def test_what_a_person_sent_online_is_answered_by_the_forms_of_the_law(cast: Cast) -> None:
    dossier_id = received(cast).dossier_id
    assert not offered(cast, dossier_id)
    with pytest.raises(SentOnline):
        services.undo_reception(actor=cast.binh, dossier_id=dossier_id, reason="nhầm")


def test_money_that_was_taken_is_given_back_first(cast: Cast) -> None:
    dossier_id = registered(cast).dossier_id
    cash.add_charge(
        actor=cast.lan,
        dossier_id=dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        name="Lệ phí bản sao",
        kind="charge",
        amount=8000,
        reason="Thêm bản sao",
    )
    charges = [one.id for one in payments.charges_of(dossier_id)]
    cash.take_payment(actor=cast.lan, charge_ids=charges)
    with pytest.raises(MoneyTaken):
        services.undo_reception(actor=cast.binh, dossier_id=dossier_id, reason="nhầm")


def test_nobody_pays_while_it_is_undone(cast: Cast) -> None:
    """The charges are held from the look at them to the end of the act."""
    dossier_id = registered(cast).dossier_id
    with CaptureQueriesContext(connection) as asked:
        services.undo_reception(actor=cast.binh, dossier_id=dossier_id, reason="nhầm")
    of_charges = [one["sql"] for one in asked if 'FROM "payments_charge"' in one["sql"]]
    assert "FOR UPDATE" in of_charges[0]


def test_the_person_is_told_whose_mistake_it_was(cast: Cast) -> None:
    dossier_id = registered(cast).dossier_id
    moved = services.undo_reception(actor=cast.binh, dossier_id=dossier_id, reason="Nhận nhầm thủ tục")
    make_notice(dossier_id=dossier_id, passage_id=moved.passage_id, kind="reception_undone")
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    assert page.timeline[-1].name == "Hủy tiếp nhận nhầm"
    assert "rút" not in page.timeline[-1].name
