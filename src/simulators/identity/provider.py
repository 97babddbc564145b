"""What the provider does, without HTTP: codes that serve once, tokens, introspection, sessions."""

import base64
import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from simulators.identity.people import PEOPLE, Person
from simulators.identity.tokens import Signer, spoiled

_CODE_LASTS, _TOKEN_LASTS = 60, 600


class Refused(Exception):
    """An OAuth error: `code` and a description."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass(frozen=True, slots=True)
class Registered:
    """A client the provider knows."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    back_channel: str = ""
    log_out_uris: tuple[str, ...] = ()


@dataclass(slots=True)
class _Code:
    client_id: str
    redirect_uri: str
    person: Person
    level: int
    nonce: str
    challenge: str
    session: str
    at: float = field(default_factory=time.time)
    token: str = ""


class Provider:
    """The state of the simulated provider at one address."""

    def __init__(self, issuer: str, client: Registered) -> None:
        self.issuer, self.client, self.signer, self.mode = issuer, client, Signer(), ""
        self._codes: dict[str, _Code] = {}
        self._tokens: dict[str, _Code] = {}
        self._lock = threading.Lock()

    @property
    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/oauth2/authorize",
            "token_endpoint": f"{self.issuer}/oauth2/token",
            "userinfo_endpoint": f"{self.issuer}/oauth2/userinfo",
            "introspection_endpoint": f"{self.issuer}/oauth2/introspect",
            "end_session_endpoint": f"{self.issuer}/oidc/logout",
            "jwks_uri": f"{self.issuer}/oauth2/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "acr_values_supported": ["LoA1", "LoA2"],
            "authorization_response_iss_parameter_supported": True,
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
        }

    def check_request(self, asked: dict[str, str]) -> None:
        """RFC 6749 §4.1.1. What names a wrong client or place is told to the person, never sent back."""
        if asked.get("client_id") != self.client.client_id:
            raise Refused("unauthorized_client", "ứng dụng không được biết")
        if asked.get("redirect_uri") not in self.client.redirect_uris:
            raise Refused("invalid_request", "địa chỉ trở về không đăng ký")

    def answer(self, asked: dict[str, str], person_key: str, *, level: int | None = None) -> str:
        """Where the browser goes once the person has chosen; an unknown person has said no."""
        self.check_request(asked)
        back = {"state": asked.get("state", ""), "iss": self.issuer}
        fault = self._fault_of(asked)
        person = PEOPLE.get(person_key)
        if fault or person is None:
            back |= {"error": fault or "access_denied", "error_description": fault or "người dùng đã huỷ"}
            return f"{asked['redirect_uri']}?{urlencode(back)}"
        wanted = int(asked.get("acr_values", "LoA1").removeprefix("LoA") or 1)
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Code(
            client_id=asked["client_id"],
            redirect_uri=asked["redirect_uri"],
            person=person,
            level=min(level or wanted, person.level),
            nonce=asked.get("nonce", ""),
            challenge=asked["code_challenge"],
            session=secrets.token_hex(8),
        )
        if self.mode == "mixed_up":
            back["iss"] = "https://elsewhere.example.vn"
        return f"{asked['redirect_uri']}?{urlencode(back | {'code': code})}"

    def _fault_of(self, asked: dict[str, str]) -> str:
        if asked.get("response_type") != "code":
            return "unsupported_response_type"
        if "openid" not in asked.get("scope", "").split():
            return "invalid_scope"
        if (
            asked.get("code_challenge_method") != "S256"
            or not asked.get("code_challenge")
            or not asked.get("state")
        ):
            return "invalid_request"
        return ""

    def exchange(self, posted: dict[str, str]) -> dict[str, Any]:
        """RFC 6749 §4.1.3 with PKCE. A code that comes twice takes the tokens of the first time with it (§4.1.2)."""
        self._authenticate(posted)
        if posted.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type", "chỉ nhận mã xác thực")
        with self._lock:
            code = self._codes.get(posted.get("code", ""))
            if code is None or time.time() - code.at > _CODE_LASTS:
                raise Refused("invalid_grant", "mã không có hoặc đã hết hạn")
            if code.token:
                self._tokens.pop(code.token, None)
                raise Refused("invalid_grant", "mã đã được dùng")
            if (
                posted.get("redirect_uri") != code.redirect_uri
                or _challenge(posted.get("code_verifier", "")) != code.challenge
            ):
                raise Refused("invalid_grant", "mã của lần khác")
            code.token = secrets.token_urlsafe(24)
            self._tokens[code.token] = code
        answer = {"access_token": code.token, "token_type": "Bearer", "expires_in": _TOKEN_LASTS}
        return answer if self.mode == "no_token" else answer | {"id_token": self.id_token(code)}

    def id_token(self, code: _Code) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": subject_of(code.person),
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + _TOKEN_LASTS,
            "nonce": code.nonce,
            "acr": f"LoA{code.level}",
            "sid": code.session,
        }
        return self.signer.sign(
            spoiled(claims, self.mode), fault=self.mode, client_secret=self.client.client_secret
        )

    def user_info(self, token: str) -> dict[str, Any]:
        code = self._tokens.get(token)
        if code is None:
            raise Refused("invalid_token", "thẻ truy cập không dùng được")
        subject = "of somebody else" if self.mode == "userinfo" else subject_of(code.person)
        return {**code.person.claims, "sub": subject}

    def introspect(self, posted: dict[str, str]) -> dict[str, Any]:
        """RFC 7662."""
        self._authenticate(posted)
        code = self._tokens.get(posted.get("token", ""))
        return (
            {"active": False}
            if code is None
            else {"active": True, "sub": code.person.claims["TechID"], "acr": f"LoA{code.level}"}
        )

    def log_out_token(self, person_key: str, *, session: str = "") -> str:
        """OpenID Connect Back-Channel Logout 1.0 §2.4."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": subject_of(PEOPLE[person_key]),
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_hex(8),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }
        return self.signer.sign(claims | ({"sid": session} if session else {}))

    def _authenticate(self, posted: dict[str, str]) -> None:
        right = posted.get("client_id") == self.client.client_id
        if not right or not secrets.compare_digest(
            posted.get("client_secret", ""), self.client.client_secret
        ):
            raise Refused("invalid_client", "ứng dụng không chứng minh được mình")


def subject_of(person: Person) -> str:
    """How tokens name somebody: not by the mark the portal knows them by."""
    return f"s-{person.key}"


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
