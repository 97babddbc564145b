"""Logging in with an electronic identity: found, registered, compared by a clerk, ended; nobody comes in who should not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.contract.directory.test_identity import answered
from tests.factories.dossiers import in_work

from motcua.directory import queries, services
from motcua.directory.adapters.identity.protocol import Asked
from motcua.directory.errors import AccountShut, IdentityConflictDecided, IdentityDiffers
from motcua.directory.models import Account, IdentityConflict, LinkedIdentity, Party, ProviderSession
from motcua.directory.queries import ConflictOutcome
from motcua.dossiers import services as dossiers
from motcua.kernel.errors import PermissionRefused
from simulators.identity.people import PEOPLE
from simulators.identity.server import IdentityServer

pytestmark = pytest.mark.django_db
SECRET = "a secret of this test alone"


@pytest.fixture
def provider(settings: Any) -> Iterator[IdentityServer]:
    settings.BASE_URL = "http://testserver"
    back = "http://testserver/dang-nhap/dinh-danh/ve/"
    with IdentityServer(
        client_secret=SECRET, redirect_uris=(back,), log_out_uris=("http://testserver/",)
    ) as server:
        settings.MOTCUA_IDENTITY_ISSUER = server.url
        settings.MOTCUA_IDENTITY_CLIENT_SECRET = SECRET
        yield server


def away(client: Client, next_url: str = "/cua-toi/") -> Asked:
    gone = client.get(reverse("login:identity"), {"next": next_url})
    assert gone.status_code == 302
    return Asked(gone.headers["Location"], {})


def log_in(client: Client, person: str = "la", next_url: str = "/cua-toi/") -> Any:
    return client.get(reverse("login:identity_back"), answered(away(client, next_url), person))


def who(client: Client) -> str | None:
    account_id = client.session.get("_auth_user_id")
    party = Account.objects.get(pk=account_id).party if account_id else None
    return party.full_name if party else None


def test_a_person_nobody_knew_comes_in_and_goes_on_where_they_were(
    provider: IdentityServer, client: Client
) -> None:
    page = client.get(reverse("login:log_in"), {"next": "/thu-tuc/1.001193/"}).content.decode()
    assert f"{reverse('login:identity')}?next=%2Fthu-tuc%2F1.001193%2F" in page
    back = log_in(client, "la", "/thu-tuc/1.001193/")
    assert (back.status_code, back.headers["Location"]) == (302, "/thu-tuc/1.001193/")
    assert who(client) == "Lò Thị Lả"
    party = queries.party(Account.objects.get(pk=client.session["_auth_user_id"]).party_id)  # type: ignore[arg-type]  # an account of a party
    assert (party.personal_number, party.phone, str(party.born)) == (
        "011188000456",
        "0987654321",
        "1988-06-05",
    )
    page = client.get(reverse("login:account")).content.decode()
    assert provider.url in page
    assert "Mật khẩu hiện tại" not in page
    again = Client()
    log_in(again)
    assert again.session["_auth_user_id"] == client.session["_auth_user_id"]
    assert LinkedIdentity.objects.count() == 1


def test_somebody_known_by_number_opens_their_own_account(
    provider: IdentityServer, cast: Cast, client: Client
) -> None:
    before = Party.objects.count()
    log_in(client, "hoa")
    assert client.session["_auth_user_id"] == str(cast.account("hoa"))
    assert Party.objects.count() == before
    page = client.get(reverse("login:account")).content.decode()
    assert "Gắn tài khoản định danh điện tử" in page


def test_an_enterprise_logs_in_by_its_number(provider: IdentityServer, client: Client) -> None:
    log_in(client, "binhminh")
    assert who(client) == "Công ty TNHH Bình Minh"


def test_another_name_for_one_number_is_compared_by_a_clerk(
    provider: IdentityServer, cast: Cast, client: Client
) -> None:
    recorded = services.register_person(
        actor=cast.system, full_name="Lò Thị Là", personal_number="011188000456"
    )
    refused = log_in(client)
    assert refused.status_code == 409
    assert "họ tên" in refused.content.decode().casefold()
    assert who(client) is None
    log_in(client)
    conflict = IdentityConflict.objects.get()
    assert str(conflict.pk.hex[-8:].upper()) in refused.content.decode()
    assert (conflict.party_id, Account.objects.filter(party_id=recorded).count()) == (recorded, 0)
    with pytest.raises(PermissionRefused):
        dossiers.decide_identity_conflict(
            actor=cast.binh, conflict_id=conflict.pk, outcome=ConflictOutcome.SAME, ground="Thẻ"
        )
    clerk = Client()
    cast.login(clerk, "hanh")
    page = clerk.get(reverse("counter:people")).content.decode()
    assert reverse("counter:identities") in page
    at = reverse("counter:identity", args=[conflict.pk])
    kept = clerk.post(at, {"outcome": "same", "ground": ""})
    assert kept.status_code == 422
    assert "checked" in kept.content.decode()
    done = clerk.post(at, {"outcome": "same", "ground": "Thẻ căn cước"}, follow=True)
    assert "Không có gì cần đối chiếu" in done.content.decode()
    with pytest.raises(IdentityConflictDecided):
        services.decide_identity_conflict(
            actor=cast.hanh, conflict_id=conflict.pk, outcome=ConflictOutcome.OTHER, ground="Thẻ"
        )
    log_in(client)
    assert who(client) == "Lò Thị Là"


def test_somebody_else_with_that_number_gets_a_record_of_their_own(
    provider: IdentityServer, cast: Cast, client: Client
) -> None:
    services.register_person(actor=cast.system, full_name="Vàng Thị Mỷ", personal_number="011188000456")
    assert log_in(client).status_code == 409
    conflict = IdentityConflict.objects.get()
    services.decide_identity_conflict(
        actor=cast.hanh, conflict_id=conflict.pk, outcome=ConflictOutcome.OTHER, ground="Thẻ căn cước"
    )
    log_in(client)
    assert who(client) == "Lò Thị Lả"
    assert queries.person_with("011188000456") == conflict.party_id


def test_what_is_compared_is_for_those_who_work_on_the_persons_matters(
    provider: IdentityServer, cast: Cast, client: Client
) -> None:
    in_work(cast)  # of Hoa, in An Bình
    services.correct_person(actor=cast.system, party_id=cast.hoa_party, full_name="Vàng Thị Mỷ", reason="Thẻ")
    assert log_in(client, "hoa").status_code == 409
    conflict = IdentityConflict.objects.get()
    services.assign_role(
        actor=cast.system,
        staff_id=queries.account(cast.account("giang")).staff_id,  # type: ignore[union-attr,arg-type]  # an officer
        agency_id=cast.yen_hoa,
        role=queries.Role.HEAD_ONE_STOP,
    )
    clerk = Client()
    cast.login(clerk, "giang")
    page = clerk.get(reverse("counter:identities")).content.decode()
    assert conflict.pk.hex[-8:].upper() not in page
    at = reverse("counter:identity", args=[conflict.pk])
    assert clerk.post(at, {"outcome": "same", "ground": "Thẻ"}).status_code == 404
    cast.login(clerk, "hanh")
    assert conflict.pk.hex[-8:].upper() in clerk.get(reverse("counter:identities")).content.decode()


def test_a_name_and_a_birthday_without_a_number_open_nobodys_record(
    provider: IdentityServer, cast: Cast, client: Client
) -> None:
    """The standard claims alone, and old numbers nobody compared, are no proof of being somebody who is here already."""
    theirs = services.register_person(
        actor=cast.system, full_name="Lo Thi La", birth_on=date(1988, 6, 5), phone="0987654321"
    )
    numbered = services.register_person(
        actor=cast.system,
        full_name="Lò Thị Lả",
        personal_number="011188000777",
        birth_on=date(1988, 6, 5),
        phone="0987654321",
    )
    claims = PEOPLE["la"].claims
    kept = dict(claims)
    try:
        del claims["SoDinhDanh"]
        log_in(client)
    finally:
        claims.update(kept)
    party_id = Account.objects.get(pk=client.session["_auth_user_id"]).party_id
    assert party_id not in {theirs, numbered}


def test_a_number_written_in_groups_is_the_same_number(
    provider: IdentityServer, cast: Cast, client: Client
) -> None:
    recorded = services.register_person(
        actor=cast.system, full_name="Lò Thị Là", personal_number="011188000456"
    )
    claims = PEOPLE["la"].claims
    kept = dict(claims)
    try:
        claims["SoDinhDanh"] = "011 188 000 456"
        assert log_in(client).status_code == 409
    finally:
        claims.update(kept)
    assert IdentityConflict.objects.get().party_id == recorded


def test_answers_of_other_browsers_and_other_times_open_nothing(
    provider: IdentityServer, client: Client
) -> None:
    back = reverse("login:identity_back")
    thief = Client()
    answer = answered(away(client))
    assert thief.get(back, answer).status_code == 422  # nothing was asked with this browser
    away(thief)
    assert thief.get(back, answer).status_code == 422  # log-in CSRF
    assert client.get(back, answer).status_code == 302
    assert client.get(back, answer).status_code == 422  # a second time
    assert who(thief) is None


@pytest.mark.parametrize("mode", ["nonce", "none", "audience", "userinfo", "level", "down"])
def test_what_is_not_believed_lets_nobody_in(provider: IdentityServer, client: Client, mode: str) -> None:
    answer = answered(away(client))
    provider.provider.mode = mode
    refused = client.get(reverse("login:identity_back"), answer)
    assert refused.status_code in {403, 422, 503}
    assert "Đăng nhập lại" in refused.content.decode()
    assert who(client) is None
    assert not LinkedIdentity.objects.exists()


@pytest.mark.parametrize(
    "place", ["https://evil.example.vn/", "//evil.example.vn", "javascript:alert(1)", "/\\evil.vn"]
)
def test_nobody_is_sent_elsewhere(provider: IdentityServer, client: Client, place: str) -> None:
    assert log_in(client, "la", place).headers["Location"] == "/bat-dau/"


def test_logging_out_there_ends_the_session_here(provider: IdentityServer, client: Client) -> None:
    log_in(client)
    other = Client()
    log_in(other, "vu")
    ended = reverse("login:identity_ended")
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(ended, {"logout_token": "forged"}).status_code == 400
    assert stranger.get(ended).status_code == 405
    assert Session.objects.count() == 2
    token = provider.provider.log_out_token("la")
    assert stranger.post(ended, {"logout_token": token}).status_code == 204
    assert list(ProviderSession.objects.values_list("subject", flat=True)) == ["s-vu"]
    assert client.get(reverse("login:account")).status_code == 302
    assert other.get(reverse("login:account")).status_code == 200
    gone = other.post(reverse("login:log_out")).content.decode()
    assert f"{provider.url}/oidc/logout?id_token_hint=" in gone


def test_a_closed_account_stays_closed(provider: IdentityServer, cast: Cast, client: Client) -> None:
    log_in(client, "hoa")
    services.close_account(actor=cast.system, account_id=cast.account("hoa"), reason="Theo đề nghị")
    again = Client()
    assert log_in(again, "hoa").status_code == 403
    assert who(again) is None
    asked = services.begin_identity()
    with pytest.raises(AccountShut):
        services.finish_identity(answer=answered(asked, "hoa"), kept=asked.kept, address="192.0.2.1")


def test_without_a_provider_nothing_is_offered(client: Client) -> None:
    assert reverse("login:identity") not in client.get(reverse("login:log_in")).content.decode()
    for name in ("login:identity", "login:identity_back"):
        assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse("login:identity_ended")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_first_log_ins_at_once_make_one_person(provider: IdentityServer) -> None:
    gate = Barrier(2)

    def come() -> str:
        try:
            asked = services.begin_identity()
            answer = answered(asked)
            gate.wait(20)
            proved = services.finish_identity(answer=answer, kept=asked.kept, address="192.0.2.1")
            return str(proved.account.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = (future.result() for future in [pool.submit(come), pool.submit(come)])
    assert first == second
    assert Party.objects.filter(full_name="Lò Thị Lả").count() == 1


def test_the_address_comes_back_whole(provider: IdentityServer, client: Client) -> None:
    asked = dict(parse_qsl(urlsplit(away(client).address).query))
    assert asked["redirect_uri"] == "http://testserver/dang-nhap/dinh-danh/ve/"
    assert (asked["acr_values"], asked["code_challenge_method"], asked["scope"]) == ("LoA1", "S256", "openid")
    assert IdentityDiffers(reference="X").kind.value == 409
