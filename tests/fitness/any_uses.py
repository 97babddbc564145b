"""Where the product says `Any`: every name in its code, and every use of an alias that stands for one."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


def any_uses(source: Path) -> Counter[str]:
    """File below `source` → how often it says `Any`. Importing it is not counted; an alias made of it counts at each use."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(source.rglob("*.py"))}
    aliases = {"Any"}
    while grown := {name for tree in trees.values() for name in _aliases(tree, aliases)} - aliases:
        aliases |= grown
    found: Counter[str] = Counter()
    for path, tree in trees.items():
        local = {"Any"} | (_known(tree) & aliases)
        count = sum(1 for node in ast.walk(tree) if _says(node, local))
        if count:
            found[str(path.relative_to(source))] = count
    return found


def _says(node: ast.AST, names: set[str]) -> bool:
    match node:
        case ast.Name():
            return node.id in names and isinstance(node.ctx, ast.Load)
        case ast.Attribute():
            return node.attr == "Any"
        case ast.Constant(value=str(text)) if "Any" in text:
            return _is_type(text, names)
    return False


def _is_type(text: str, names: set[str]) -> bool:
    """Whether a text is a quoted type with `Any` in it, not a sentence."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(tree))


def _aliases(tree: ast.Module, of: set[str]) -> Iterator[str]:
    """Names that a module gives to a type with one of these in it: `X: TypeAlias = …`, and `X = Mapping[str, Any]`."""
    known = {"Any"} | (_known(tree) & of)
    for node in tree.body:
        match node:
            case ast.AnnAssign(
                target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value
            ):
                pass
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp() as value):
                pass
            case _:
                continue
        if any(_says(part, known) for part in ast.walk(value)):
            yield name


def _known(tree: ast.Module) -> set[str]:
    """Names that a module imports or defines at its top."""
    names = set()
    for node in tree.body:
        match node:
            case ast.ImportFrom():
                names |= {alias.asname or alias.name for alias in node.names}
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                names.add(name)
    return names
