"""What programs say and what letters hold is for the owner's eyes, whoever made the files before."""

import smtplib
from pathlib import Path

import pytest

from motcua.cli.running.installation import Screen
from simulators.mail.server import MailServer


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    folder = tmp_path / "log"
    folder.mkdir(mode=0o755)
    (folder / "web.log").touch(mode=0o644)
    Screen(is_quiet=True).show("web", "một dòng")
    Screen(is_quiet=True).show("worker-1", "một dòng")
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert mode(folder) == 0o700


def test_letters(tmp_path: Path) -> None:
    with MailServer(tmp_path / "mail") as server, smtplib.SMTP("127.0.0.1", server.port) as smtp:
        smtp.sendmail("a@example.vn", ["b@example.vn"], "Subject: x\r\n\r\nx")
    (letter,) = (tmp_path / "mail").glob("*.eml")
    assert mode(letter) == 0o600
    assert mode(letter.parent) == 0o700
