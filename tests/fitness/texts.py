"""What stands in the repository, and which of its words people read. Used by the tests and by `script/messages`."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "motcua"

_MARKS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "gettext_noop",
}
_TAG = re.compile(r"""\{%\s*(?:translate|trans)\s+(?:"([^"]*)"|'([^']*)')""")
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b[^%]*%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
_ARGUMENT = re.compile(r"""[\s=:]_\("([^"]*)"\)""")
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the repository: those that git knows and those it would take."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {PROJECT / name for name in listing.stdout.split("\0") if name}
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def python_files(folder: Path) -> Iterator[Path]:
    return (path for path in tracked() if path.suffix == ".py" and path.is_relative_to(folder))


def named(path: Path, line: int | None = None) -> str:
    return str(path.relative_to(PROJECT)) + (f":{line}" if line else "")


@dataclass(frozen=True, slots=True)
class Text:
    """Vietnamese words that people read, spaces made even, and the file they stand in."""

    words: str
    path: Path
    line: int | None = None

    def __str__(self) -> str:
        return f"{named(self.path, self.line)}: {self.words}"


def catalogues() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".po"]


@cache
def translated() -> frozenset[str]:
    """Every Vietnamese text that some English catalogue translates, spaces made even."""
    found: set[str] = set()
    for path in catalogues():
        for block in re.findall(r'^msgid(?:_plural)? ((?:".*"\s*\n?)+)', read(path), re.MULTILINE):
            text = "".join(re.findall(r'"(.*)"', block)).replace('\\"', '"').replace("\\n", "\n")
            found.add(_even(text.replace("\\\\", "\\")))
    return frozenset(found)


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def texts_of_templates() -> Iterator[Text]:
    """Words of `translate` and `blocktranslate` tags, and those given to a tag as `_("…")`."""
    for path in tracked():
        if path.suffix not in {".html", ".txt"} or "templates" not in path.parts:
            continue
        for double, single in _TAG.findall(read(path)):
            yield Text(_even(double or single), path)
        for argument in _ARGUMENT.findall(read(path)):
            yield Text(_even(argument), path)
        for content in _BLOCK.findall(read(path)):
            for part in _PLURAL.split(content):
                yield Text(_even(re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", part.replace("%", "%%"))), path)


def texts_of_code() -> Iterator[Text]:
    """Words given to gettext."""
    for path in python_files(SOURCE):
        for node in ast.walk(ast.parse(read(path))):
            name = _name_of(node.func) if isinstance(node, ast.Call) else ""
            if not isinstance(node, ast.Call) or name not in _MARKS:
                continue
            first, last = (1, 2) if name.startswith("p") else (0, 2 if name.startswith("n") else 1)
            for argument in node.args[first:last]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Text(_even(argument.value), path, node.lineno)


def texts_of_refusals() -> Iterator[Text]:
    """What refusals say, which is translated when it is shown."""
    for refusal in refusals():
        for part in ("message", "advice", "ground"):
            yield Text(_even(refusal.values.get(part, "")), refusal.path, refusal.line)


class Refusal:
    """A DomainError of the code, as its source shows it."""

    def __init__(self, node: ast.ClassDef, path: Path) -> None:
        self.name = node.name
        self.path, self.line = path, node.lineno
        self.where = named(path, node.lineno)
        self.values: dict[str, str] = {}
        for statement in node.body:
            target = (
                statement.targets[0]
                if isinstance(statement, ast.Assign)
                else getattr(statement, "target", None)
            )
            value = getattr(statement, "value", None)
            if isinstance(target, ast.Name) and value is not None:
                texts = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant)]
                self.values[target.id] = "".join(text for text in texts if isinstance(text, str))

    @property
    def code(self) -> str:
        return self.values.get("code", "")


@cache
def refusals() -> tuple[Refusal, ...]:
    return tuple(
        refusal
        for path in python_files(SOURCE)
        if path.stem == "errors" or path.parent.name == "errors"
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.ClassDef)
        for refusal in [Refusal(node, path)]
        if "." in refusal.code
    )


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
