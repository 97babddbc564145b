"""Who hears what: for every event its announcers, its listeners and its batch readers.

Listeners and readers register themselves when the program starts; announcers are found in the source, for an announcement
is a call like any other.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from motcua.kernel.events import known, listeners_of, readers_of


@dataclass(frozen=True, slots=True)
class Wire:
    """One event: who announces it (`module.function`), who listens, who reads it in batches."""

    event: str
    announcers: tuple[str, ...]
    listeners: tuple[str, ...]
    readers: tuple[str, ...]

    @property
    def is_heard(self) -> bool:
        """Whether anything happens when it is announced, but for its entry in the journal."""
        return bool(self.listeners or self.readers)


def wires(source: Path) -> list[Wire]:
    """Every event that the modules below `source` (the folder of the root package) define, by name."""
    for file in sorted(
        source.glob("*/events.py")
    ):  # whoever is asked alone has not imported every package yet
        import_module(f"{source.name}.{file.parent.name}.events")
    types = {
        (event.__module__, event.__name__): name
        for name, event in known().items()
        if event.__module__.partition(".")[0] == source.name
    }
    announcers: dict[str, list[str]] = {name: [] for name in types.values()}
    for path in sorted(source.rglob("*.py")):
        module = ".".join((source.name, *path.relative_to(source).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for event, function in _made(ast.parse(path.read_text(encoding="utf-8")), types):
            announcers[event].append(f"{module}.{function}")
    return [
        Wire(
            name,
            tuple(dict.fromkeys(announcers[name])),
            tuple(sorted(listeners_of(name))),
            tuple(sorted(readers_of(name))),
        )
        for name in sorted(types.values())
    ]


def _made(tree: ast.Module, types: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """Events made in a module, with the function that makes them."""
    local = {
        alias.asname or alias.name: types[node.module, alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if (node.module, alias.name) in types
    }
    for statement in tree.body:
        for function in ast.walk(statement):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in local:
                    yield local[node.func.id], function.name
