"""Templates of results by the day in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.adapters.results import result_templates
from motcua.catalogue.errors import ResultTemplateUnknown
from motcua.catalogue.rules.results import ResultTemplate

#: Serves every kind of result without a template of its own, and says so.
GENERIC = "decision-letter"
#: Serves every refusal on the merits.
REFUSAL = "refusal-decision"


@dataclass(frozen=True, slots=True)
class UnverifiedTemplate:
    """A template not yet compared with the official text, with the labels of its fields that were not."""

    name: str
    title: str
    source: str
    layout_is_verified: bool
    fields: tuple[str, ...]


def result_template(
    type_code: str, on: date, application: Mapping[str, object] | None = None
) -> ResultTemplate:
    """The template of a kind of result in force on the day; the generic letter where the kind has none of its own.

    Where one kind is several documents (a copy of an extract of birth or of death), the application says which.
    """
    suited = [
        template
        for template in result_templates()
        if type_code in template.types and template.holds_on(on) and template.suits(application or {})
    ]
    return max(suited, key=lambda one: len(one.when)) if suited else template_in_force(GENERIC, on)


def template_in_force(key: str, on: date) -> ResultTemplate:
    """The version of a template in force on the day. Refuses: `ResultTemplateUnknown`."""
    for template in result_templates():
        if template.key == key and template.holds_on(on):
            return template
    raise ResultTemplateUnknown(name=key)


def template_named(name: str) -> ResultTemplate:
    """The exact version a result remembers. Refuses: `ResultTemplateUnknown`."""
    for template in result_templates():
        if template.name == name:
            return template
    raise ResultTemplateUnknown(name=name)


def unverified_templates() -> Sequence[UnverifiedTemplate]:
    """What still has to be compared with the official texts."""
    lines = []
    for template in result_templates():
        fields = tuple(one.label for _, one in template.fields() if not one.is_verified)
        if fields or not template.is_verified:
            lines.append(
                UnverifiedTemplate(
                    template.name, template.title, template.source, template.is_verified, fields
                )
            )
    return lines
