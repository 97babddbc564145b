"""Which services somebody can reach: asked of the source, so that a broken copy of it can be asked too.

A service is reached where a face (`web`) or a command (`cli`) names it, or where a function that is reached names it. What
happens by itself is reached from `jobs`: by an event or by the clock; a person's act is not.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: A definition: its module and its name at the top of it.
Place = tuple[str, str]
_DEFINED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(slots=True)
class _Module:
    """What a module defines and imports, by the names it gives them."""

    imported: dict[str, Place] = field(default_factory=dict)
    defined: dict[str, list[ast.stmt]] = field(default_factory=dict)
    rest: list[ast.stmt] = field(default_factory=list)
    exported: tuple[str, ...] = ()


class Doors:
    """The services of a tree and what reaches them."""

    def __init__(self, root: Path) -> None:
        self._root = root.name
        self._modules = {
            _named(root, path): _read(ast.parse(path.read_text(encoding="utf-8")))
            for path in sorted(root.rglob("*.py"))
        }

    def services(self) -> Iterator[Place]:
        """Every function that a package offers as a service; values and types among the exports are none."""
        for name, module in self._modules.items():
            package, _, door = name.removeprefix(f"{self._root}.").partition(".")
            if door == "services":
                for exported in module.exported or tuple(n for n in module.defined if not n.startswith("_")):
                    at = self._followed((name, exported))
                    if any(isinstance(one, ast.FunctionDef) for one in self._statements(at)):
                        yield (package, exported)

    def reached(self, *parts: str) -> frozenset[Place]:
        """The services that modules below these parts of the tree reach (`web`, `cli`; `jobs` means those of every package)."""
        seen: set[Place] = set()
        waiting = [
            place
            for name, module in self._modules.items()
            if _is_part(name.split(".")[1:], parts)
            for place in self._named_in(name, [*module.rest, *_all(module.defined.values())])
        ]
        while waiting:
            place = self._followed(waiting.pop())
            if place not in seen and self._is_product(place[0]):
                seen.add(place)
                waiting += self._named_in(place[0], self._statements(place))
        return frozenset(
            service
            for service in self.services()
            if self._followed((f"{self._root}.{service[0]}.services", service[1])) in seen
        )

    def _is_product(self, name: str) -> bool:
        """Whether a module is followed: what fills a demo or a simulation is nobody's door."""
        return name in self._modules and not _is_part(name.split(".")[1:], ["provisioning"])

    def _statements(self, place: Place) -> list[ast.stmt]:
        module = self._modules.get(place[0])
        return module.defined.get(place[1], []) if module else []

    def _followed(self, place: Place) -> Place:
        """Where a name is defined that another module only passes on."""
        for _ in range(10):
            module = self._modules.get(place[0])
            if module is None or place[1] in module.defined or place[1] not in module.imported:
                return place
            place = module.imported[place[1]]
        return place

    def _named_in(self, name: str, statements: Iterable[ast.stmt]) -> Iterator[Place]:
        """What statements of a module name, of this house."""
        module = self._modules[name]
        for statement in statements:
            local = {
                key: place
                for node in ast.walk(statement)
                if isinstance(node, ast.ImportFrom)
                for key, place in _imports(node)
            }
            known = module.imported | local
            for node in ast.walk(statement):
                if isinstance(node, ast.Name):
                    if node.id in known:
                        yield known[node.id]
                    elif node.id in module.defined:
                        yield (name, node.id)
                elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    held = known.get(node.value.id)
                    if held is not None:  # an attribute of a module: `services.open_agency`
                        yield (".".join(part for part in held if part), node.attr)


def _named(root: Path, path: Path) -> str:
    return ".".join((root.name, *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")


def _is_part(path: list[str], parts: Iterable[str]) -> bool:
    return any(path[:1] == [part] or path[1:2] == [part] == ["jobs"] for part in parts)


def _all(lists: Iterable[list[ast.stmt]]) -> list[ast.stmt]:
    return [one for some in lists for one in some]


def _read(tree: ast.Module) -> _Module:
    module = _Module()
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom):
            module.imported |= dict(_imports(statement))
        elif isinstance(statement, _DEFINED):
            module.defined.setdefault(statement.name, []).append(statement)
        elif targets := _targets(statement):
            if "__all__" in targets:
                module.exported = _texts(statement)
            for target in targets:
                module.defined.setdefault(target, []).append(statement)
        else:
            module.rest.append(statement)
    return module


def _imports(node: ast.ImportFrom) -> Iterator[tuple[str, Place]]:
    for alias in node.names:
        yield alias.asname or alias.name, (node.module or "", alias.name)


def _targets(statement: ast.stmt) -> list[str]:
    held = (
        statement.targets
        if isinstance(statement, ast.Assign)
        else [statement.target]
        if isinstance(statement, ast.AnnAssign)
        else []
    )
    return [node.id for target in held for node in ast.walk(target) if isinstance(node, ast.Name)]


def _texts(statement: ast.stmt) -> tuple[str, ...]:
    return tuple(
        node.value
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def missing(root: Path, reasons: Mapping[str, str]) -> list[str]:
    """Services that nobody can reach and nobody gives a reason for, and reasons that are not needed."""
    doors = Doors(root)
    reached = doors.reached("web", "cli") | doors.reached("jobs")
    shut = {".".join(place) for place in doors.services() if place not in reached}
    return [
        *(f"{service}: no page, command or job reaches it" for service in sorted(shut - reasons.keys())),
        *(
            f"{service}: a reason, though it is reached or does not exist"
            for service in sorted(reasons.keys() - shut)
        ),
    ]
