"""The authority itself: keys and subscribers in a folder, turned into a certomancer architecture."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ARCHITECTURE = "motcua"
_OWN_KEYS = ("root", "issuing", "tsa", "ocsp")
_FIRST_SUBSCRIBER_SERIAL = 1000
_PUBLIC = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
_PRIVATE = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@dataclass
class Subscriber:
    """One enrolled person or agency; ``subject`` uses certomancer's names (common-name, organization-name...)."""

    label: str
    subject: dict[str, str]
    valid_from: str
    valid_to: str
    serial: int
    revoked_since: str | None = None


@dataclass
class State:
    base_url: str
    created_at: str
    subscribers: list[Subscriber] = field(default_factory=list)


class Authority:
    """Issues certificates for public keys made elsewhere (a token, a file); never sees a subscriber's private key."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._state = self._load_state(base_url)
        for name in _OWN_KEYS:
            self._ensure_own_key(name)
        self.architecture = self._build()
        self.trust_path.mkdir(exist_ok=True)
        for name in ("root", "issuing"):
            (self.trust_path / f"{name}.pem").write_bytes(_pem(self.certificate(name)))

    @property
    def base_url(self) -> str:
        return self._state.base_url

    @property
    def trust_path(self) -> Path:
        """Folder with the public certificates of the root and of the issuing authority."""
        return self.folder / "trust"

    @property
    def tsa_url(self) -> str:
        return f"{self.base_url}/{ARCHITECTURE}/tsa/tsa"

    def enrol(
        self,
        label: str,
        *,
        subject: dict[str, str],
        public_key_pem: bytes,
        valid_from: datetime | None = None,
        valid_to: datetime | None = None,
    ) -> bytes:
        """Certificate (DER) of a subscriber; asking again with the same key returns the same certificate."""
        key_path = self.folder / f"{label}.public.pem"
        known = {s.label: s for s in self._state.subscribers}
        if label in known and key_path.exists() and key_path.read_bytes() == public_key_pem:
            return self.certificate(label)
        serial = _FIRST_SUBSCRIBER_SERIAL + 1 + len(self._state.subscribers)
        if label in known:
            serial = max(s.serial for s in known.values()) + 1
        created = datetime.fromisoformat(self._state.created_at)
        begin, end = (
            valid_from or created - timedelta(days=365),
            valid_to or created + timedelta(days=365 * 5),
        )
        subscriber = Subscriber(label, subject, begin.isoformat(), end.isoformat(), serial)
        self._state.subscribers = [s for s in self._state.subscribers if s.label != label] + [subscriber]
        key_path.write_bytes(public_key_pem)
        self._save_and_rebuild()
        return self.certificate(label)

    def revoke(self, label: str, at: datetime) -> None:
        for subscriber in self._state.subscribers:
            if subscriber.label == label:
                subscriber.revoked_since = at.isoformat()
        self._save_and_rebuild()

    def certificate(self, label: str) -> bytes:
        return bytes(self.architecture.get_cert(CertLabel(label)).dump())

    def chain(self) -> tuple[bytes, ...]:
        """DER of the issuing and the root certificates, in that order."""
        return (self.certificate("issuing"), self.certificate("root"))

    # -- storage -------------------------------------------------------------------------------------------------

    def _load_state(self, base_url: str) -> State:
        path = self.folder / "state.json"
        if not path.exists():
            state = State(base_url=base_url, created_at=datetime.now(UTC).replace(microsecond=0).isoformat())
            _write_private(path, json.dumps(asdict(state)).encode())
            return state
        raw = json.loads(path.read_text())
        raw["subscribers"] = [Subscriber(**s) for s in raw["subscribers"]]
        return State(**raw)

    def _save_and_rebuild(self) -> None:
        _write_private(
            self.folder / "state.json", json.dumps(asdict(self._state), ensure_ascii=False).encode()
        )
        self.architecture = self._build()

    def _ensure_own_key(self, name: str) -> None:
        path = self.folder / f"{name}.key.pem"
        if not path.exists():
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            _write_private(path, key.private_bytes(*_PRIVATE))

    # -- the architecture ----------------------------------------------------------------------------------------

    def _build(self) -> PKIArchitecture:
        config = CertomancerConfig(self._config(), key_search_dir=str(self.folder))
        return config.get_pki_arch(ArchLabel(ARCHITECTURE))

    def _config(self) -> dict[str, Any]:
        people = self._state.subscribers
        keys: dict[str, Any] = {name: {"path": f"{name}.key.pem"} for name in _OWN_KEYS}
        keys |= {s.label: {"path": f"{s.label}.public.pem", "public-only": True} for s in people}
        entities = {name: {"common-name": title} for name, title in _OWN_NAMES.items()}
        architecture = {
            "keyset": ARCHITECTURE,
            "entity-defaults": {"country-name": "VN"},
            "entities": entities | {s.label: s.subject for s in people},
            "certs": self._own_certificates() | dict(map(_subscriber_certificate, people)),
            "services": _SERVICES,
        }
        return {
            "external-url-prefix": self._state.base_url,
            "keysets": {ARCHITECTURE: {"keys": keys}},
            "pki-architectures": {ARCHITECTURE: architecture},
        }

    def _own_certificates(self) -> dict[str, Any]:
        created = datetime.fromisoformat(self._state.created_at)
        validity = _validity(created - timedelta(days=730), created + timedelta(days=3650))
        return {
            "root": _certificate("root", "root", 1, validity, _ca_extensions()),
            "issuing": _certificate("issuing", "root", 2, validity, [*_ca_extensions(0), _crl("root")]),
            "tsa": _certificate("tsa", "root", 3, validity, _purpose("time_stamping", critical=True)),
            "ocsp": _certificate("ocsp", "issuing", 4, validity, [*_purpose("ocsp_signing"), _OCSP_NO_CHECK]),
        }


_OWN_NAMES = {
    "root": "Chứng thực gốc mô phỏng",
    "issuing": "Chứng thực số chuyên dùng mô phỏng",
    "tsa": "Dịch vụ cấp dấu thời gian mô phỏng",
    "ocsp": "Dịch vụ OCSP mô phỏng",
}
_OCSP_NO_CHECK = {"id": "ocsp_no_check"}
_SERVICES: dict[str, Any] = {
    "ocsp": {"issuing": {"for-issuer": "issuing", "responder-cert": "ocsp"}},
    "crl-repo": {
        "root": {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P1D"},
        "issuing": {"for-issuer": "issuing", "signing-key": "issuing", "simulated-update-schedule": "P1D"},
    },
    "time-stamping": {"tsa": {"signing-cert": "tsa", "certs-to-embed": ["root"]}},
}


def _certificate(
    subject: str, issuer: str, serial: int, validity: dict[str, str], extensions: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "subject": subject,
        "issuer": issuer,
        "serial": serial,
        "validity": validity,
        "extensions": list(extensions),
    }


def _subscriber_certificate(subscriber: Subscriber) -> tuple[str, dict[str, Any]]:
    extensions: list[dict[str, Any]] = [
        {
            "id": "key_usage",
            "critical": True,
            "smart-value": {"schema": "key-usage", "params": _SIGNING_USAGE},
        },
        {
            "id": "authority_information_access",
            "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["issuing"]}},
        },
        _crl("issuing"),
    ]
    validity = {"valid-from": subscriber.valid_from, "valid-to": subscriber.valid_to}
    spec = _certificate(subscriber.label, "issuing", subscriber.serial, validity, extensions)
    if subscriber.revoked_since:
        spec["revocation"] = {"revoked-since": subscriber.revoked_since, "reason": "key_compromise"}
    return subscriber.label, spec


_SIGNING_USAGE = ["digital_signature", "non_repudiation"]


def _validity(begin: datetime, end: datetime) -> dict[str, str]:
    return {"valid-from": begin.isoformat(), "valid-to": end.isoformat()}


def _ca_extensions(path_length: int | None = None) -> list[dict[str, Any]]:
    constraints: dict[str, Any] = {"ca": True}
    if path_length is not None:
        constraints["path-len-constraint"] = path_length
    usage = {"schema": "key-usage", "params": ["digital_signature", "key_cert_sign", "crl_sign"]}
    return [
        {"id": "basic_constraints", "critical": True, "value": constraints},
        {"id": "key_usage", "critical": True, "smart-value": usage},
    ]


def _purpose(purpose: str, *, critical: bool = False) -> list[dict[str, Any]]:
    usage = {"schema": "key-usage", "params": ["digital_signature"]}
    return [
        {"id": "key_usage", "critical": True, "smart-value": usage},
        {"id": "extended_key_usage", "critical": critical, "value": [purpose]},
    ]


def _crl(repository: str) -> dict[str, Any]:
    value = {"schema": "crl-dist-url", "params": {"crl-repo-names": [repository]}}
    return {"id": "crl_distribution_points", "smart-value": value}


def public_key_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(*_PUBLIC)


def software_key(authority: Authority, label: str, *, subject: dict[str, str], password: str) -> Path:
    """PKCS#12 file with a fresh key and its certificate, for people without a token (development only)."""
    from cryptography import x509 as pyca
    from cryptography.hazmat.primitives.serialization import pkcs12

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = pyca.load_der_x509_certificate(
        authority.enrol(label, subject=subject, public_key_pem=public_key_pem(key))
    )
    chain = [pyca.load_der_x509_certificate(der) for der in authority.chain()]
    encryption = serialization.BestAvailableEncryption(password.encode())
    bundle = pkcs12.serialize_key_and_certificates(label.encode(), key, certificate, chain, encryption)
    path = authority.folder / f"{label}.p12"
    _write_private(path, bundle)
    return path


def new_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(8))


def _write_private(path: Path, content: bytes) -> None:
    """Written beside and renamed, so a killed start never leaves half a key."""
    beside = path.with_suffix(path.suffix + ".new")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(content)
    beside.replace(path)


def _pem(der: bytes) -> bytes:
    return bytes(pem.armor("CERTIFICATE", der))


def subject_name(der: bytes) -> str:
    return str(x509.Certificate.load(der).subject.native["common_name"])
