"""National log-in: the client against the simulated provider, which can misbehave, and against one of other makers."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import oidc_provider_mock
import pytest
import requests

from motcua.directory.adapters.identity.openid import Client, OpenIdProvider
from motcua.directory.adapters.identity.protocol import Asked, Identity
from motcua.directory.errors import (
    IdentityLevelLow,
    IdentityRefused,
    IdentityUnreachable,
    IdentityUntrue,
)
from motcua.directory.words import PartyKind, Sex
from motcua.kernel.errors import DomainError
from simulators.identity.server import IdentityServer
from simulators.identity.tokens import FAULTS

BACK = "http://localhost/dang-nhap/dinh-danh/ve/"
SECRET = "a secret of this test alone"


@pytest.fixture
def server() -> Iterator[IdentityServer]:
    with IdentityServer(
        client_secret=SECRET, redirect_uris=(BACK,), log_out_uris=("http://localhost/",)
    ) as running:
        yield running


def client_of(server: IdentityServer) -> Client:
    return Client(server.url, "motcua", SECRET, BACK, time.time, timeout=2)


def answered(asked: Asked, person: str = "la") -> dict[str, str]:
    """What the browser brings back once the person has chosen."""
    with requests.Session() as browser:
        page = browser.get(asked.address, timeout=5)
        assert page.status_code == 200, page.text
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page.text.replace("&amp;", "&")))
        gone = browser.post(page.url, {**fields, "person": person}, allow_redirects=False, timeout=5)
    return dict(parse_qsl(urlsplit(gone.headers["Location"]).query))


def logged_in(server: IdentityServer, person: str = "la", *, level: int = 1, mode: str = "") -> Identity:
    provider = OpenIdProvider(client_of(server))
    asked = provider.begin(level=level)
    answer = answered(asked, person)
    server.provider.mode = mode
    return provider.finish(answer=answer, kept=asked.kept)


def test_who_proved_who_they_are_comes_with_what_is_said_of_them(server: IdentityServer) -> None:
    found = logged_in(server)
    assert replace(found, proof="", session_id="", signed_subject="") == Identity(
        issuer=server.url,
        subject="T-0002",
        level=1,
        kind=PartyKind.PERSON,
        full_name="Lò Thị Lả",
        personal_number="011188000456",
        birth_on="1988-06-05",
        sex=Sex.FEMALE,
        address="Bản Nà Tấu",
        phone="0987654321",
        email="la@example.vn",
    )
    assert found.session_id
    assert found.proof
    company = logged_in(server, "binhminh")
    assert (company.kind, company.full_name, company.tax_code, company.personal_number) == (
        PartyKind.ORGANISATION,
        "Công ty TNHH Bình Minh",
        "0100109106",
        "",
    )


def test_a_level_is_asked_for_and_never_taken_for_granted(server: IdentityServer) -> None:
    assert logged_in(server, "la", level=2).level == 2
    with pytest.raises(IdentityLevelLow, match="mức 2"):
        logged_in(server, "vu", level=2)


UNBELIEVED = dict.fromkeys(FAULTS, IdentityUntrue) | {"level": IdentityLevelLow}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_must_not_be_believed_is_not(server: IdentityServer, fault: str) -> None:
    with pytest.raises(UNBELIEVED[fault]):
        logged_in(server, mode=fault)


@pytest.mark.parametrize("mode", ["down", "slow"])
def test_silence_lets_nobody_in(server: IdentityServer, mode: str) -> None:
    with pytest.raises(IdentityUnreachable):
        logged_in(server, mode=mode)


def test_one_wait_for_a_silent_provider_is_enough_for_all(
    server: IdentityServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, calls, get = OpenIdProvider(client_of(server)), list[str](), requests.Session.get

    def counted(session: requests.Session, address: str, **options: object) -> requests.Response:
        calls.append(address)
        return get(session, address, **options)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(requests.Session, "get", counted)
    server.provider.mode = "down"
    for _ in range(5):
        with pytest.raises(IdentityUnreachable):
            provider.begin(level=1)
    assert len(calls) == 1


def test_a_provider_that_is_not_there() -> None:
    with pytest.raises(IdentityUnreachable):
        OpenIdProvider(Client("http://127.0.0.1:9", "motcua", SECRET, BACK, time.time, timeout=1)).begin(
            level=1
        )


def test_somebody_who_says_no_is_told_so(server: IdentityServer) -> None:
    with pytest.raises(IdentityRefused) as refused:
        logged_in(server, "nobody")
    assert "huỷ" in str(refused.value.params["reason"])


def test_answers_are_for_one_browser_one_log_in_and_one_provider(server: IdentityServer) -> None:
    provider = OpenIdProvider(client_of(server))
    asked, other = provider.begin(level=1), provider.begin(level=1)
    answer = answered(asked)
    for kept, spoiled in (
        (other.kept, answer),  # log-in CSRF: the answer to somebody else's question
        (asked.kept, {**answer, "state": ""}),
        (asked.kept, {name: value for name, value in answer.items() if name != "state"}),
        (asked.kept, {**answer, "iss": "https://elsewhere.example.vn"}),
        ({**asked.kept, "issuer": "https://elsewhere.example.vn"}, answer),
        (asked.kept, {name: value for name, value in answer.items() if name != "code"}),
    ):
        with pytest.raises(IdentityUntrue):
            provider.finish(answer=spoiled, kept=kept)
    with pytest.raises(IdentityRefused):  # a code stolen from another browser: its verifier is missing
        provider.finish(answer=answer, kept={**asked.kept, "verifier": other.kept["verifier"]})
    provider.finish(answer=answer, kept=asked.kept)
    with pytest.raises(IdentityRefused) as replayed:
        provider.finish(answer=answer, kept=asked.kept)
    assert "đã được dùng" in str(replayed.value.params["reason"])


def test_the_provider_refuses_whom_it_does_not_know(server: IdentityServer) -> None:
    stranger = OpenIdProvider(replace(client_of(server), client_secret="wrong"))
    asked = stranger.begin(level=1)
    with pytest.raises(IdentityRefused):
        stranger.finish(answer=answered(asked), kept=asked.kept)
    elsewhere = OpenIdProvider(replace(client_of(server), redirect_uri="https://evil.example.vn/"))
    assert requests.get(elsewhere.begin(level=1).address, timeout=5).status_code == 400


def test_keys_may_change_while_people_log_in(server: IdentityServer) -> None:
    provider = OpenIdProvider(replace(client_of(server), rest=0.0))
    for _ in range(2):
        asked = provider.begin(level=1)
        assert provider.finish(answer=answered(asked), kept=asked.kept).subject == "T-0002"
        server.provider.signer.rotate()


def test_strangers_do_not_make_us_ask_for_keys_again_and_again(
    server: IdentityServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, fetched = OpenIdProvider(client_of(server)), list[str]()
    fetch = provider._fetched

    def counted(address: str, *, bearer: str = "") -> dict[str, object]:
        fetched.append(address.rpartition("/")[2])
        return fetch(address, bearer=bearer)

    monkeypatch.setattr(provider, "_fetched", counted)
    for n in range(20):
        with pytest.raises(IdentityUntrue):
            provider.ended(f"{server.provider.log_out_token('la')[:-4]}AA{n:02d}")
    assert fetched.count("jwks") == 1


def test_log_outs_are_told_and_proved(server: IdentityServer) -> None:
    provider = OpenIdProvider(client_of(server))
    ended = provider.ended(server.provider.log_out_token("la", session="abc"))
    assert (ended.subject, ended.session_id) == ("s-la", "abc")
    assert ended.token_id
    asked = provider.begin(level=1)
    identity = provider.finish(answer=answered(asked), kept=asked.kept)
    for token in (identity.proof, "", "a.b.c", server.provider.log_out_token("la")[:-4] + "AAAA"):
        with pytest.raises(IdentityUntrue):
            provider.ended(token)
    address = provider.log_out_address(identity.proof, back_to="http://localhost/")
    gone = requests.get(address, allow_redirects=False, timeout=5)
    assert gone.headers["Location"] == "http://localhost/"


@pytest.mark.parametrize(
    "published",
    [
        {"issuer": "https://elsewhere.example.vn"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_says_it_is_another_is_left(
    server: IdentityServer, monkeypatch: pytest.MonkeyPatch, published: dict[str, str | None]
) -> None:
    told = {**server.provider.metadata, **published}
    monkeypatch.setattr(type(server.provider), "metadata", property(lambda _: told))
    with pytest.raises(IdentityUntrue):
        OpenIdProvider(client_of(server)).begin(level=1)


def test_the_same_client_logs_in_at_a_provider_of_other_makers() -> None:
    """An independent server knows nothing of levels or national claims: the standard ones are read, level 0 is asked for."""
    claims: dict[str, object] = {"name": "Lò Thị Lả", "birthdate": "1988-06-05", "phone_number": "0987654321"}
    user = oidc_provider_mock.User(sub="la", claims=claims)
    with oidc_provider_mock.run_server_in_thread(user_claims=[user]) as other:
        client = Client(
            f"http://localhost:{other.server_port}",
            "motcua",
            SECRET,
            BACK,
            time.time,
            "openid profile",
            timeout=5,
        )
        provider = OpenIdProvider(client)
        asked = provider.begin(level=0)
        gone = requests.post(asked.address, {"sub": "la"}, allow_redirects=False, timeout=5)
        answer = dict(parse_qsl(urlsplit(gone.headers["Location"]).query))
        found = provider.finish(answer=answer, kept=asked.kept)
        assert (found.subject, found.full_name, found.birth_on, found.level) == (
            "la",
            "Lò Thị Lả",
            "1988-06-05",
            0,
        )
        strict = provider.begin(level=1)
        gone = requests.post(strict.address, {"sub": "la"}, allow_redirects=False, timeout=5)
        refused: type[DomainError] = IdentityLevelLow
        with pytest.raises(refused):
            provider.finish(
                answer=dict(parse_qsl(urlsplit(gone.headers["Location"]).query)), kept=strict.kept
            )
