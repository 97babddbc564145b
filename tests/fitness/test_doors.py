"""No service without a door: each is reached by a page, a command or a job, or somebody says why not."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.fitness.doors import Doors, missing
from tests.fitness.texts import SOURCE

#: Services that neither a page nor a command nor a job reaches, and why. At most ten.
REASONS: Mapping[str, str] = {
    "channels.mark_read": "the space of citizens shows notices and keeps no marks of what was read",
    "oversight.count_loaded": "for what is loaded in bulk, which only the wing of demos and simulations does",
}


def test_every_service_has_a_door() -> None:
    assert missing(SOURCE, REASONS) == []
    assert len(REASONS) <= 10


def test_there_are_services_to_walk() -> None:
    """What is offered under `services` is found at all, in packages and in single modules."""
    found = set(Doors(SOURCE).services())
    assert {
        "directory",
        "catalogue",
        "documents",
        "payments",
        "warehouse",
        "dossiers",
        "channels",
        "oversight",
    } == {package for package, _ in found}
    assert ("dossiers", "ABSENT") not in found, "a value is no service"
    assert ("dossiers", "Moved") not in found, "a type is no service"


# -- the same check on a broken tree


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


def test_a_page_that_goes_takes_the_door_with_it(tree: Path) -> None:
    rewritten(tree / "web" / "office" / "administration" / "posts.py", "services.open_post(", "print(")
    assert missing(tree, REASONS) == ["directory.open_post: no page, command or job reaches it"]


def test_a_demo_is_no_door(tree: Path) -> None:
    (tree / "web" / "office" / "administration" / "opening.py").unlink()
    assert "directory.open_agency: no page, command or job reaches it" in missing(tree, REASONS)


def test_a_service_that_only_a_shut_service_calls_is_shut(tree: Path) -> None:
    path = tree / "directory" / "services" / "staffing.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"{text}\n\ndef inner() -> None: ...\n\n\ndef outer() -> None:\n    inner()\n", encoding="utf-8"
    )
    rewritten(
        tree / "directory" / "services" / "__init__.py",
        "from motcua.directory.services.staffing import (",
        "from motcua.directory.services.staffing import inner, outer\nfrom motcua.directory.services.staffing import (",
    )
    rewritten(
        tree / "directory" / "services" / "__init__.py",
        "__all__ = [",
        '__all__ = [\n    "inner",\n    "outer",',
    )
    assert missing(tree, REASONS) == [
        "directory.inner: no page, command or job reaches it",
        "directory.outer: no page, command or job reaches it",
    ]


def test_a_reason_that_is_not_needed_is_seen() -> None:
    assert missing(SOURCE, {**REASONS, "directory.open_post": "?"}) == [
        "directory.open_post: a reason, though it is reached or does not exist"
    ]
