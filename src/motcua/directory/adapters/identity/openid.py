"""The real client: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), discovery, back-channel and RP-initiated
log-out. OAuth is spoken by Authlib, tokens are judged by joserfc.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from motcua.directory.adapters.identity.claims import identity_of
from motcua.directory.adapters.identity.protocol import Asked, Ended, Identity
from motcua.directory.errors import IdentityLevelLow, IdentityRefused, IdentityUnreachable, IdentityUntrue
from motcua.kernel.outside import outside

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

#: What a token or a document of the provider says, by name.
Claims = dict[str, object]
#: Signatures of a key that the provider alone holds; `none` and those made with our own secret are no proof.
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_LEEWAY = 60
_OLDEST_TOKEN = 600
_KEPT_FOR = 3600.0
_LARGEST_ANSWER = 256 << 10
_LOGGED_OUT = "http://schemas.openid.net/event/backchannel-logout"
_NAMED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Client:
    """What the provider knows this installation by. The national portal gives everything for the scope `openid`.

    `timeout` in seconds for each call; `now` gives seconds since 1970; `rest`: a provider that did not answer
    is asked again no sooner, and strangers who send tokens of keys nobody has make us ask for its keys no more often.
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    now: Callable[[], float]
    scope: str = "openid"
    timeout: float = 5.0
    rest: float = 10.0


class OpenIdProvider:
    """One provider. What it published of itself is kept for an hour; an unknown key is looked for at once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._published: tuple[float, Claims] | None = None
        self._keys: KeySet | None = None
        self._keys_at = 0.0
        self._silent_since: float | None = None

    def begin(self, *, level: int) -> Asked:
        outside("the provider of identities")
        nonce, verifier = token_urlsafe(32), token_urlsafe(48)
        more = {"acr_values": f"LoA{level}"} if level else {}
        with self._session() as session:
            address, state = session.create_authorization_url(
                self._metadata()["authorization_endpoint"], nonce=nonce, code_verifier=verifier, **more
            )
        kept = {
            "issuer": self._client.issuer,
            "state": state,
            "nonce": nonce,
            "verifier": verifier,
            "level": str(level),
        }
        return Asked(address, kept)

    def finish(self, *, answer: Mapping[str, str], kept: Mapping[str, str]) -> Identity:
        outside("the provider of identities")
        # RFC 9207 and RFC 9700 §4.4: an answer of one provider is never taken to another.
        if (
            kept.get("issuer") != self._client.issuer
            or answer.get("iss", self._client.issuer) != self._client.issuer
        ):
            raise IdentityUntrue(why="nơi trả lời khác nơi được hỏi")
        if not answer.get("state") or answer["state"] != kept.get("state"):
            raise IdentityUntrue(why="không phải câu trả lời cho lần đăng nhập này")
        if "error" in answer:
            raise IdentityRefused(reason=answer.get("error_description") or answer["error"])
        if not answer.get("code"):
            raise IdentityUntrue(why="thiếu mã xác thực")
        metadata = self._metadata()
        token = self._token(metadata, answer["code"], kept["verifier"])
        proof = token.get("id_token")
        if not isinstance(proof, str):
            raise IdentityUntrue(why="thiếu thẻ định danh")
        claims = self._judged(proof, nonce=kept["nonce"])
        claims = {**self._user_info(metadata, token, str(claims["sub"])), **claims}
        identity = identity_of(claims, issuer=self._client.issuer, proof=proof)
        if identity.level < int(kept["level"]):
            raise IdentityLevelLow(wanted=kept["level"], level=identity.level)
        return identity

    def ended(self, token: str) -> Ended:
        """OpenID Connect Back-Channel Logout 1.0 §2.6."""
        outside("the provider of identities")
        claims = self._decoded(token)
        events = claims.get("events")
        named = claims.get("sub") or claims.get("sid")
        if (
            not isinstance(events, dict)
            or _LOGGED_OUT not in events
            or "nonce" in claims
            or not named
            or not claims.get("jti")
        ):
            raise IdentityUntrue(why="không phải thẻ đăng xuất")
        return Ended(
            self._client.issuer,
            str(claims.get("sub") or ""),
            str(claims.get("sid") or ""),
            str(claims["jti"]),
        )

    def log_out_address(self, proof: str, *, back_to: str) -> str:
        """OpenID Connect RP-Initiated Logout 1.0; empty where the provider offers none."""
        end = str(self._metadata().get("end_session_endpoint") or "")
        asked = {
            "id_token_hint": proof,
            "post_logout_redirect_uri": back_to,
            "client_id": self._client.client_id,
        }
        return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}" if end else ""

    def _session(self) -> "OAuth2Session":
        # Half a second of imports that a process which never sends anybody to a provider does without.
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self._client.client_id,
            self._client.client_secret,
            scope=self._client.scope,
            redirect_uri=self._client.redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method
            default_timeout=self._client.timeout,
        )

    def _token(self, metadata: Mapping[str, object], code: str, verifier: str) -> Claims:
        from authlib.integrations.base_client.errors import OAuthError

        self._check_silence()
        with self._session() as session:
            session.trust_env = False
            try:
                answer = session.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                )
            except OAuthError as refusal:
                raise IdentityRefused(reason=str(refusal.description or refusal.error)) from refusal
            except (requests.RequestException, ValueError) as trouble:
                self._silent_since = time.monotonic()
                raise IdentityUnreachable from trouble
        return dict(answer)

    def _user_info(self, metadata: Mapping[str, object], token: Mapping[str, object], subject: str) -> Claims:
        address = metadata.get("userinfo_endpoint")
        if not address:
            return {}
        said = self._fetched(str(address), bearer=str(token.get("access_token") or ""))
        # OpenID Connect Core 5.3.2: what is said of somebody else is not used.
        if str(said.get("sub")) != subject:
            raise IdentityUntrue(why="thông tin của người khác")
        return said

    def _judged(self, proof: str, *, nonce: str) -> Claims:
        """OpenID Connect Core 3.1.3.7."""
        claims = self._decoded(proof)
        if claims.get("nonce") != nonce:
            raise IdentityUntrue(why="thẻ định danh của lần đăng nhập khác")
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != self._client.client_id:
            raise IdentityUntrue(why="thẻ định danh cấp cho nơi khác")
        return claims

    def _decoded(self, token: str) -> Claims:
        now = int(self._client.now())
        registry = jwt.JWTClaimsRegistry(
            now=now,
            leeway=_LEEWAY,
            iss={"essential": True, "value": self._client.issuer},
            aud={"essential": True, "value": self._client.client_id},
            iat={"essential": True},
            exp={"essential": True},
        )
        claims = self._opened(token)
        try:
            registry.validate(claims)
        except JoseError as fault:
            raise IdentityUntrue(why=f"thẻ định danh không dùng được ({fault.error})") from fault
        issued = claims["iat"]
        if not isinstance(issued, int | float) or issued < now - _OLDEST_TOKEN:
            raise IdentityUntrue(why="thẻ định danh đã cũ")
        return claims

    def _opened(self, token: str) -> Claims:
        """The claims, signed by a key of the provider. A key it did not have an hour ago is asked for once."""
        if len(token) > _LARGEST_ANSWER:
            raise IdentityUntrue(why="thẻ định danh quá dài")
        for is_last in (False, True):
            try:
                return dict(jwt.decode(token, self._keyset(is_fresh=is_last), algorithms=_ALGORITHMS).claims)
            except (JoseError, ValueError, KeyError) as fault:
                if is_last:
                    raise IdentityUntrue(why="chữ ký của thẻ định danh không đúng") from fault
        raise AssertionError

    def _keyset(self, *, is_fresh: bool) -> KeySet:
        is_rested = time.monotonic() - self._keys_at >= self._client.rest
        if self._keys is None or (is_fresh and is_rested):
            self._keys_at = time.monotonic()
            # What is no set of keys is told by the library.
            keys = cast("KeySetSerialization", self._fetched(str(self._metadata()["jwks_uri"])))
            try:
                self._keys = KeySet.import_key_set(keys)
            except (JoseError, ValueError, KeyError, TypeError) as fault:
                raise IdentityUntrue(why="khoá công bố không đọc được") from fault
        return self._keys

    def _metadata(self) -> Claims:
        if self._published is None or time.monotonic() - self._published[0] > _KEPT_FOR:
            found = self._fetched(f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._client.issuer or not all(
                self._is_address(found.get(name)) for name in _NAMED
            ):
                raise IdentityUntrue(why="nơi xác thực tự giới thiệu không đúng")
            self._published, self._keys = (time.monotonic(), found), None
        return self._published[1]

    def _fetched(self, address: str, *, bearer: str = "") -> Claims:
        self._check_silence()
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(
                    address, headers=headers, timeout=self._client.timeout, allow_redirects=False, stream=True
                )
                body = answer.raw.read(_LARGEST_ANSWER + 1, decode_content=True)
            said = json.loads(body) if answer.status_code == 200 and len(body) <= _LARGEST_ANSWER else None
        except (requests.RequestException, OSError, ValueError) as trouble:
            self._silent_since = time.monotonic()
            raise IdentityUnreachable from trouble
        if not isinstance(said, dict):
            raise IdentityUnreachable
        return said

    def _check_silence(self) -> None:
        """Everybody who waits for a silent provider holds a thread of the web: one wait is enough for all."""
        if self._silent_since is not None and time.monotonic() - self._silent_since < self._client.rest:
            raise IdentityUnreachable

    def _is_address(self, value: object) -> bool:
        """Whoever is met over TLS sends nobody to a place without it."""
        wanted = ("https",) if self._client.issuer.startswith("https:") else ("https", "http")
        return isinstance(value, str) and urlsplit(value).scheme in wanted and bool(urlsplit(value).netloc)
