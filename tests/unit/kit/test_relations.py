"""What must be true between answers is judged alike on the server and in the browser: one table of cases, read by both."""

import json
from datetime import date
from typing import Any

import pytest
from tests.factories.node import passed
from tests.fitness.texts import PROJECT

from motcua.catalogue.queries import broken_relation

TABLE: list[dict[str, Any]] = json.loads((PROJECT / "tests/js/relations.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_a_relation_is_judged_on_the_server(case: dict[str, Any]) -> None:
    told = broken_relation(case["relation"], case["data"], date.fromisoformat(case["today"]))
    assert (".".join(map(str, told)) if told else None) == case["broken"]


def test_the_same_relations_are_judged_in_the_browser() -> None:
    assert passed(PROJECT / "tests" / "js" / "relations.test.mjs") == len(TABLE)
