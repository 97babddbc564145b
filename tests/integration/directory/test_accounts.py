"""Log-in accounts, the throttle, the second factor and keys for programs."""

from datetime import datetime, timedelta
from time import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.cast import Cast

from motcua.directory import queries, services
from motcua.directory.errors import (
    ApiTokenInvalid,
    ApiTokenPeriodInvalid,
    LogInFailed,
    LogInLocked,
    PasswordTooWeak,
    SecondFactorAlreadySet,
    SecondFactorWrong,
    TwoPeopleNeeded,
    UsernameInvalid,
    UsernameTaken,
)
from motcua.directory.models import Account, ApiToken
from motcua.directory.queries import Role
from motcua.kernel import clock, throttling
from motcua.kernel.authority import ANONYMOUS, SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.models import JournalEntry, ThrottleCount

pytestmark = pytest.mark.django_db

PASSWORD = "con đường xưa em đi"
HOME, CAFE = "192.0.2.1", "192.0.2.2"
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=clock.LOCAL)


@pytest.fixture
def with_password(cast: Cast) -> Cast:
    """Bình can log in through the page."""
    services.set_password(actor=SYSTEM, account_id=cast.account("binh"), password=PASSWORD)
    return cast


def _try(password: str = PASSWORD, *, username: str = "binh", address: str = HOME) -> Account:
    return services.log_in_attempt(username=username, password=password, address=address)


def test_the_right_password_opens(with_password: Cast) -> None:
    with clock.frozen(NOON):
        account = _try(username=" BINH ")
        assert account.pk == with_password.account("binh")
        assert Account.objects.get(pk=account.pk).last_login == NOON
        assert JournalEntry.objects.filter(name="directory.LoggedIn").count() == 1
        with CaptureQueriesContext(connection) as spent:
            assert queries.actor_for(account) == queries.actor_of(account.pk)
        # One query each: who it is and what they may.
        assert len(spent) == 2


def test_passwords_are_hashed_with_argon2(with_password: Cast) -> None:
    stored = Account.objects.get(pk=with_password.account("binh")).password
    assert stored.startswith("argon2$argon2id")


def test_five_wrong_ones_lock_and_the_lock_grows(with_password: Cast) -> None:
    del with_password
    with clock.frozen(NOON):
        for _ in range(4):
            with pytest.raises(LogInFailed):
                _try("sai")
        with pytest.raises(LogInLocked) as first:
            _try("sai")
        assert first.value.params["seconds"] == 30
        with pytest.raises(LogInLocked):
            _try()
        assert ThrottleCount.objects.get(subject="binh", network=HOME).failures == 5
    with clock.frozen(NOON + timedelta(seconds=31)):
        with pytest.raises(LogInLocked) as second:
            _try("sai")
        assert "1 phút" in second.value.sentence()
    with clock.frozen(NOON + timedelta(seconds=92)):
        assert _try().username == "binh"
        assert ThrottleCount.objects.get(subject="binh", network=HOME).failures == 0


def test_a_lock_holds_for_one_address_only(with_password: Cast) -> None:
    with clock.frozen(NOON):
        for _ in range(5):
            with pytest.raises((LogInFailed, LogInLocked)):
                _try("sai", address=CAFE)
        assert _try(address=HOME).username == "binh"
        with pytest.raises(LogInLocked):
            _try(address=CAFE)
        with pytest.raises(PermissionRefused):
            services.unlock_log_in(actor=with_password.binh, username="binh")
        services.unlock_log_in(actor=with_password.quang, username="binh")
        assert _try(address=CAFE).username == "binh"


def test_a_network_trying_many_names_is_locked_but_not_for_those_at_home_there(with_password: Cast) -> None:
    with clock.frozen(NOON):
        assert _try(address=HOME).username == "binh"
        for network in (HOME, CAFE):
            ThrottleCount.objects.update_or_create(
                scope="log_in", subject="", network=network, defaults={"failures": 199, "last_at": NOON}
            )
            with pytest.raises(LogInFailed):
                _try("sai", username="khong-co-ai", address=network)
        with pytest.raises(LogInLocked):
            _try(address=CAFE)
        assert _try(address=HOME).username == "binh", "an office of many hands is not shut out by one of them"


def test_a_name_tried_from_everywhere_is_locked_but_not_where_it_is_at_home(with_password: Cast) -> None:
    del with_password
    with clock.frozen(NOON):
        assert _try(address=HOME).username == "binh"
        for number in range(50):
            with pytest.raises(LogInFailed):
                _try("sai", address=f"198.51.100.{number}")
        with pytest.raises(LogInLocked):
            _try(address=CAFE)
        assert _try(address=HOME).username == "binh", "nobody locks a leader out of the own office"


def test_a_household_of_addresses_counts_as_one(with_password: Cast) -> None:
    del with_password
    with clock.frozen(NOON):
        for number in range(5):
            with pytest.raises((LogInFailed, LogInLocked)):
                _try("sai", address=f"2001:db8:1:2::{number + 1}")
        with pytest.raises(LogInLocked):
            _try(address="2001:db8:1:2:ffff::9")
        assert _try(address="2001:db8:1:3::1").username == "binh"


def test_old_failures_are_forgotten(with_password: Cast) -> None:
    del with_password
    with clock.frozen(NOON):
        for _ in range(4):
            with pytest.raises(LogInFailed):
                _try("sai")
    with clock.frozen(NOON + timedelta(hours=25)):
        with pytest.raises(LogInFailed):
            _try("sai")
        assert ThrottleCount.objects.get(subject="binh", network=HOME).failures == 1
    with clock.frozen(NOON + timedelta(hours=60)):
        assert throttling.prune() == 3
        assert not ThrottleCount.objects.exists()


def test_closed_accounts_and_unknown_names_look_the_same(with_password: Cast) -> None:
    services.close_account(
        actor=with_password.quang, account_id=with_password.account("binh"), reason="Nghỉ việc"
    )
    services.close_account(
        actor=with_password.quang, account_id=with_password.account("binh"), reason="Lần nữa"
    )
    sentences = set()
    for name in ("binh", "khong-co-ai", "hoa"):
        with pytest.raises(LogInFailed) as refusal:
            _try(username=name)
        sentences.add(refusal.value.sentence())
    assert len(sentences) == 1
    assert with_password.actor("binh") == ANONYMOUS


def test_accounts_are_opened_by_administrators_once(cast: Cast) -> None:
    def open_account(username: str, password: str | None = None) -> None:
        services.open_account(actor=cast.quang, username=username, password=password, party_id=cast.hoa_party)

    with pytest.raises(UsernameTaken):
        open_account("HOA")
    with pytest.raises(UsernameInvalid):
        open_account("hoa ngoan")
    with pytest.raises(PasswordTooWeak) as refusal:
        open_account("hoa2", "12345")
    assert "14" in refusal.value.sentence()
    with pytest.raises(PasswordTooWeak):
        open_account("hoa2", "mười-ba-ký-tự")
    with pytest.raises(PermissionRefused):
        services.open_account(actor=cast.binh, username="hoa3", password=None, party_id=cast.hoa_party)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.open_account(actor=SYSTEM, username="khong-ai", password=None)


def test_passwords_and_language_are_ones_own(cast: Cast) -> None:
    services.set_password(actor=SYSTEM, account_id=cast.account("hoa"), password=PASSWORD)
    for stranger in (cast.hoa, cast.quang):
        with pytest.raises(PermissionRefused):
            services.set_password(actor=stranger, account_id=cast.account("binh"), password=PASSWORD)
    services.choose_language(actor=cast.hoa, language="en")
    view = queries.account(cast.account("hoa"))
    assert view is not None
    assert (view.language, view.name) == ("en", "Nguyễn Thị Hoa")
    with pytest.raises(OutOfScope):
        services.choose_language(actor=ANONYMOUS, language="en")


def _code(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time()
    return f"{totp.token():06d}"


def test_the_switch_of_a_role_asks_for_a_device(cast: Cast) -> None:
    dung = Account.objects.get(pk=cast.account("dung"))
    assert not queries.needs_second_factor(dung)
    with pytest.raises(PermissionRefused):
        services.require_second_factor(actor=cast.dung, role=Role.LEADER, is_required=True)
    services.require_second_factor(actor=cast.quang, role=Role.LEADER, is_required=True)
    assert queries.needs_second_factor(dung)
    assert not queries.needs_second_factor(Account.objects.get(pk=cast.account("hoa")))


def test_a_device_is_confirmed_then_asked_for(cast: Cast) -> None:
    account_id = cast.account("dung")
    for name in ("dung", "em"):
        services.set_password(actor=SYSTEM, account_id=cast.account(name), password=PASSWORD)
    device_id, address = services.begin_totp_device(account_id=account_id)
    assert address.startswith("otpauth://totp/")
    device = TOTPDevice.objects.get(pk=device_id)
    with pytest.raises(SecondFactorWrong):
        services.verify_second_factor(account_id=account_id, token=_code(device), address=HOME)
    with pytest.raises(SecondFactorWrong):
        services.confirm_totp_device(
            account_id=account_id, device_id=device_id, token="abc", password=PASSWORD, address=HOME
        )
    with pytest.raises(OutOfScope):
        services.confirm_totp_device(
            account_id=cast.account("em"),
            device_id=device_id,
            token=_code(device),
            password=PASSWORD,
            address=HOME,
        )
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    services.confirm_totp_device(
        account_id=account_id, device_id=device_id, token=_code(device), password=PASSWORD, address=HOME
    )
    assert queries.has_second_factor(account_id)
    with pytest.raises(SecondFactorAlreadySet):
        services.begin_totp_device(account_id=account_id)
    # The same code is not taken twice.
    with pytest.raises(SecondFactorWrong):
        services.verify_second_factor(account_id=account_id, token=_code(device), address=HOME)
    with pytest.raises(LogInLocked):
        services.verify_second_factor(account_id=account_id, token="000000", address=HOME)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None, last_t=-1)
    assert (
        services.verify_second_factor(account_id=account_id, token=_code(device), address=HOME).pk
        == device_id
    )
    with pytest.raises(PermissionRefused):
        services.remove_second_factor(actor=cast.dung, account_id=account_id)
    with pytest.raises(TwoPeopleNeeded):
        services.remove_second_factor(actor=cast.quang, account_id=account_id)
    assert queries.has_second_factor(account_id)
    services.remove_second_factor(actor=SYSTEM, account_id=account_id)
    assert not queries.has_second_factor(account_id)


def test_a_key_acts_for_its_account_within_its_permissions(cast: Cast) -> None:
    view, secret = services.issue_api_token(
        actor=cast.quang,
        account_id=cast.account("binh"),
        name="Kiosk",
        life=timedelta(days=30),
        permissions=["dossier.receive"],
    )
    actor = services.use_api_token(secret=secret)
    assert actor.account_id == cast.account("binh")
    assert set(actor.grants) == {"dossier.receive"}
    kept = ApiToken.objects.get(pk=view.id)
    assert secret not in (kept.digest, kept.name)
    assert kept.last_used_at is not None
    assert [one.id for one in queries.api_tokens(actor=cast.binh, account_id=cast.account("binh"))] == [
        view.id
    ]
    with pytest.raises(PermissionRefused):
        queries.api_tokens(actor=cast.hoa, account_id=cast.account("binh"))


def test_keys_end(cast: Cast) -> None:
    def issue() -> tuple[queries.ApiTokenView, str]:
        return services.issue_api_token(
            actor=cast.quang, account_id=cast.account("binh"), name="Kiosk", life=timedelta(days=1)
        )

    view, secret = issue()
    with pytest.raises(PermissionRefused):
        services.revoke_api_token(actor=cast.hoa, token_id=view.id)
    services.revoke_api_token(actor=cast.binh, token_id=view.id)
    with pytest.raises(ApiTokenInvalid):
        services.use_api_token(secret=secret)
    _, other = issue()
    with clock.frozen(clock.now() + timedelta(days=1, seconds=1)), pytest.raises(ApiTokenInvalid):
        services.use_api_token(secret=other)
    services.close_account(actor=cast.quang, account_id=cast.account("binh"), reason="Nghỉ việc")
    for wrong in (other, "", "motcua_x"):
        with pytest.raises(ApiTokenInvalid):
            services.use_api_token(secret=wrong)
    with pytest.raises(ApiTokenPeriodInvalid):
        services.issue_api_token(
            actor=cast.quang, account_id=cast.account("hoa"), name="x", life=timedelta(days=1000)
        )
    with pytest.raises(PermissionRefused):
        services.issue_api_token(
            actor=cast.binh, account_id=cast.account("binh"), name="x", life=timedelta(days=1)
        )
