"""Administrators cannot become leaders without a trace: two people, a journal, letters, passwords that serve once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.cast import Cast

from motcua.channels.models import OfficialLetter
from motcua.channels.services import tell_change, tell_request
from motcua.directory import queries, services
from motcua.directory.errors import (
    AskerMayNotAnyMore,
    CurrentPasswordWrong,
    LogInFailed,
    OwnRequest,
    PasswordTooWeak,
    PasswordUnchanged,
    RequestAlreadyOpen,
    RequestDecided,
    TwoPeopleNeeded,
)
from motcua.directory.models import AccessRecord, AccessRequest, Account, Assignment
from motcua.directory.queries import AccessAct, AccessChange, RequestState, Role, ScopeKind, SigningScope
from motcua.directory.services.passwords import STEP_UP
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor
from motcua.kernel.errors import PermissionRefused, TooManyTries
from motcua.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db

PASSWORD = "con đường xưa em đi"
HOME = "192.0.2.1"


def second_administrator(cast: Cast, number: str = "MS-0900") -> UUID:
    """The account of another administrator, made by the operator."""
    staff_id = services.register_staff(
        actor=SYSTEM, number=number, full_name="Đặng Thị Uyên", email=f"{number.lower()}@example.com"
    )
    services.assign_role(actor=SYSTEM, staff_id=staff_id, agency_id=cast.centre, role=Role.ADMINISTRATOR)
    return services.open_account(actor=SYSTEM, username=number.lower(), password=None, staff_id=staff_id)


@pytest.fixture
def uyen(cast: Cast) -> Actor:
    return queries.actor_of(second_administrator(cast))


def staff_of(cast: Cast, name: str) -> UUID:
    staff_id = Account.objects.get(pk=cast.account(name)).staff_id
    assert staff_id is not None
    return staff_id


def ask_leader(cast: Cast, *, by: Actor | None = None, to: str = "quang") -> UUID:
    return services.ask_role(
        actor=by or cast.quang,
        staff_id=staff_of(cast, to),
        agency_id=cast.an_binh,
        role=Role.LEADER,
        decision="12/QĐ",
    )


def ours() -> QuerySet[AccessRecord]:
    """What administrators did, not the operator who set everything up."""
    return AccessRecord.objects.filter(by_account_id__isnull=False)


GRAVE = (Role.LEADER, Role.SEAL_CLERK, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", GRAVE)
@pytest.mark.parametrize("to", ["quang", "binh"])
def test_nobody_gives_a_grave_role_alone(cast: Cast, role: Role, to: str) -> None:
    before = Assignment.objects.count()
    with pytest.raises(TwoPeopleNeeded):
        services.assign_role(actor=cast.quang, staff_id=staff_of(cast, to), agency_id=cast.yen_hoa, role=role)
    assert Assignment.objects.count() == before


@pytest.mark.parametrize("name", ["dung", "em", "khanh", "son"])
def test_nobody_resets_those_who_sign_seal_or_audit_alone(cast: Cast, name: str) -> None:
    """Em signs by delegation only."""
    password = Account.objects.get(pk=cast.account(name)).password
    with pytest.raises(TwoPeopleNeeded):
        services.reset_password(actor=cast.quang, account_id=cast.account(name))
    with pytest.raises(TwoPeopleNeeded):
        services.remove_second_factor(actor=cast.quang, account_id=cast.account(name))
    with pytest.raises(TwoPeopleNeeded):
        services.issue_api_token(
            actor=cast.quang, account_id=cast.account(name), name="x", life=timedelta(days=1)
        )
    assert Account.objects.get(pk=cast.account(name)).password == password


def test_an_administrator_records_no_delegation_alone(cast: Cast, uyen: Actor) -> None:
    mandate = services.Mandate(
        delegator_account_id=cast.account("dung"),
        delegate_account_id=cast.account("quang"),
        agency_id=cast.an_binh,
        scopes=(SigningScope(ScopeKind.ALL),),
        begins_on=clock.today(),
        ends_on=None,
        decision_number="99/QĐ",
    )
    with pytest.raises(TwoPeopleNeeded):
        services.delegate_signing(
            actor=cast.quang,
            delegator_account_id=mandate.delegator_account_id,
            delegate_account_id=mandate.delegate_account_id,
            agency_id=mandate.agency_id,
            scopes=mandate.scopes,
            begins_on=mandate.begins_on,
            ends_on=None,
            decision_number=mandate.decision_number,
        )
    request_id = services.ask_delegation(actor=cast.quang, mandate=mandate)
    assert not cast.actor("quang").may("dossier.sign", cast.an_binh)
    services.confirm_access(actor=uyen, request_id=request_id)
    assert cast.actor("quang").may("dossier.sign", cast.an_binh)
    assert ours().filter(change=AccessChange.SIGNING_DELEGATED).count() == 2


def test_a_grave_role_comes_from_two_and_leaves_a_trace(cast: Cast, uyen: Actor) -> None:
    request_id = ask_leader(cast)
    assert not cast.actor("quang").may("dossier.sign", cast.an_binh)
    with pytest.raises(RequestAlreadyOpen):
        ask_leader(cast)
    (waiting,) = [one for one in queries.access_requests(actor=uyen) if one.is_open]
    assert (waiting.act, waiting.role, waiting.is_own) == (AccessAct.GIVE_ROLE, Role.LEADER, False)
    services.confirm_access(actor=uyen, request_id=request_id)
    assert cast.actor("quang").may("dossier.sign", cast.an_binh)
    record = AccessRecord.objects.get(change=AccessChange.ROLE_GIVEN, request_id=request_id)
    assert (record.by_account_id, record.confirmed_by_id) == (cast.account("quang"), uyen.account_id)
    assert "leader@H99.11" not in record.before
    assert "leader@H99.11" in record.after
    payload = JournalEntry.objects.filter(name="directory.AccessChanged").latest("id").payload
    assert (payload["before"], payload["after"]) == (record.before, record.after)
    assert [one.change for one in queries.own_access_records(actor=cast.quang)] == [AccessChange.ROLE_GIVEN]


def test_nobody_confirms_their_own(cast: Cast, uyen: Actor) -> None:
    own = ask_leader(cast)
    with pytest.raises(OwnRequest):
        services.confirm_access(actor=cast.quang, request_id=own)
    for_the_other = services.ask_reset(
        actor=cast.quang, act=AccessAct.RESET_PASSWORD, account_id=uyen.account_id or UUID(int=0)
    )
    with pytest.raises(OwnRequest):
        services.confirm_access(actor=uyen, request_id=for_the_other)
    with pytest.raises(OwnRequest):
        services.confirm_access(actor=SYSTEM, request_id=own)
    for name in ("dung", "binh", "son"):
        with pytest.raises(PermissionRefused):
            services.confirm_access(actor=cast.actor(name), request_id=own)
    # Not even past the program.
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=own).update(
            state=RequestState.CONFIRMED, decided_by_id=cast.account("quang")
        )
    assert not cast.actor("quang").may("dossier.sign", cast.an_binh)


def test_a_request_is_decided_once_and_ends_after_three_days(cast: Cast, uyen: Actor) -> None:
    request_id = ask_leader(cast)
    with clock.frozen(clock.now() + timedelta(days=3, seconds=1)):
        with pytest.raises(RequestDecided):
            services.confirm_access(actor=uyen, request_id=request_id)
        assert not [one for one in queries.access_requests(actor=uyen) if one.is_open]
        second = ask_leader(cast)
        services.refuse_access(actor=uyen, request_id=second)
        assert AccessRequest.objects.get(pk=second).state == RequestState.REFUSED
        with pytest.raises(RequestDecided):
            services.confirm_access(actor=uyen, request_id=second)
        third = ask_leader(cast)
        services.refuse_access(actor=cast.quang, request_id=third)
        assert AccessRequest.objects.get(pk=third).state == RequestState.WITHDRAWN
    assert not cast.actor("quang").may("dossier.sign", cast.an_binh)


def test_what_somebody_asked_who_administers_no_more_is_not_done(cast: Cast, uyen: Actor) -> None:
    request_id = ask_leader(cast)
    (held,) = [one for one in queries.roles_held(staff_of(cast, "quang")) if one.role is Role.ADMINISTRATOR]
    services.end_role(actor=uyen, assignment_id=held.assignment_id)
    with pytest.raises(AskerMayNotAnyMore):
        services.confirm_access(actor=uyen, request_id=request_id)


def test_a_new_password_is_told_to_who_confirms_and_serves_once(cast: Cast, uyen: Actor) -> None:
    account_id = cast.account("dung")
    request_id = services.ask_reset(
        actor=cast.quang, act=AccessAct.RESET_PASSWORD, account_id=account_id, reason="Quên mật khẩu"
    )
    done = services.confirm_access(actor=uyen, request_id=request_id)
    account = services.log_in_attempt(username="dung", password=done.password, address=HOME)
    assert account.must_change_password
    assert done.password not in str(list(JournalEntry.objects.values_list("payload", flat=True)))
    with pytest.raises(PasswordUnchanged):
        services.choose_password(account_id=account_id, password=done.password)
    services.choose_password(account_id=account_id, password=PASSWORD)
    assert not Account.objects.get(pk=account_id).must_change_password
    with pytest.raises(LogInFailed):
        services.log_in_attempt(username="dung", password=done.password, address=HOME)


def test_a_device_of_a_leader_goes_by_two_and_the_password_with_it(cast: Cast, uyen: Actor) -> None:
    account = Account.objects.get(pk=cast.account("dung"))
    TOTPDevice.objects.create(user=account, confirmed=True)
    request_id = services.ask_reset(
        actor=cast.quang, act=AccessAct.REMOVE_SECOND_FACTOR, account_id=account.pk
    )
    services.confirm_access(actor=uyen, request_id=request_id)
    account.refresh_from_db()
    assert not queries.has_second_factor(account.pk)
    assert account.must_change_password
    assert account.needs_confirmed_sessions


def test_one_administrator_still_helps_everybody_else_and_it_is_told(cast: Cast, uyen: Actor) -> None:
    Account.objects.filter(pk__in=[cast.account("quang"), uyen.account_id]).update(last_login=clock.now())
    password = services.reset_password(actor=cast.quang, account_id=cast.account("binh"), reason="Quên")
    assert services.log_in_attempt(username="binh", password=password, address=HOME).must_change_password
    record = AccessRecord.objects.get(change=AccessChange.PASSWORD_RESET)
    for _ in range(2):  # a repeated job writes no second letter
        tell_change(record_id=record.pk)
    letters = {one.address: one.body for one in OfficialLetter.objects.all()}
    assert letters.keys() == {"binh@example.com", "ms-0900@example.com"}, "who did it needs no letter"
    assert all("Quên" in body and password not in body for body in letters.values())


def test_who_may_confirm_and_whom_it_is_about_get_a_letter(cast: Cast, uyen: Actor) -> None:
    Account.objects.filter(pk__in=[cast.account("quang"), uyen.account_id]).update(last_login=clock.now())
    request_id = services.ask_reset(
        actor=cast.quang, act=AccessAct.RESET_PASSWORD, account_id=cast.account("dung")
    )
    tell_request(request_id=request_id)
    letters = {one.address: one.body for one in OfficialLetter.objects.all()}
    assert letters.keys() == {"dung@example.com", "ms-0900@example.com"}
    assert "/co-quan/quan-tri/de-nghi/" in letters["ms-0900@example.com"]


def test_a_letter_is_written_in_the_language_of_its_reader(cast: Cast, uyen: Actor) -> None:
    Account.objects.filter(pk__in=[cast.account("quang"), uyen.account_id]).update(last_login=clock.now())
    Account.objects.filter(pk__in=[cast.account("binh"), uyen.account_id]).update(language="en")
    services.reset_password(actor=cast.quang, account_id=cast.account("binh"), reason="Quên")
    tell_change(record_id=AccessRecord.objects.get(change=AccessChange.PASSWORD_RESET).pk)
    request_id = services.ask_reset(
        actor=cast.quang, act=AccessAct.RESET_PASSWORD, account_id=cast.account("dung")
    )
    tell_request(request_id=request_id)
    letters = [(one.address, one.subject, one.body) for one in OfficialLetter.objects.all()]
    for address, subject, body in letters:
        is_english = address != "dung@example.com"
        assert ("Done by:" in body) is is_english, (address, body)
        assert ("Người thực hiện:" in body) is not is_english
        assert ("quyền truy cập" in subject.lower()) is not is_english


def test_the_trace_cannot_be_changed_by_the_role_that_serves(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT withheld FROM kernel_recordkind WHERE name = 'directory_accessrecord'")
        assert cursor.fetchall() == [(["UPDATE", "DELETE"],)]
    services.reset_password(actor=cast.quang, account_id=cast.account("binh"))
    record = ours().get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_record WHERE key = %s", [record.pk])
        assert cursor.fetchone() == (1,)


def test_ones_own_password_asks_for_the_present_one_and_slows_guessing_down(cast: Cast) -> None:
    services.set_password(actor=SYSTEM, account_id=cast.account("hoa"), password=PASSWORD)

    def change(current: str = PASSWORD, **new: str) -> None:
        password = new.get("password", "một câu dài dễ nhớ")
        services.change_password(actor=cast.hoa, current=current, password=password, address=HOME)

    with pytest.raises(PasswordTooWeak):
        change(password="mười-ba-ký-tự")
    with pytest.raises(PasswordUnchanged):
        change(password=PASSWORD)
    for _ in range(STEP_UP.free - 1):
        with pytest.raises(CurrentPasswordWrong):
            change("sai")
    with pytest.raises(TooManyTries) as refusal:
        change("sai")
    assert refusal.value.params["seconds"] == 30
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        change()
        with pytest.raises(CurrentPasswordWrong):
            change()


def test_with_a_second_factor_ten_characters_are_enough(cast: Cast) -> None:
    TOTPDevice.objects.create(user=Account.objects.get(pk=cast.account("hoa")), confirmed=True)
    services.choose_password(account_id=cast.account("hoa"), password="mười-ba-ký-tự")
    with pytest.raises(PasswordTooWeak):
        services.choose_password(account_id=cast.account("hoa"), password="chín-ký-tự"[:9])


def test_a_new_administrator_waits_for_a_second_one(cast: Cast, uyen: Actor) -> None:
    engaged = services.engage_staff(
        actor=cast.quang,
        number="MS-0950",
        full_name="Tạ Văn Mới",
        username="moi",
        password="một câu dài dễ nhớ",
        agency_id=cast.centre,
        role=Role.ADMINISTRATOR,
    )
    assert engaged.request_id is not None
    assert queries.roles_held(engaged.staff_id) == ()
    assert Account.objects.get(username="moi").must_change_password
    services.confirm_access(actor=uyen, request_id=engaged.request_id)
    assert [one.role for one in queries.roles_held(engaged.staff_id)] == [Role.ADMINISTRATOR]


@pytest.fixture
def side_by_side() -> Callable[..., list[object]]:
    def run(*acts: Callable[[], object]) -> list[object]:
        begin, done = Barrier(len(acts)), []

        def one(act: Callable[[], object]) -> None:
            begin.wait()
            try:
                done.append(act())
            except Exception as refusal:
                done.append(refusal)
            finally:
                connection.close()

        threads = [Thread(target=one, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return done

    return run


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_do_it_once(cast: Cast, side_by_side: Callable[..., list[object]]) -> None:
    first, second = (
        queries.actor_of(second_administrator(cast, number)) for number in ("MS-0901", "MS-0902")
    )
    request_id = services.ask_reset(
        actor=cast.quang, act=AccessAct.RESET_PASSWORD, account_id=cast.account("dung")
    )
    done = side_by_side(
        *(
            lambda one=one: services.confirm_access(actor=one, request_id=request_id)
            for one in (first, second)
        )
    )
    assert sorted(type(one).__name__ for one in done) == ["Confirmed", "RequestDecided"]
    assert AccessRecord.objects.filter(change=AccessChange.PASSWORD_RESET).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_reset_beside_a_role_that_becomes_grave_is_before_it_or_refused(
    cast: Cast, side_by_side: Callable[..., list[object]]
) -> None:
    """Whoever may reset a clerk alone must not get the password of a leader by being quick."""
    uyen = queries.actor_of(second_administrator(cast))
    request_id = ask_leader(cast, to="binh")
    side_by_side(
        lambda: services.confirm_access(actor=uyen, request_id=request_id),
        lambda: services.reset_password(actor=cast.quang, account_id=cast.account("binh")),
    )
    changes = list(ours().order_by("at").values_list("change", flat=True))
    assert changes in (
        [AccessChange.ROLE_GIVEN],
        [AccessChange.PASSWORD_RESET, AccessChange.ROLE_GIVEN],
    )
