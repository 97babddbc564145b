"""`motcua events` on the real program."""

import json

from click.testing import CliRunner

from motcua.cli import main


def test_every_event_is_listed_with_who_announces_and_hears_it() -> None:
    done = CliRunner().invoke(main, ["events", "PaperAttached", "--json"])
    assert done.exit_code == 0, done.output
    (wire,) = json.loads(done.output)
    assert wire["announcers"] == ["motcua.dossiers.services.papers.attach_paper"]
    assert wire["readers"] == ["oversight.facts"]


def test_what_nobody_hears_is_told_apart() -> None:
    said = CliRunner().invoke(main, ["events", "--unheard"]).output
    assert "LoggedIn" in said
    assert "DossierMoved" not in said
    assert "kept in the journal only" in said
    heard = CliRunner().invoke(main, ["events", "noticedue"]).output
    assert "→ channels.notice" in heard
