"""Keys and signed tokens of the simulated provider, the honest ones and the others."""

import base64
import json
import secrets
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

#: How a token can be wrong; `control?mode=NAME` chooses one.
FAULTS = (
    "issuer",
    "audience",
    "azp",
    "nonce",
    "expired",
    "old",
    "none",
    "hmac",
    "other_key",
    "level",
    "userinfo",
    "no_token",
)


class Signer:
    """One key, which can be changed while tokens of the former one are under way."""

    def __init__(self) -> None:
        self.rotate()

    def rotate(self) -> None:
        self._key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})

    @property
    def published(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    def sign(self, claims: dict[str, Any], *, fault: str = "", client_secret: str = "") -> str:
        if fault == "none":
            header = {"alg": "none", "typ": "JWT"}
            return ".".join(_packed(part) for part in (header, claims)) + "."
        if fault == "hmac":
            from joserfc.jwk import OctKey

            return jwt.encode(
                {"alg": "HS256"}, claims, OctKey.import_key(client_secret), algorithms=["HS256"]
            )
        key = RSAKey.generate_key(2048) if fault == "other_key" else self._key
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, key)


def spoiled(claims: dict[str, Any], fault: str) -> dict[str, Any]:
    """The claims with one thing wrong."""
    now = int(time.time())
    changes: dict[str, dict[str, Any]] = {
        "issuer": {"iss": "https://elsewhere.example.vn"},
        "audience": {"aud": "another-client"},
        "azp": {"aud": [claims["aud"], "another-client"], "azp": "another-client"},
        "nonce": {"nonce": "of another log-in"},
        "expired": {"exp": now - 3600},
        "old": {"iat": now - 7200},
        "level": {"acr": "LoA0"},
    }
    return claims | changes.get(fault, {})


def _packed(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
