"""SoftHSM tokens for the people who sign: one token each, keys made inside, certificates from the simulated authority.

``python -m simulators.hsm --data FOLDER --pki http://127.0.0.1:9123`` provisions what is missing and prints one JSON
line per token. Keys are made in the token and never leave it; PINs are drawn at random into ``FOLDER/pins.json``.
A process that wants the tokens sets ``SOFTHSM2_CONF`` to ``FOLDER/softhsm2.conf`` before it loads the module.
"""

import http.client
import json
import os
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pkcs11
from pkcs11.util.rsa import encode_rsa_public_key
from pkcs11.util.x509 import decode_x509_certificate

from simulators.pki.authority import new_pin

KEY_LABEL = "signing"
_MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token it is. ``subject`` uses certomancer's names; ``serial-number`` binds the certificate to the account."""

    label: str
    subject: dict[str, str]


Enrol = Callable[[str, dict[str, str], bytes], bytes]
"""(label, subject, public key PEM) -> certificate DER."""


def person(label: str, name: str, organisation: str, number: str) -> Holder:
    return Holder(label, {"common-name": name, "organization-name": organisation, "serial-number": number})


def agency(label: str, name: str, code: str) -> Holder:
    return Holder(label, {"common-name": name, "organization-name": name, "organization-identifier": code})


CAST: tuple[Holder, ...] = (
    person("dung", "Phạm Tiến Dũng", "Ủy ban nhân dân xã An Bình", "MS-0003"),
    person("em", "Võ Văn Em", "Ủy ban nhân dân xã An Bình", "MS-0004"),
    person("binh", "Trần Văn Bình", "Ủy ban nhân dân xã An Bình", "MS-0001"),
    person("chau", "Lê Thị Châu", "Ủy ban nhân dân xã An Bình", "MS-0002"),
    person("khanh", "Bùi Quốc Khánh", "Ủy ban nhân dân xã An Bình", "MS-0007"),
    agency("seal-H99.11", "Ủy ban nhân dân xã An Bình", "H99.11"),
    agency("seal-H99.12", "Ủy ban nhân dân xã Yên Hòa", "H99.12"),
    agency("seal-H99.02", "Sở Tư pháp tỉnh Minh Sơn", "H99.02"),
    agency("seal-H99.03", "Sở Nông nghiệp và Môi trường tỉnh Minh Sơn", "H99.03"),
)


def module_path() -> str:
    """Path of the SoftHSM library, or a plain statement of what to install."""
    for path in _MODULES:
        if Path(path).exists():
            return path
    raise FileNotFoundError("SoftHSM is not installed: apt-get install softhsm2")


class Hsm:
    """A folder of tokens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "tokens").mkdir(parents=True, exist_ok=True, mode=0o700)
        self.config_path = folder / "softhsm2.conf"
        self.config_path.write_text(
            f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
        )
        self._pins_path = folder / "pins.json"

    def use(self) -> None:
        """Make this process and its children see these tokens; call before the module is loaded."""
        os.environ["SOFTHSM2_CONF"] = str(self.config_path)

    @property
    def pins(self) -> dict[str, str]:
        """PIN by token label."""
        if not self._pins_path.exists():
            return {}
        pins: dict[str, str] = json.loads(self._pins_path.read_text())
        return pins

    def provision(self, holders: Iterable[Holder], enrol: Enrol) -> list[str]:
        """Create the missing tokens; labels of those created now. Idempotent."""
        self.use()
        missing = [holder for holder in holders if holder.label not in self.pins]
        pins = {holder.label: new_pin() for holder in missing}
        for label, pin in pins.items():
            _initialise_token(label, pin)
        if missing:
            library = pkcs11.lib(module_path())
            library.reinitialize()  # tokens made after the module was loaded are invisible to it otherwise
            for holder in missing:
                _fill_token(library, holder, pins[holder.label], enrol)
            self._remember(pins)
        return [holder.label for holder in missing]

    def _remember(self, pins: dict[str, str]) -> None:
        known = json.dumps(self.pins | pins)
        with open(os.open(self._pins_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
            target.write(known)


def _initialise_token(label: str, pin: str) -> None:
    command = [
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        label,
        "--pin",
        pin,
        "--so-pin",
        new_pin(),
    ]
    subprocess.run(command, check=True, capture_output=True)


def _fill_token(library: Any, holder: Holder, pin: str, enrol: Enrol) -> None:
    token = library.get_token(token_label=holder.label)
    with token.open(rw=True, user_pin=pin) as session:
        public, _private = session.generate_keypair(
            pkcs11.KeyType.RSA, 2048, id=b"\x01", label=KEY_LABEL, store=True
        )
        certificate = enrol(holder.label, holder.subject, _as_pem(encode_rsa_public_key(public)))
        attributes = decode_x509_certificate(certificate, extended_set=True)
        attributes |= {
            pkcs11.Attribute.LABEL: KEY_LABEL,
            pkcs11.Attribute.ID: b"\x01",
            pkcs11.Attribute.TOKEN: True,
        }
        session.create_object(attributes)


def _as_pem(pkcs1_public_key: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

    key = load_der_public_key(pkcs1_public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def enrol_over_http(base_url: str) -> Enrol:
    """Enrolment at a running authority."""

    def enrol(label: str, subject: dict[str, str], public_key_pem: bytes) -> bytes:
        order = {"label": label, "subject": subject, "public_key_pem": public_key_pem.decode()}
        connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=30)
        connection.request("POST", "/control/enrol", json.dumps(order).encode())
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"the authority at {base_url} answered {answer.status}")
        return answer.read()

    return enrol


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of tokens and PINs.")
@click.option(
    "--pki", default="http://127.0.0.1:9123", show_default=True, help="Address of the simulated authority."
)
def main(data: Path, pki: str) -> None:
    """Provision the tokens of the cast; a second run changes nothing."""
    hsm = Hsm(data.absolute())
    created = set(hsm.provision(CAST, enrol_over_http(pki)))
    for holder in CAST:
        click.echo(json.dumps({"token": holder.label, "created": holder.label in created}))


if __name__ == "__main__":
    main()
