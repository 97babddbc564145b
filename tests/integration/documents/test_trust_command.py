"""`motcua trust`: nothing is trusted without a fingerprint somebody compared."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings
from tests.factories.signing import SigningWorld, signing_world

from motcua.cli import trust
from motcua.documents import queries
from motcua.kernel import clock


@pytest.fixture
def world(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SigningWorld:
    settings.MOTCUA_TRUST_ROOTS = str(tmp_path / "trust")
    monkeypatch.setattr("motcua.cli.django_ready", lambda: None)  # the test has settings of its own
    return signing_world()


def run(*arguments: str, answer: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(trust.command, list(arguments), input=answer)
    return result.exit_code, result.output


def root_of(world: SigningWorld, folder: Path) -> tuple[Path, str]:
    (each,) = (one for one in queries.certificates_in(world.server.authority.trust_path) if one.is_root)
    path = folder / "root.der"
    path.write_bytes(each.der)
    return path, each.fingerprint


def test_a_root_is_added_by_its_fingerprint_listed_and_checked(world: SigningWorld, tmp_path: Path) -> None:
    path, fingerprint = root_of(world, tmp_path)
    assert run("check") == (1, "no root is installed: no signature can be trusted\n")
    grouped = ":".join(fingerprint[at : at + 2].lower() for at in range(0, 64, 2))
    assert run("add", str(path), "--fingerprint", grouped)[0] == 0
    code, listed = run("list")
    assert (code, fingerprint[:2] + ":" + fingerprint[2:4] in listed) == (0, True)
    assert run("check")[0] == 0


def test_the_states_hierarchies_are_known_by_name_and_what_is_missing_is_named(
    world: SigningWorld, tmp_path: Path
) -> None:
    path, fingerprint = root_of(world, tmp_path)
    run("add", str(path), "--fingerprint", fingerprint)
    code, said = run("check")
    assert code == 0
    assert "Ban Cơ yếu Chính phủ): NO ROOT, see https://ca.gov.vn" in said
    assert "Root CA quốc gia và các CA công cộng): NO ROOT, see https://rootca.gov.vn" in said
    root, key = self_signed("Co quan chung thuc so Chinh phu", "Ban Co yeu Chinh phu")
    (tmp_path / "trust" / "state.der").write_bytes(root)
    (tmp_path / "trust" / "sub.der").write_bytes(
        self_signed("CA phục vụ các cơ quan Nhà nước G2", "Ban Cơ yếu Chính phủ", above=(root, key))[0]
    )
    assert "Ban Cơ yếu Chính phủ): roots 1, authorities 1" in run("check")[1]


def self_signed(
    name: str, organisation: str, above: tuple[bytes, ec.EllipticCurvePrivateKey] | None = None
) -> tuple[bytes, ec.EllipticCurvePrivateKey]:
    """A certificate named as the State's, signed by itself or by the one above it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )
    issuer = x509.load_der_x509_certificate(above[0]).subject if above else subject
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(above[1] if above else key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.DER), key


def test_another_fingerprint_adds_nothing(world: SigningWorld, tmp_path: Path) -> None:
    path, _ = root_of(world, tmp_path)
    code, said = run("add", str(path), "--fingerprint", "AB" * 32)
    assert (code, "nothing was added" in said) == (1, True)
    assert run("list") == (0, "")


def test_without_a_fingerprint_somebody_is_asked(world: SigningWorld, tmp_path: Path) -> None:
    path, fingerprint = root_of(world, tmp_path)
    code, said = run("add", str(path), answer="n\n")
    assert (code, fingerprint[:2] in said) == (1, True)
    assert run("list") == (0, "")
    assert run("add", str(path), answer="y\n")[0] == 0


def test_what_is_no_certificate_is_said(world: SigningWorld, tmp_path: Path) -> None:
    path = tmp_path / "letter.pem"
    path.write_text("no certificate")
    assert run("add", str(path))[0] == 1
