"""`motcua trust`: nothing is trusted without a fingerprint somebody compared."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings
from tests.factories.signing import SigningWorld, signing_world

from motcua.cli import trust
from motcua.documents import queries


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
