"""What reviewers forget: the repository keeps its own promises. Needs no database."""

import ast
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as examples
from tests.fitness.texts import (
    PROJECT,
    SOURCE,
    catalogues,
    named,
    python_files,
    read,
    refusals,
    texts_of_code,
    texts_of_refusals,
    texts_of_templates,
    tracked,
    translated,
)

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".ini",
    ".po",
    ".html",
    ".txt",
    ".json",
    ".yml",
    ".yaml",
    ".sh",
    ".js",
    ".mjs",
    ".css",
}
LONGEST_FILE = 500


def is_text(path: Path) -> bool:
    return path.suffix in TEXT or path.suffix == "" or path.suffix == ".lock"


def is_vendored(path: Path) -> bool:
    return "static" in path.parts or "vendor" in path.parts


def lines_with(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    return [
        f"{named(path, number)}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(read(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def none_of(found: list[str]) -> None:
    """Fail with every finding on a line of its own."""
    assert not found, f"{len(found)} found:\n" + "\n".join(found)


# -- what must not be in the repository


def test_no_path_of_somebodys_machine() -> None:
    machines = re.compile(r"(?<![\w.}])/(?:wo" + r"rk|ro" + r"ot|home/\w+|tmp/la" + r"b)/")
    none_of(lines_with(machines, (path for path in tracked() if is_text(path) and not is_vendored(path))))


def test_no_address_of_a_package_registry() -> None:
    hosts = re.compile(
        r"(?:pypi\." + r"org|pythonhosted\." + r"org|npmjs\.(?:org|com)" + r"|deb\.debian\." + r"org)"
    )
    none_of(lines_with(hosts, (path for path in tracked() if is_text(path) and not is_vendored(path))))


def test_the_lock_files_hold_every_dependency_with_hashes() -> None:
    project = tomllib.loads(read(PROJECT / "pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["simulators"]
    for lock, requirements in {
        "requirements.lock": wanted,
        "requirements-dev.lock": wanted + project["optional-dependencies"]["dev"],
    }.items():
        locked = set(re.findall(r"^([\w.-]+)==", read(PROJECT / lock), re.MULTILINE))
        names = {re.split(r"[\[=<>~! ;]", requirement)[0] for requirement in requirements} - {"motcua"}
        assert {name.lower().replace("_", "-") for name in names} - locked == set(), (
            f"run script/lock: {lock}"
        )
        assert read(PROJECT / lock).count("==") == read(PROJECT / lock).count(
            " \\\n    --hash=sha256:"
        ) - len(re.findall(r"^    --hash=\S+ \\$", read(PROJECT / lock), re.MULTILINE)), (
            f"{lock} holds a package without a hash"
        )


def test_no_secret_key_or_compiled_catalogue() -> None:
    forbidden = {".p12", ".pfx", ".key", ".mo", ".pyc"}
    assert [named(path) for path in tracked() if path.suffix in forbidden] == []
    private = re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----")
    none_of(lines_with(private, (path for path in tracked() if is_text(path) or path.suffix == ".pem")))


def test_nothing_is_put_off() -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    paths = (path for path in tracked() if path.suffix == ".py" and not is_vendored(path))
    none_of(lines_with(later, paths))


def test_whatever_is_silenced_says_why() -> None:
    silenced = re.compile(r"#\s*(?:type:\s*ignore(?:\[[\w, -]+\])?|noqa(?::\s*[A-Z0-9, ]+)?)\s*$")
    none_of(lines_with(silenced, (path for path in tracked() if path.suffix == ".py")))


def test_no_example_is_judged_by_the_clock() -> None:
    """A busy machine failed a right program: examples have no time limit, said once for the whole suite."""
    assert examples().deadline is None
    said = [named(path) for path in python_files(PROJECT / "tests") if "deadline=None" in read(path)]
    assert [name for name in said if name not in {"tests/conftest.py", named(Path(__file__))}] == []


def test_no_file_outgrows_a_reader() -> None:
    code = (path for path in python_files(PROJECT / "src") if "migrations" not in path.parts)
    long = {named(path): len(read(path).splitlines()) for path in code}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


# -- the shape of the house


def test_packages_begin_with_their_promise_and_nothing_else() -> None:
    for package in sorted(path for path in SOURCE.iterdir() if (path / "apps.py").exists()):
        body = ast.parse(read(package / "__init__.py")).body
        assert len(body) == 1, f"{named(package)}/__init__.py holds more than its docstring"
        assert ast.get_docstring(ast.Module(body, [])), f"{named(package)}/__init__.py makes no promise"


def test_no_state_is_compared_in_a_template() -> None:
    """Only `rules/` knows what a state means; elsewhere a state is asked, not compared (of code: test_boundaries)."""
    templates = (path for path in tracked() if path.suffix == ".html" and path.is_relative_to(SOURCE))
    none_of(lines_with(re.compile(r"""\.state\s*(?:==|!=|in)\s*["']"""), templates))


def test_migrations_are_linear_and_named() -> None:
    by_package: dict[Path, list[Path]] = defaultdict(list)
    for path in python_files(SOURCE):
        if path.parent.name == "migrations" and path.name != "__init__.py":
            by_package[path.parent].append(path)
    assert by_package
    for folder, files in by_package.items():
        package = folder.parent.name
        names = sorted(path.stem for path in files)
        assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)], named(
            folder
        )
        assert not [name for name in names if re.search(r"_auto_|_merge_|\d{8}_\d{4}", name)], named(folder)
        for path in files:
            own = set(re.findall(rf"""\(\s*["']{package}["'],\s*["'](\d{{4}}_\w+)["']""", read(path)))
            before = names[names.index(path.stem) - 1] if names.index(path.stem) else None
            assert own <= ({before} if before else set()), f"{named(path)} does not follow {before}"
            assert before is None or own == {before}, f"{named(path)} does not follow {before}"


# -- what is promised to operators, officers and readers


def documented_settings() -> set[str]:
    return set(
        re.findall(
            r"`((?:MOTCUA_|DATABASE_(?:OWNER_)?URL)[A-Z0-9_]*)`", read(PROJECT / "docs" / "settings.md")
        )
    )


def settings_read() -> set[str]:
    calls = re.compile(r"""(?:text|boolean|integer|words|choice|database)\(\s*["']([A-Z][A-Z0-9_]+)["']""")
    direct = re.compile(
        r"""(?:environ(?:\.get|\.setdefault)?[\[(]\s*|envvar=)["'](MOTCUA_[A-Z0-9_]+|DATABASE_(?:OWNER_)?URL)["']"""
    )
    found: set[str] = set()
    for path in python_files(SOURCE):
        found |= set(direct.findall(read(path)))
        if "settings" in path.relative_to(SOURCE).parts:
            found |= set(calls.findall(read(path)))
    return found


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    assert settings_read() - documented_settings() == set(), "not in docs/settings.md"
    assert documented_settings() - settings_read() == set(), "in docs/settings.md, but nothing reads it"


def test_every_setting_that_is_used_is_defined() -> None:
    defined = set(
        re.findall(r"^(MOTCUA_[A-Z0-9_]+)\s*=", read(SOURCE / "settings" / "base.py"), re.MULTILINE)
    )
    used = {
        name for path in python_files(SOURCE) for name in re.findall(r"\bsettings\.(MOTCUA_\w+)", read(path))
    }
    assert used - defined == set()


def test_every_refusal_has_a_code_of_its_own_and_a_message() -> None:
    assert refusals()
    seen: dict[str, str] = {}
    for refusal in refusals():
        assert refusal.code not in seen, f"{refusal.where}: {refusal.code} is also {seen[refusal.code]}"
        seen[refusal.code] = refusal.where
        assert len(refusal.values.get("message", "")) > 10, f"{refusal.where}: {refusal.name} says nothing"


def test_every_refusal_happens_in_some_test() -> None:
    tests = "\n".join(
        read(path) for path in python_files(PROJECT / "tests") if path != Path(__file__).resolve()
    )
    words = set(re.findall(r"\w+", tests))
    never = [
        f"{refusal.where}: {refusal.name} ({refusal.code})"
        for refusal in refusals()
        if refusal.name not in words and refusal.code not in tests
    ]
    none_of(never)


def test_every_term_of_the_glossary_is_used() -> None:
    code = "\n".join(read(path) for path in python_files(PROJECT / "src")).lower()
    flat = re.sub(r"[^a-z0-9]+", "", code)
    unused = []
    for line in read(PROJECT / "docs" / "glossary.md").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if (
            not line.startswith("|")
            or len(cells) < 2
            or set(cells[0]) <= set("-: ")
            or cells[0].lower() in {"english", "term"}
        ):
            continue
        terms = re.split(r"\s*[/,;(]\s*", re.sub(r"[`*]", "", cells[0].lower()))
        if not any(re.sub(r"[^a-z0-9]+", "", term) in flat for term in terms if len(term) > 2):
            unused.append(cells[0])
    none_of(unused)


def test_documents_link_to_what_exists() -> None:
    broken = []
    for path in tracked():
        if path.suffix == ".md" and not is_vendored(path):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(path)):
                if (
                    "://" not in target
                    and not target.startswith("mailto:")
                    and not (path.parent / target).exists()
                ):
                    broken.append(f"{named(path)}: {target}")
    none_of(broken)


# -- what people read


@pytest.mark.parametrize("catalogue", catalogues(), ids=named)
def test_every_message_of_a_catalogue_is_translated(catalogue: Path) -> None:
    counted = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(catalogue)],
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert counted.returncode == 0, counted.stderr
    assert not re.search("fuzzy|untranslated", counted.stderr), counted.stderr


def test_every_text_of_the_templates_is_translated() -> None:
    none_of([str(text) for text in texts_of_templates() if text.words not in translated()])


def test_every_text_of_the_code_is_translated() -> None:
    none_of([str(text) for text in texts_of_code() if text.words not in translated()])


def test_every_refusal_is_translated() -> None:
    none_of([str(text) for text in texts_of_refusals() if text.words not in translated()])
