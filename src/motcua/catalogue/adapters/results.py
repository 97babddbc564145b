"""The templates of results that come with the system."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from motcua.catalogue.rules.results import ResultTemplate, read_template


@cache
def result_templates() -> tuple[ResultTemplate, ...]:
    """Every version of every template, by key and day; read once, the files belong to the release."""
    folder = files("motcua.catalogue") / "packs" / "results"
    choices = {
        name: {value: (words[0], words[1]) for value, words in options.items()}
        for name, options in _read(folder / "lists" / "choices.json").items()
    }
    found = [read_template(_read(file), choices) for file in folder.iterdir() if file.name.endswith(".json")]
    return tuple(sorted(found, key=lambda one: (one.key, one.effective_from)))


def _read(file: Any) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
