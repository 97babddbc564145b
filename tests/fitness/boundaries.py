"""What the import contracts cannot see, as checks of a tree of source: each gives its findings, one a line.

They take the root folder of the source, so that a test may run them on a copy that was made to break them, and the files
to look at (None: all of the tree).
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

Paths = Iterable[Path] | None
#: What other packages may import of a package. The kernel has no doors: all of it but its tables and jobs is for everybody.
DOORS = frozenset({"services", "queries", "errors", "events", "words"})
#: Doors of one package for the command line alone.
COMMAND_DOORS = {("catalogue", "survey"), ("documents", "digitization")}
#: The wing that fills an installation writes tables in bulk by the rules of every act (docs/adr/0015); commands alone reach it.
WING = "provisioning"
WING_REACHES = frozenset({"models", "rules"})
KERNEL_PRIVATE = frozenset({"models", "jobs", "migrations", "apps"})
#: What rules and words may import of the standard library: nothing that reads a clock, a file, a network or the environment.
PURE = frozenset(
    {
        "__future__", "abc", "array",
        "base64", "binascii", "bisect", "calendar", "collections", "colorsys", "copy", "dataclasses",
        "datetime", "decimal", "difflib", "enum", "fractions", "functools", "hashlib", "heapq", "hmac", "html", "itertools",
        "json", "math", "numbers", "operator", "random", "re", "statistics", "string", "struct", "textwrap", "types",
        "typing", "unicodedata", "uuid", "zoneinfo",
    }
)  # fmt: skip
PURE_PARTS = frozenset({"urllib.parse", "xml.sax.saxutils", "xml.etree.ElementTree"})
#: Libraries that only compute: the validator of JSON Schema, and expressions of tables that others run.
PURE_LIBRARIES = frozenset({"jsonschema_rs", "ibis"})
IMPURE_CALLS = frozenset(
    {
        "clock.now",
        "clock.today",
        "uuid4",
        "uuid.uuid4",
        "open",
        "input",
        "print",
        "eval",
        "exec",
        "compile",
        "__import__",
        "breakpoint",
    }
)
_STATE = frozenset({"state", "from_state", "to_state", "state_before", "state_after"})


# -- doors


def behind_doors(root: Path, paths: Paths = None) -> list[str]:
    """Imports of what lies behind the doors of another package, wherever they stand (functions, `TYPE_CHECKING`)."""
    return [
        f"{_at(root, path, node)}: {target}"
        for path, tree in _modules(root, paths)
        for node in ast.walk(tree)
        for target in _targets(root, path, node)
        if _is_behind(root, path, target)
    ]


def _targets(root: Path, path: Path, node: ast.AST) -> Iterator[str]:
    """Modules and names that a statement imports, with their full names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            here = [root.name, *path.relative_to(root).parent.parts]
            above = here[: len(here) - node.level + 1]
            base = ".".join([*above, *([node.module] if node.module else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _is_behind(root: Path, path: Path, target: str) -> bool:
    own = path.relative_to(root).parts[0]
    first, *rest = target.split(".")
    if first != root.name or len(rest) < 2 or rest[0] == own or rest[0] not in _packages(root):
        return False
    package, door, *inner = rest
    if package == "kernel":
        return door in KERNEL_PRIVATE
    if own == "cli" and ((package, door) in COMMAND_DOORS or package == WING):
        return False
    if own == WING and door in WING_REACHES:
        return False
    if door not in DOORS:
        return True
    folder = root / package / door
    if not inner or not folder.is_dir():
        return len(inner) > 1
    is_module = (folder / f"{inner[0]}.py").exists() or (folder / inner[0]).is_dir()
    return len(inner) > 1 or (is_module and inner[0] not in _bound(folder / "__init__.py"))


@cache
def _bound(path: Path) -> frozenset[str]:
    """Names a module gives on purpose: imported from further inside or defined."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return frozenset(
        names | {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    )


def fetched_by_name(root: Path, paths: Paths = None) -> list[str]:
    """Models and modules of the house fetched by a text: no import contract sees them."""
    found = []
    for path, tree in _modules(root, paths):
        parts = path.relative_to(root).parts
        if "migrations" in parts or parts[0] == "cli":
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = _called(node)
            constants = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
            texts = "".join(text for text in constants if isinstance(text, str))
            is_module = name in {"import_module", "__import__", "import_string"} and root.name in texts
            if name in {"get_model", "get_models", "get_registered_model"} or is_module:
                found.append(f"{_at(root, path, node)}: {ast.unparse(node)}")
    return found


# -- tables


def foreign_tables(root: Path, paths: Paths = None) -> list[str]:
    """SQL that names a table of another package (of the queue: anywhere but in the kernel)."""
    tables = _tables(root)
    names = sorted(map(re.escape, tables), key=len, reverse=True)
    word = re.compile(rf"\b(?:{'|'.join(names)}|procrastinate_\w+)\b")
    found = []
    for path, tree in _modules(root, paths):
        own = path.relative_to(root).parts[0]
        texts = list(_texts(tree))
        # Rows that move between packages do so in a migration that says on whose it depends.
        depends = {text.value for text in texts} if path.parent.name == "migrations" else set()
        for text in texts:
            for match in word.finditer(str(text.value)):
                owner = tables.get(match[0], "kernel")
                if owner != own and owner not in depends:
                    found.append(f"{_at(root, path, text)}: {match[0]} is of {owner}")
    return found


@cache
def _tables(root: Path) -> Mapping[str, str]:
    """Tables by their names, with the package whose they are."""
    found = {}
    for package in _packages(root):
        files = [root / package / "models.py", *(root / package / "models").glob("*.py")]
        for path in files:
            if path.exists():
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.ClassDef) and node.bases:
                        found[f"{package}_{node.name.lower()}"] = package
    return found


# -- states


def states_compared(root: Path, paths: Paths = None) -> list[str]:
    """States of dossiers compared, matched, looked up or filtered by outside the rules: only they know what a state means."""
    found = []
    for path, tree in _modules(root, paths):
        parts = path.relative_to(root).parts
        if {"rules", "migrations", "cli", "words", "words.py"} & set(parts):
            continue
        asking = (node for node in ast.walk(tree) if _asks_a_state(node))
        found += [f"{_at(root, path, node)}: {ast.unparse(node)[:80]}" for node in asking]
    return found


def _asks_a_state(node: ast.AST) -> bool:
    match node:
        case ast.Compare():
            sides = [node.left, *node.comparators]
            return any(map(_is_state, sides)) and any(map(_is_literal, sides))
        case ast.Match():
            return _is_state(node.subject) and any(
                _is_literal(part.value)
                for case in node.cases
                for part in ast.walk(case.pattern)
                if isinstance(part, ast.MatchValue)
            )
        case ast.keyword():
            return (node.arg or "").partition("__")[0] in _STATE and _is_literal(node.value)
        case ast.Subscript():
            return isinstance(node.value, ast.Dict) and _is_state(node.slice)
        case ast.Call():
            starts = _called(node) in {"startswith", "endswith"} and isinstance(node.func, ast.Attribute)
            return starts and isinstance(node.func, ast.Attribute) and _is_state(node.func.value)
    return False


def _is_state(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and _called(node) in {"str", "State"} and node.args:
        return _is_state(node.args[0])
    if isinstance(node, ast.Attribute) and node.attr == "value":
        return _is_state(node.value)
    return isinstance(node, ast.Attribute) and node.attr in _STATE


def _is_literal(node: ast.expr) -> bool:
    """A text, a member of `State`, or a collection of them."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(map(_is_literal, node.elts))
    if isinstance(node, ast.Attribute):
        owner = ast.unparse(node.value).split(".")[-1]
        return _is_literal(node.value) if node.attr == "value" else owner == "State"
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


# -- time and purity


def clocks_read(root: Path, paths: Paths = None) -> list[str]:
    """Whoever asks for the time without `kernel.clock`, which tests and demonstrations set."""
    found = []
    for path, tree in _modules(root, paths):
        parts = path.relative_to(root).parts
        if parts == ("kernel", "clock.py") or parts[0] == "cli":
            continue
        aliases = _aliases(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.Name) and _is_clock(_full(node, aliases)):
                found.append(f"{_at(root, path, node)}: {ast.unparse(node)}")
    return found


_CLOCKS = frozenset(
    {f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")}
    | {f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")}
    | {f"datetime.date.{name}" for name in ("today", "fromtimestamp")}
    | {f"django.utils.timezone.{name}" for name in ("now", "localdate", "localtime")}
    | {"django.db.models.functions.Now", "uuid.uuid1"}
)


def _is_clock(name: str) -> bool:
    return name in _CLOCKS


def impure_rules(root: Path, paths: Paths = None) -> list[str]:
    """Rules and words that reach for anything but their arguments: an allow-list, so that what is not named is refused."""
    found = []
    for path, tree in _modules(root, paths):
        package, *inner = path.relative_to(root).parts
        if package == "web" or not inner or inner[0].removesuffix(".py") not in {"rules", "words"}:
            continue
        for node in ast.walk(tree):
            for target in _targets(root, path, node):
                if not _is_pure(root, package, target):
                    found.append(f"{_at(root, path, node)}: {target}")
            if isinstance(node, ast.Call):
                named = ast.unparse(node.func)
                if named in IMPURE_CALLS or re.match(r"random\.(?!Random$)", named):
                    found.append(f"{_at(root, path, node)}: {named}()")
    return found


def _is_pure(root: Path, package: str, target: str) -> bool:
    first, *rest = target.split(".")
    if first == root.name:
        if rest[0] == "kernel":
            return len(rest) > 1 and rest[1] not in KERNEL_PRIVATE
        return len(rest) > 1 and (
            rest[1] == "words" or (rest[0] == package and rest[1] in {"rules", "errors"})
        )
    return first in PURE | PURE_LIBRARIES or any(
        target == part or target.startswith(f"{part}.") for part in PURE_PARTS
    )


# -- reading source


@cache
def _packages(root: Path) -> frozenset[str]:
    return frozenset(path.parent.name for path in root.glob("*/apps.py"))


def _modules(root: Path, paths: Paths) -> Iterator[tuple[Path, ast.Module]]:
    chosen = sorted(root.rglob("*.py")) if paths is None else paths
    return ((path, _parsed(path.read_text(encoding="utf-8"))) for path in chosen)


@cache
def _parsed(text: str) -> ast.Module:
    """Copies of the tree share what they have in common."""
    return ast.parse(text)


def _at(root: Path, path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(root)}:{getattr(node, 'lineno', 0)}"


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts but docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def _aliases(tree: ast.Module) -> Mapping[str, str]:
    """Local names of imported things, with their full names."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _full(node: ast.expr, aliases: Mapping[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_full(node.value, aliases)}.{node.attr}"
    return aliases.get(node.id, "") if isinstance(node, ast.Name) else ""


CHECKS: Mapping[str, Callable[..., list[str]]] = {
    "behind_doors": behind_doors,
    "fetched_by_name": fetched_by_name,
    "foreign_tables": foreign_tables,
    "states_compared": states_compared,
    "clocks_read": clocks_read,
    "impure_rules": impure_rules,
}
