"""`Any` switches the type check off for whatever touches it: how often the product says so is counted, and only falls."""

from pathlib import Path

import pytest
from tests.fitness.any_uses import any_uses
from tests.fitness.texts import PROJECT

#: What is left stands at the border of libraries without types and where JSON trees are walked. Lower it, never raise it.
MOST = 763


def test_any_is_said_no_more_often_than_before() -> None:
    found = any_uses(PROJECT / "src" / "motcua")
    assert found.total() <= MOST, found.most_common(12)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("from typing import Any\ndef f(x: Any) -> dict[str, Any]: ...\n", 2),
        ("import typing\nx: typing.Any = 1\n", 1),
        ('from typing import Any\nx: "list[Any]" = []\n', 1),
        ('"""Any of several."""\nfrom collections import OrderedDict\nx = "Any"\n', 1),
        (
            "from typing import Any, TypeAlias\nRow: TypeAlias = tuple[Any, ...]\ndef f(x: Row) -> Row: ...\n",
            3,
        ),
        ("from typing import Any\nRow = tuple[Any, ...]\nRows = list[Row]\ndef f(x: Rows) -> None: ...\n", 3),
        ("def f(x: object) -> int: ...\n", 0),
    ],
)
def test_every_way_of_saying_it_counts(tmp_path: Path, text: str, count: int) -> None:
    (tmp_path / "one.py").write_text(text)
    assert any_uses(tmp_path).total() == count


def test_an_alias_counts_where_it_is_imported(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text("from typing import Any\nRow = tuple[Any, ...]\n")
    (tmp_path / "reader.py").write_text("from words import Row\ndef f(x: Row) -> Row: ...\n")
    assert any_uses(tmp_path) == {"words.py": 1, "reader.py": 2}
