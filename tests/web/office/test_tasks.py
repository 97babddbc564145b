"""My work: what waits for this person in every role they hold, in whose hands a dossier is, and from which post they work."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work, received, submitted

from motcua.directory import services as directory
from motcua.directory.queries import Role
from motcua.dossiers import queries, services
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HERE = "/co-quan/viec/"


def kinds(cast: Cast, name: str) -> dict[MoveKey, int]:
    """What waits for somebody, without the kinds of which nothing does."""
    return {key: n for key, n in queries.task_counts(actor=cast.actor(name)).items() if n}


def waiting(cast: Cast, name: str) -> set[tuple[UUID, MoveKey]]:
    return {(task.row.id, task.duty) for task in queries.tasks(actor=cast.actor(name)).rows}


def test_a_dossier_waits_for_each_role_in_turn(cast: Cast) -> None:
    new = submitted(cast).dossier_id
    taken = received(cast).dossier_id
    given = in_work(cast)
    proposed = at_leader(cast)
    assert waiting(cast, "binh") == {(new, MoveKey.RECEIVE)}
    assert waiting(cast, "hanh") == {(new, MoveKey.RECEIVE), (taken, MoveKey.ASSIGN)}
    assert waiting(cast, "chau") == {(given, MoveKey.SUBMIT_TO_LEADER)}
    assert waiting(cast, "dung") == {(taken, MoveKey.ASSIGN), (proposed, MoveKey.APPROVE)}
    services.approve(actor=cast.dung, dossier_id=proposed)
    assert (proposed, MoveKey.SIGN) in waiting(cast, "dung")
    services.sign_on_paper(actor=cast.dung, dossier_id=proposed)
    assert waiting(cast, "khanh") == {(proposed, MoveKey.NUMBER_AND_SEAL)}
    services.stamp_on_paper(actor=cast.khanh, dossier_id=proposed)
    services.issue_result(actor=cast.khanh, dossier_id=proposed)
    assert (proposed, MoveKey.HAND_OVER) in waiting(cast, "binh")
    services.ask_opinion(actor=cast.chau, dossier_id=given, agency_id=cast.agriculture, question="Đất ai?")
    assert waiting(cast, "phuc") == {(given, MoveKey.ANSWER_CONSULTATION)}
    for stranger in ("giang", "minh", "nga", "quang", "hoa"):
        assert waiting(cast, stranger) == set(), stranger
        assert kinds(cast, stranger) == {}, stranger


def test_counts_and_lists_come_from_the_same_condition(cast: Cast) -> None:
    for make in (submitted, received, in_work, at_leader):
        make(cast)
    for name in ("binh", "hanh", "chau", "dung", "khanh", "phuc", "lan"):
        listed = [task.duty for task in queries.tasks(actor=cast.actor(name)).rows]
        assert {key: listed.count(key) for key in set(listed)} == kinds(cast, name), name
        for duty, count in kinds(cast, name).items():
            assert len(queries.tasks(actor=cast.actor(name), duty=duty).rows) == count
    assert queries.tasks(actor=cast.phuc, duty=MoveKey.SIGN).rows == (), "no work of a role they do not hold"


def test_one_kind_goes_on_page_by_page(cast: Cast) -> None:
    made = {received(cast).dossier_id for _ in range(3)}
    first = queries.tasks(actor=cast.hanh, duty=MoveKey.ASSIGN, limit=2)
    rest = queries.tasks(actor=cast.hanh, duty=MoveKey.ASSIGN, limit=2, after=first.after)
    assert [len(first.rows), len(rest.rows)] == [2, 1]
    assert {task.row.id for task in (*first.rows, *rest.rows)} == made


def test_the_page_says_what_waits_and_in_whose_hands(cast: Cast, as_: As) -> None:
    received(cast)
    in_work(cast)
    page = as_("hanh").get(HERE).content.decode()
    assert "Phân công" in page
    assert "Mọi việc" in page
    mine = as_("chau").get(HERE, {"viec": "submit-to-leader"}).content.decode()
    assert "Thẩm định, trình" in mine
    assert ">Tôi<" in mine
    assert "Không có việc nào chờ bạn" in as_("khanh").get(HERE).content.decode()
    everything = as_("binh").get("/co-quan/").content.decode()
    assert "Lê Thị Châu" in everything, "who holds it, for everybody of the agency"
    assert as_("chau").get(f"{HERE}dem/").json() == {"total": 1, "shown": "1"}


def test_who_holds_a_dossier_changes_with_what_it_waits_for(cast: Cast, as_: As) -> None:
    dossier_id = at_leader(cast)
    assert "Phạm Tiến Dũng" in as_("binh").get("/co-quan/").content.decode()
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    services.sign_on_paper(actor=cast.dung, dossier_id=dossier_id)
    page = as_("binh").get("/co-quan/").content.decode()
    assert "Phạm Tiến Dũng" not in page
    assert "Ngô Gia Khánh" in page or "Khánh" in page


def test_the_header_names_person_post_and_agency(cast: Cast, as_: As) -> None:
    page = as_("dung").get(HERE).content.decode()
    assert "Phạm Tiến Dũng" in page
    assert "Ủy ban nhân dân xã An Bình" in page
    assert "kit/noi-lam-viec" not in page, "one post: nothing to switch"


def test_somebody_with_two_posts_works_from_one_of_them(cast: Cast, as_: As) -> None:
    there = directory.register_staff(actor=SYSTEM, number="MS-0777", full_name="Vũ Hai Nơi")
    for agency_id in (cast.an_binh, cast.yen_hoa):
        directory.assign_role(actor=SYSTEM, staff_id=there, agency_id=agency_id, role=Role.ASSIGNER)
    account = directory.open_account(actor=SYSTEM, username="hainoi", password=None, staff_id=there)
    received(cast)
    client = Client()
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=account))
    assert "2 nơi làm việc" in client.get(HERE).content.decode()
    assert client.get(f"{HERE}dem/").json()["total"] == 1
    moved = client.post("/kit/noi-lam-viec/", {"agency": str(cast.yen_hoa), "next": HERE})
    assert moved.headers["Location"] == HERE
    page = client.get(HERE).content.decode()
    assert "Phân công, Ủy ban nhân dân xã Yên Hòa" in page
    assert client.get(f"{HERE}dem/").json()["total"] == 0
    client.post("/kit/noi-lam-viec/", {"agency": str(cast.justice), "next": "https://example.com/"})
    assert client.get(f"{HERE}dem/").json()["total"] == 1, "an agency where they do not serve narrows nothing"
    client.post("/kit/noi-lam-viec/", {"agency": ""})
    assert client.get(f"{HERE}dem/").json()["total"] == 1
