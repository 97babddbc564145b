"""No announcement goes unheard by oversight: every event has an announcer, and somebody who hears it or a reason why not."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.fitness.texts import SOURCE

from motcua.dossiers.events import NoticeDue, PaperAttached
from motcua.kernel.events import ListenerTwice, consumer, listener
from motcua.kernel.wiring import Wire, wires
from motcua.oversight import services as _  # noqa: F401 - readers register when their module is loaded

#: Events that are only kept in the journal, and why that is all that is asked of them.
KEPT_ONLY: Mapping[str, str] = {
    "CatalogueImported": "the record of an import; the catalogue remembers by its own revision",
    "ProcedurePublished": "the record of a publication; versions in force are found by their days",
    "VersionWithdrawn": "as above",
    "AccountOpened": "the record of an act of administration",
    "AccountClosed": "as above",
    "AccountReopened": "as above",
    "ForgeryReported": "the record of a report, which people read on their page; it says nothing about a dossier's figures",
    "ForgeryReportClosed": "as above",
    "ChargesCancelled": "the trail of a charge; figures of money are told by ChargesRaised and ChargesSettled",
    "AgencyOpened": "as above; agencies are found by their days",
    "AgencyCorrected": "as above, with what stood before; how an agency is reached is read with every page",
    "PostOpened": "as above; posts are read with the roles that have them",
    "RoleAssigned": "as above; grants are read with every request",
    "RoleEnded": "as above",
    "AccessDecided": "the record of a decision; what it does is told by AccessChanged",
    "SigningDelegated": "as above; who may sign is asked at each signature",
    "DelegationRevoked": "as above",
    "LoggedIn": "the record of who came in",
    "LogInWasLocked": "the record of who was kept out",
    "PartyRegistered": "the record of a person or organisation made known",
    "TerritorySucceeded": "agencies follow by their own succession",
}


def class_of(wire: Wire) -> str:
    """`dossiers.PaperAttached` or `dossiers.PaperAttached.v2` → PaperAttached."""
    return wire.event.split(".")[1]


def unannounced(found: list[Wire]) -> list[str]:
    return [wire.event for wire in found if not wire.announcers]


def unheard(found: list[Wire]) -> list[str]:
    return [wire.event for wire in found if not wire.is_heard and class_of(wire) not in KEPT_ONLY]


def test_every_event_is_announced_and_heard_or_kept_for_a_reason() -> None:
    found = wires(SOURCE)
    assert found
    assert unannounced(found) == []
    assert unheard(found) == []
    heard = {class_of(wire) for wire in found if wire.is_heard}
    assert heard & KEPT_ONLY.keys() == set(), "heard, and yet said to be kept only"
    assert KEPT_ONLY.keys() - {class_of(wire) for wire in found} == set(), "there is no such event"


# -- the same checks on a broken tree


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    copy = tmp_path / "motcua"
    shutil.copytree(
        SOURCE, copy, ignore=shutil.ignore_patterns("*.po", "static", "templates", "packs", "__pycache__")
    )
    return copy


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_act_that_forgets_to_announce_is_seen(tree: Path) -> None:
    rewritten(tree / "dossiers" / "services" / "papers.py", "PaperExempted(\n", "print(\n")
    assert unannounced(wires(tree)) == [
        wire.event for wire in wires(SOURCE) if class_of(wire) == "PaperExempted"
    ]


def test_an_event_nobody_hears_is_seen() -> None:
    deaf = [
        Wire(wire.event, wire.announcers, (), ()) if class_of(wire) == "PaperAttached" else wire
        for wire in wires(SOURCE)
    ]
    assert unheard(deaf) == [PaperAttached.name]


def test_a_second_listener_or_reader_of_one_name_is_refused() -> None:
    with pytest.raises(ListenerTwice, match=r"channels\.notice"):
        listener(NoticeDue, name="channels.notice")(print)
    with pytest.raises(ListenerTwice):
        listener(PaperAttached, name="channels.notice")(print)
    with pytest.raises(ListenerTwice, match=r"oversight\.facts"):
        consumer("oversight.facts", NoticeDue)
