"""What the system wants of a provider of identities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from motcua.directory.words import PartyKind, Sex


@dataclass(frozen=True, slots=True)
class Asked:
    """Where somebody is sent to prove who they are, and what must be at hand when they come back (for this browser only)."""

    address: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as the provider says. `level` is the level of assurance (1 to 4; 0: not said); empty: not said.

    `session_id` names the session at the provider, `signed_subject` is the name its log-out tokens use, `proof` is the signed
    token itself: it is shown again at logging out.
    """

    issuer: str
    subject: str
    level: int
    kind: PartyKind
    full_name: str
    personal_number: str = ""
    old_number: str = ""
    passport_number: str = ""
    tax_code: str = ""
    enterprise_number: str = ""
    birth_on: str = ""
    sex: Sex | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    session_id: str = ""
    signed_subject: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended at the provider: one session of somebody, or (no `session_id`) all of them. `token_id` is used once."""

    issuer: str
    subject: str
    session_id: str
    token_id: str


class IdentityProvider(Protocol):
    """Raises `IdentityUnreachable` (no answer), `IdentityRefused` (the person or the provider said no), `IdentityUntrue` (an
    answer that must not be believed) and `IdentityLevelLow`.
    """

    def begin(self, *, level: int) -> Asked: ...

    def finish(self, *, answer: Mapping[str, str], kept: Mapping[str, str]) -> Identity: ...

    def ended(self, token: str) -> Ended: ...

    def log_out_address(self, proof: str, *, back_to: str) -> str: ...
