"""What `script/mutate` does: break the code in one place, run the tests that reach this place, tell whether one of them fails.

Which test reaches which line is measured first (coverage by test). A mutation is made in the tree a module is compiled from, not
in its file: nothing on disk changes. Each is tried in a process of its own, forked from one that has loaded the libraries. A
mutation nobody reaches survives; one whose tests do not end in time is killed by the clock. Some survivors mean the same as what
stood there: they are counted as survivors all the same.
"""

import argparse
import ast
import importlib
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "motcua"
OUT = PROJECT / "var" / "mutations"

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutation:
    """One place of one module and what is done there; `index` counts the nodes of the tree in its own order."""

    path: Path
    index: int
    kind: str
    line: int
    last: int

    def __str__(self) -> str:
        where = self.path.relative_to(PROJECT)
        return f"{where}:{self.line}: {self.kind}: {self.path.read_text().splitlines()[self.line - 1].strip()[:90]}"


def kinds(node: ast.AST) -> Iterator[str]:
    """What can be done to a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        yield "another comparison"
    elif isinstance(node, ast.BoolOp):
        yield "and for or"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not"
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPERATORS:
        yield "another operator"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "true for false"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "one more"
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "the other branch"
    elif isinstance(node, ast.Return) and node.value is not None and not is_none(node.value):
        yield "returns nothing"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out"
    elif isinstance(node, ast.Continue | ast.Break):
        yield "goes on"


def is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def places(tree: ast.AST) -> Iterator[tuple[int, ast.AST]]:
    """The nodes whose meaning is tested: no annotations, decorators, documentation, types or declarations of a class's fields."""
    skipped: set[int] = set()
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            skipped.update(id(child) for child in ast.iter_child_nodes(node))
            continue
        for part in unmeant(node):
            skipped.add(id(part))
        yield index, node


def unmeant(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from node.decorator_list
        yield node.args
        if node.returns:
            yield node.returns
    elif isinstance(node, ast.ClassDef):
        yield from node.decorator_list
    elif isinstance(node, ast.AnnAssign):
        yield node.annotation
    elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        yield from [node.test, *node.body]
    elif isinstance(node, ast.Raise):
        yield from ast.iter_child_nodes(
            node
        )  # which refusal it is matters less than that it is one: held by the codes
    elif isinstance(node, ast.Assert):
        yield from ast.iter_child_nodes(node)


def apply(node: ast.AST, kind: str) -> ast.AST:
    """The changed node (in place where the node stays)."""
    if kind == "another comparison":
        node.ops = [COMPARISONS[type(node.ops[0])]()]
    elif kind == "and for or":
        node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    elif kind == "without not":
        return node.operand
    elif kind == "another operator":
        node.op = OPERATORS[type(node.op)]()
    elif kind == "true for false":
        node.value = not node.value
    elif kind == "one more":
        node.value += 1
    elif kind == "the other branch":
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif kind == "returns nothing":
        node.value = ast.Constant(None)
    else:
        return ast.Pass()
    return node


class Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, kind: str) -> None:
        self.target, self.kind = target, kind

    def visit(self, node: ast.AST) -> ast.AST:
        return apply(node, self.kind) if node is self.target else self.generic_visit(node)


def found(files: list[Path]) -> list[Mutation]:
    """Every mutation of these files, in the order of the files and their trees."""
    every = []
    for path in files:
        for index, node in places(ast.parse(path.read_text())):
            every += [
                Mutation(path, index, kind, node.lineno, node.end_lineno or node.lineno)
                for kind in kinds(node)
            ]
    return every


class Broken(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives one module compiled from its mutated tree."""

    def __init__(self, mutation: Mutation) -> None:
        self.mutation = mutation
        parts = mutation.path.relative_to(PROJECT / "src").with_suffix("").parts
        self.is_whole = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_whole else parts)

    def find_spec(self, name, path, target=None):
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(
            name,
            self.mutation.path,
            loader=self,
            submodule_search_locations=[str(self.mutation.path.parent)] if self.is_whole else None,
        )

    def get_source(self, name: str) -> str:
        return self.mutation.path.read_text()

    def is_package(self, name: str) -> bool:
        return self.is_whole

    def get_code(self, name: str):
        tree = ast.parse(self.get_source(name))
        target = list(ast.walk(tree))[self.mutation.index]
        tree = ast.fix_missing_locations(Replace(target, self.mutation.kind).visit(tree))
        return compile(tree, str(self.mutation.path), "exec", dont_inherit=True)


class Patient:
    """On a busy machine an example of a property may take long: that says nothing about the code."""

    def pytest_configure(self) -> None:
        import hypothesis

        hypothesis.settings.register_profile("mutations", deadline=None, derandomize=True, database=None)
        hypothesis.settings.load_profile("mutations")


class ByTest:
    """Tells the measurement which test is running."""

    def __init__(self, measured) -> None:
        self.measured = measured

    def pytest_runtest_logstart(self, nodeid: str, location: object) -> None:
        self.measured.switch_context(nodeid)

    def pytest_runtest_logfinish(self, nodeid: str, location: object) -> None:
        self.measured.switch_context("")


OPTIONS = ["-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:logging", "--tb=no"]
DATABASE = ["--reuse-db"]


def measure(tests: list[str], files: list[Path], data: Path) -> None:
    """Run the tests once and write down which of them reaches which line."""
    pid = os.fork()
    if pid == 0:
        import coverage
        import pytest

        measured = coverage.Coverage(
            data_file=str(data), branch=True, source=[str(SOURCE)], config_file=False
        )
        measured.start()
        code = pytest.main([*OPTIONS, *DATABASE, *tests], plugins=[Patient(), ByTest(measured)])
        measured.stop()
        measured.save()
        measured.report(
            include=[str(path) for path in files], show_missing=True, skip_covered=True, skip_empty=True
        )
        sys.stdout.flush()
        os._exit(int(code))
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit("the tests fail before anything is broken: mend them first")


def reaching(data: Path, files: list[Path]) -> dict[Path, dict[int, set[str]]]:
    """file → line → tests; under line 0 the tests that reach any line."""
    import coverage

    read = coverage.CoverageData(basename=str(data))
    read.read()
    told = {}
    for path in files:
        lines = {line: set(tests) for line, tests in read.contexts_by_lineno(str(path)).items()}
        lines[0] = {test for tests in lines.values() for test in tests if test}
        told[path] = lines
    return told


def tests_of(mutation: Mutation, told: dict[int, set[str]], folders: list[str]) -> list[str]:
    """The tests that reach the place. A table is read on import, and who reads it afterwards runs no line of its module: for it
    all tests of its package are run, after those that use the module.
    """
    lines = [told[line] for line in range(mutation.line, mutation.last + 1) if line in told]
    reached = {test for tests in lines for test in tests}
    if "" not in reached:
        return sorted(reached)
    package = mutation.path.relative_to(SOURCE).parts[0]
    own = [f"{folder}/{package}" for folder in folders if (PROJECT / folder / package).is_dir()]
    return [*sorted(told[0]), *(own or folders)]


def verdict(mutation: Mutation, tests: list[str], seconds: float) -> str:
    """killed, killed by the clock, or survived."""
    if not tests:
        return "survived, unreached"
    pid = os.fork()
    if pid == 0:
        os.setpgrp()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        import pytest

        sys.meta_path.insert(0, Broken(mutation))
        try:
            os._exit(int(pytest.main([*OPTIONS, *DATABASE, "-x", *tests], plugins=[Patient()])))
        except BaseException:
            os._exit(1)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"
        time.sleep(0.05)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "killed by the clock"


def warm_up() -> None:
    """Load what every trial needs and no mutation touches: libraries, never the product."""
    sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]
    os.chdir(PROJECT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings.test"
    for name in (
        "django.db.models",
        "django.test",
        "hypothesis",
        "pydantic",
        "pytest",
        "jsonschema_rs",
        "psycopg",
    ):
        importlib.import_module(name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("of", help="rules, services, or a folder of src/motcua, such as payments/services")
    parser.add_argument("--tests", nargs="+", default=["tests/unit"])
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument(
        "--seconds", type=float, default=240.0, help="a trial that takes longer is killed by the clock"
    )
    parser.add_argument("--again", action="store_true", help="use the measurement of the last run")
    given = parser.parse_args()
    pattern = f"*/{given.of}/**/*.py" if "/" not in given.of else f"{given.of}/**/*.py"
    files = sorted(path for path in SOURCE.glob(pattern) if path.is_file())
    every = found(files)
    chosen = random.Random(given.seed).sample(every, min(given.tries, len(every)))
    OUT.mkdir(parents=True, exist_ok=True)
    data = OUT / f"{given.of.replace('/', '-')}.coverage"
    warm_up()
    if not (given.again and data.exists()):
        measure(given.tests, files, data)
    told = reaching(data, files)
    counted: Counter[str] = Counter()
    for number, mutation in enumerate(chosen, 1):
        tests = tests_of(mutation, told[mutation.path], given.tests)
        said = verdict(mutation, tests, given.seconds)
        counted[said] += 1
        print(f"{number:4} {said} ({len(tests)} tests)", flush=True)
        if said.startswith("survived"):
            print(f"     {mutation}", flush=True)
    killed = counted["killed"] + counted["killed by the clock"]
    print(
        f"{given.of}: {len(every)} places in {len(files)} files, {len(chosen)} tried with seed {given.seed}: "
        f"{killed} killed ({100 * killed / max(1, len(chosen)):.1f} %); {dict(counted)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
