"""The environment is completed, never overruled; secrets are made once and kept closed."""

import stat
from pathlib import Path

import pytest

from motcua.cli import environment


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("MOTCUA_SECRET_KEY", "MOTCUA_QR_KEY", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    return tmp_path


def test_a_secret_is_made_once_and_only_its_owner_reads_it(home: Path) -> None:
    path = home / "secrets" / "key"
    first = environment.kept_secret(path)
    assert environment.kept_secret(path) == first
    assert len(first) >= 48
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_two_installations_have_different_secrets(home: Path) -> None:
    assert environment.kept_secret(home / "a" / "key") != environment.kept_secret(home / "b" / "key")


def test_what_the_operator_set_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("MOTCUA_SECRET_KEY", "chosen by the operator")
    environment.complete()
    assert os.environ["MOTCUA_SECRET_KEY"] == "chosen by the operator"
    assert os.environ["MOTCUA_QR_KEY"] == (home / "secrets" / "qr_key").read_text()
    assert not (home / "secrets" / "secret_key").exists()
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "motcua.settings.base"


def test_a_command_is_not_held_to_the_bounds_of_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator who bounds the web in the environment still migrates a large province."""
    import os

    names = ("MOTCUA_STATEMENT_SECONDS", "MOTCUA_LOCK_SECONDS", "MOTCUA_IDLE_TRANSACTION_SECONDS")
    for name in names:
        monkeypatch.setenv(name, "60")
    environment.without_bounds()
    assert [os.environ[name] for name in names] == ["0", "0", "0"]


def test_the_data_folder_is_var_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOTCUA_DATA_DIR", raising=False)
    assert environment.data_dir() == environment.project_dir() / "var"
    assert (environment.project_dir() / "pyproject.toml").exists()
