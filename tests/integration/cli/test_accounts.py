"""`motcua accounts`: the operator makes the first administrator and helps where no second one can; all of it is journaled."""

import re

import pytest
from click.testing import CliRunner, Result
from tests.cast import Cast

from motcua import cli
from motcua.cli import accounts
from motcua.directory import queries, services
from motcua.directory.errors import LogInFailed
from motcua.directory.models import AccessRecord, Account
from motcua.directory.queries import AccessChange, Role
from motcua.kernel import clock

pytestmark = pytest.mark.django_db
HOME = "192.0.2.7"


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests are in Django already; what the command does starts after that."""
    monkeypatch.setattr(cli, "django_ready", lambda *_args, **_more: None)


def accounts_command(*words: str) -> Result:
    return CliRunner().invoke(accounts.command, words)


def printed_password(done: Result) -> str:
    found = re.fullmatch(r"\S+: (\S+) \(for one log-in\)\n", done.output)
    assert found is not None, done.output
    return found[1]


def test_the_first_administrator_is_made_and_must_change_the_password(cast: Cast) -> None:
    agency = queries.agency(cast.centre).code
    done = accounts_command(
        *("add-administrator", "quantri", "--name", "Lê Thị Quản", "--number", "MS-0777"),
        *("--email", "quantri@example.com", "--agency", agency, "--ground", "QĐ 1/QĐ-UBND"),
    )
    assert done.exit_code == 0, done.output
    logged_in = services.log_in_attempt(username="quantri", password=printed_password(done), address=HOME)
    assert logged_in.must_change_password
    account_id = queries.account_named("quantri")
    assert account_id is not None
    assert queries.actor_of(account_id).may("directory.manage")
    record = AccessRecord.objects.filter(change=AccessChange.ROLE_GIVEN).latest("at")
    assert (record.ground, record.by_account_id) == ("QĐ 1/QĐ-UBND", None)


def test_a_refusal_leaves_nothing_half_done(cast: Cast) -> None:
    agency = queries.agency(cast.centre).code
    done = accounts_command(
        *("add-administrator", "binh", "--name", "Lê Thị Quản", "--number", "MS-0778"),
        *("--agency", agency, "--ground", "x"),
    )
    assert done.exit_code == 1
    assert "đã có người dùng" in done.output
    assert not queries.find_people(actor=cast.quang, text="MS-0778")
    nowhere = accounts_command(
        *("add-administrator", "other", "--name", "A B", "--number", "MS-0779"),
        *("--agency", "H00.00", "--ground", "x"),
    )
    assert (nowhere.exit_code, "no agency H00.00" in nowhere.output) == (1, True)
    assert accounts_command("add-administrator", "other", "--name", "A").exit_code == 2, "a ground is asked"


def test_a_role_that_takes_two_is_given_by_the_operator(cast: Cast) -> None:
    code = queries.agency(cast.an_binh).code
    assert not cast.binh.may("dossier.sign")
    done = accounts_command("give-role", "binh", "leader", code, "--ground", "QĐ 2")
    assert (done.exit_code, done.output) == (0, f"binh: leader in {code}\n")
    assert cast.actor("binh").may("dossier.sign", cast.an_binh)
    record = AccessRecord.objects.filter(change=AccessChange.ROLE_GIVEN).latest("at")
    assert f"{Role.LEADER}@{code}" in record.after
    unknown = accounts_command("give-role", "binh", "king", code, "--ground", "x")
    assert (unknown.exit_code, "roles are:" in unknown.output) == (2, True)
    citizen = accounts_command("give-role", "hoa", "leader", code, "--ground", "x")
    assert (citizen.exit_code, "not of somebody in service" in citizen.output) == (1, True)


def test_a_leader_gets_a_new_password_and_loses_a_lost_device(cast: Cast) -> None:
    Account.objects.filter(pk=cast.account("dung")).update(last_login=clock.now())
    done = accounts_command("reset-password", "dung", "--ground", "Quên mật khẩu")
    password = printed_password(done)
    assert services.log_in_attempt(username="dung", password=password, address=HOME).must_change_password
    services.begin_totp_device(account_id=cast.account("dung"))
    gone = accounts_command("remove-second-factor", "dung", "--ground", "Mất điện thoại")
    assert (gone.exit_code, gone.output) == (0, "dung: no second factor\n")
    assert not queries.has_second_factor(cast.account("dung"))
    grounds = set(AccessRecord.objects.values_list("ground", flat=True))
    assert "Quên mật khẩu" in grounds


def test_nobody_of_that_name_is_said(cast: Cast) -> None:
    for words in (("reset-password", "ai"), ("remove-second-factor", "ai")):
        done = accounts_command(*words, "--ground", "x")
        assert (done.exit_code, "no open account ai" in done.output) == (1, True)
    with pytest.raises(LogInFailed):
        services.log_in_attempt(username="ai", password="x", address=HOME)
