"""Conditions hold alike on the server and in the browser: one table of cases, read by both."""

import json
from typing import Any

import pytest
from tests.factories.node import passed
from tests.fitness.texts import PROJECT

from motcua.web.kit.forms.conditions import holds, wire

TABLE: list[dict[str, Any]] = json.loads((PROJECT / "tests/js/conditions.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_a_condition_holds_on_the_server(case: dict[str, Any]) -> None:
    assert holds(case["condition"], case["data"]) is case["holds"]
    assert wire(case["condition"])  # what the browser gets says the same with values as fields post them


def test_the_same_conditions_hold_in_the_browser() -> None:
    assert passed(PROJECT / "tests" / "js" / "conditions.test.mjs") == len(TABLE) + 1
