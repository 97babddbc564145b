"""The outbox: once, in order, with patience, and never lost when a sender dies."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction
from tests.cast import Cast

from motcua.kernel import clock, outbox
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import MovedOn, OutOfScope, PermissionRefused
from motcua.kernel.models import OutboxMessage
from motcua.kernel.outbox import Destination, Failure, Outgoing, Undeliverable
from motcua.kernel.outbox.destinations import _destinations

EVE = datetime(2027, 2, 4, 9, 0, tzinfo=UTC)
Opening = Callable[..., list[str]]


@pytest.fixture
def opened() -> Iterator[Opening]:
    """Open a destination for one test; gives back what reached it."""

    def open_it(fails: Callable[[Outgoing], Exception | None] = lambda _: None, **more: object) -> list[str]:
        arrived: list[str] = []

        def send(message: Outgoing) -> str:
            error = fails(message)
            if error is not None:
                raise error
            arrived.append(message.key)
            return f"receipt of {message.key}"

        outbox.register(Destination("tests.there", send, lambda _: None, **more))  # type: ignore[arg-type]  # any field of it
        return arrived

    yield open_it
    _destinations.pop("tests.there", None)


def put(key: str, subject: str = "") -> int:
    with transaction.atomic():
        return outbox.put(destination="tests.there", key=key, reference=f"test:{key}", subject=subject)


def drain() -> int:
    return outbox.drain("tests.there", lanes=1)


@pytest.mark.django_db
def test_the_same_key_is_one_message_and_leaves_once(opened: Opening) -> None:
    arrived = opened()
    assert put("a") == put("a")
    assert outbox.due() == ["tests.there"]
    assert (drain(), drain(), arrived) == (1, 0, ["a"])
    row = OutboxMessage.objects.get()
    assert (row.state, row.receipt, row.lease) == ("sent", "receipt of a", None)
    assert outbox.due() == []


@pytest.mark.django_db(transaction=True)
def test_putting_out_belongs_to_an_act() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of the act"):
        outbox.put(destination="tests.there", key="a", reference="test:a")


@pytest.mark.django_db
def test_a_subject_keeps_its_order_and_holds_up_nobody_else(opened: Opening) -> None:
    broken = {"1"}
    arrived = opened(lambda m: Undeliverable(Failure("busy")) if m.key in broken else None)
    with clock.frozen(EVE):
        for key, subject in (("1", "x"), ("2", "x"), ("3", ""), ("4", "y")):
            put(key, subject)
        drain()
        assert arrived == ["3", "4"]
    broken.clear()
    with clock.frozen(EVE + timedelta(minutes=1)):
        drain()
    assert arrived == ["3", "4", "1", "2"]


@pytest.mark.django_db
@pytest.mark.parametrize("is_strict", [True, False])
def test_a_dead_letter_holds_up_its_subject_only_where_order_is_strict(
    opened: Opening, *, is_strict: bool
) -> None:
    dead = {"1"}
    arrived = opened(
        lambda m: Undeliverable(Failure("no", is_permanent=True)) if m.key in dead else None,
        is_strict=is_strict,
    )
    ids = [put(key, "x") for key in ("1", "2")]
    drain()
    assert arrived == ([] if is_strict else ["2"])
    dead.clear()
    if is_strict:
        outbox.discard(actor=SYSTEM, message_id=ids[0], reason="Đã báo bằng điện thoại")
        drain()
        assert arrived == ["2"]
    else:
        assert outbox.replay(actor=SYSTEM, ids=ids) == 1
        drain()
        assert arrived == ["2", "1"]


@pytest.mark.django_db
def test_patience_outlasts_tet_and_then_ends(opened: Opening) -> None:
    opened(lambda _: Undeliverable(Failure("closed")))
    with clock.frozen(EVE):
        put("a")
    at, pauses = EVE, []
    while True:
        with clock.frozen(at):
            assert drain() == 1
        row = OutboxMessage.objects.get()
        if row.state == "dead":
            break
        pauses.append(row.next_try_at - at)
        at = row.next_try_at
    assert timedelta(days=9) < at - EVE <= timedelta(days=12)
    assert timedelta(seconds=15) <= pauses[0] <= timedelta(seconds=30)
    assert all(timedelta(hours=1) <= pause <= timedelta(hours=2) for pause in pauses[10:])
    assert len(set(pauses[10:])) > len(pauses[10:]) / 2, (
        "spread, so that what failed together does not return together"
    )
    assert len(pauses) < 300


@pytest.mark.django_db
def test_a_fault_nobody_foresaw_is_tried_again_and_stops_nothing(opened: Opening) -> None:
    arrived = opened(lambda m: ZeroDivisionError() if m.key == "a" else None)
    put("a")
    put("b")
    assert drain() == 2
    assert arrived == ["b"]
    row = OutboxMessage.objects.get(key="a")
    assert (row.state, row.last_error) == ("waiting", "ZeroDivisionError")


@pytest.mark.django_db
def test_the_other_side_may_ask_for_a_longer_pause(opened: Opening) -> None:
    opened(lambda _: Undeliverable(Failure("http_429", retry_after=timedelta(hours=3))))
    with clock.frozen(EVE):
        put("a")
        drain()
    assert OutboxMessage.objects.get().next_try_at == EVE + timedelta(hours=3)


@pytest.mark.django_db
def test_a_sender_that_died_is_followed_and_its_late_note_is_refused(opened: Opening) -> None:
    def dies(_: Outgoing) -> None:
        raise KeyboardInterrupt  # as a process that ends in the middle

    opened(dies)
    with clock.frozen(EVE):
        put("a")
        with pytest.raises(KeyboardInterrupt):
            drain()
        row = OutboxMessage.objects.get()
        assert row.lease is not None
        assert drain() == 0, "somebody has it in hand"
    _destinations.pop("tests.there")

    def slow(message: Outgoing) -> None:
        OutboxMessage.objects.filter(pk=message.id).update(lease=row.lease)  # taken over meanwhile

    arrived = opened(slow)
    with clock.frozen(EVE + timedelta(minutes=6)):
        assert drain() == 1
    assert arrived == ["a"]
    assert OutboxMessage.objects.get().state == "waiting", "whoever took it over notes it"


@pytest.mark.django_db
def test_only_administrators_decide_about_dead_letters(cast: Cast, opened: Opening) -> None:
    opened(lambda _: Undeliverable(Failure("no", is_permanent=True)))
    message_id = put("a")
    drain()
    for act in (
        lambda: outbox.messages(actor=cast.dung),
        lambda: outbox.backlog(actor=cast.dung),
        lambda: outbox.replay(actor=cast.dung, ids=[message_id]),
        lambda: outbox.discard(actor=cast.dung, message_id=message_id, reason="x"),
    ):
        with pytest.raises(PermissionRefused):
            act()
    (dead,) = outbox.messages(actor=cast.quang)
    assert (dead.key, dead.last_error, dead.has_failed) == ("a", "no", True)
    (line,) = outbox.backlog(actor=cast.quang)
    assert (line.destination, line.waiting, line.dead) == ("tests.there", 0, 1)
    with pytest.raises(outbox.DiscardReasonMissing):
        outbox.discard(actor=cast.quang, message_id=message_id, reason=" ")
    outbox.discard(actor=cast.quang, message_id=message_id, reason="Người nhận đã đến tận nơi")
    with pytest.raises(MovedOn):
        outbox.discard(actor=cast.quang, message_id=message_id, reason="lần nữa")
    with pytest.raises(OutOfScope):
        outbox.discard(actor=cast.quang, message_id=0, reason="không có")
    row = OutboxMessage.objects.get()
    assert (row.state, row.decided_by_id) == ("discarded", cast.quang.account_id)
    assert outbox.replay(actor=cast.quang, ids=[message_id]) == 0


@pytest.mark.django_db(transaction=True)
def test_lanes_and_senders_side_by_side_send_everything_once(opened: Opening) -> None:
    taken = threading.Lock()
    count: dict[str, int] = {}

    def counted(message: Outgoing) -> None:
        with taken:
            count[message.key] = count.get(message.key, 0) + 1

    arrived = opened(counted, lanes=3)
    for n in range(60):
        put(f"{n:02d}", f"s{n % 5}")

    def sender() -> None:
        try:
            outbox.drain("tests.there")
        finally:
            connections.close_all()

    senders = [threading.Thread(target=sender) for _ in range(2)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    outbox.drain("tests.there", lanes=1)
    assert set(count.values()) == {1}
    assert len(count) == 60
    for subject in range(5):
        mine = [key for key in arrived if int(key) % 5 == subject]
        assert mine == sorted(mine)
