"""A certificate authority and a folder of tokens, once per test process: making RSA keys is slow."""

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import pkcs11 as pyhanko_pkcs11

from motcua.documents.adapters.signing.pkcs11 import Pkcs11Signer
from motcua.documents.adapters.signing.protocol import SigningOrder, TimeStamping
from motcua.documents.adapters.signing.software import SoftwareSigner
from motcua.documents.adapters.typesetting.weasy import to_pdf
from motcua.documents.adapters.verification.trust import Trust, load_trust
from motcua.documents.words import SignatureKind, SignatureLevel
from simulators.hsm import CAST, Hsm, enrol_over_http, module_path
from simulators.pki.authority import software_key
from simulators.pki.server import PkiServer

PASSWORD = "mật khẩu thử"
_TOKENS = ("binh", "dung", "em", "seal-H99.11")


@dataclass(frozen=True)
class SigningWorld:
    """The running authority, the tokens, and clients for both."""

    server: PkiServer
    hsm: Hsm
    folder: Path

    @property
    def trust(self) -> Trust:
        return load_trust(self.server.authority.trust_path)

    def token(self, label: str, pin: str | None = None) -> Pkcs11Signer:
        return Pkcs11Signer(
            module=module_path(),
            token_label=label,
            pin=self.hsm.pins[label] if pin is None else pin,
            chain=self.trust.intermediates,
        )

    def key_file(self, label: str, name: str = "Người Thử Nghiệm") -> Path:
        """A PKCS#12 file with a certificate of the authority; made once per label."""
        path = self.server.authority.folder / f"{label}.p12"
        if not path.exists():
            software_key(self.server.authority, label, subject={"common-name": name}, password=PASSWORD)
        return path

    def file_signer(self, label: str = "soft", pin: str = PASSWORD) -> SoftwareSigner:
        return SoftwareSigner(path=self.key_file(label), pin=pin)

    def order(self, kind: SignatureKind = SignatureKind.PERSONAL, level: str = "B-T") -> SigningOrder:
        return SigningOrder(
            kind=kind,
            level=SignatureLevel(level),
            at=datetime.now(UTC),
            reason="Ký kết quả",
            time_stamping=TimeStamping(self.server.authority.tsa_url, timeout=3),
            trust_roots=self.trust.roots,
        )

    def quick_order(self) -> SigningOrder:
        return replace(self.order(), level=SignatureLevel.B, time_stamping=None)


@contextmanager
def counted_log_ins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The labels of the tokens to which a PIN was really shown; every one of them goes on to the real token."""
    shown: list[str] = []
    really = pyhanko_pkcs11.open_pkcs11_session

    def open_session(lib: str, *, token_criteria: TokenCriteria, user_pin: str) -> object:
        shown.append(str(token_criteria.label))
        return really(lib, token_criteria=token_criteria, user_pin=user_pin)

    with monkeypatch.context() as patched:
        patched.setattr(pyhanko_pkcs11, "open_pkcs11_session", open_session)
        yield shown


@cache
def signing_world() -> SigningWorld:
    """Started at first use, stopped when the process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-signing-")))
    server = stack.enter_context(PkiServer(folder / "pki"))
    hsm = Hsm(folder / "hsm")
    holders = [holder for holder in CAST if holder.label in _TOKENS]
    hsm.provision(holders, enrol_over_http(server.authority.base_url))
    return SigningWorld(server, hsm, folder)


@cache
def plain_pdf() -> bytes:
    """One page with a place to sign."""
    return to_pdf(
        '<html lang="vi"><body style="font-family: Tinos"><h1>QUYẾT ĐỊNH</h1><p>Điều 1. Công nhận kết quả.</p>'
        '<p style="margin-left: 250px; margin-top: 200px"><span id="signature-place">&#8203;</span></p></body></html>'
    )
