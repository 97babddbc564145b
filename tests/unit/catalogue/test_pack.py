"""Descriptions of procedures in JSON, the frozen JSON of versions, and the words of the package in two languages."""

import re
from pathlib import Path
from typing import Any

import pytest

import motcua.catalogue
from motcua.catalogue import errors, queries
from motcua.catalogue.errors import ContentInvalid, FormOutdated
from motcua.catalogue.rules import codec
from motcua.catalogue.rules.forms.checking import MESSAGES
from motcua.catalogue.rules.national.record import CODE
from motcua.catalogue.rules.process import find_faults, shortest
from motcua.catalogue.words import Channel, OnlineLevel, StepKind
from motcua.directory.queries import Role
from motcua.kernel.errors import DomainError
from motcua.provisioning.demo.entries import read_entry
from motcua.provisioning.demo.pack import demo_entries

ENTRIES = {entry.content.code: entry.content for entry in demo_entries()}


def test_every_demo_procedure_is_sound_and_freezes_without_loss() -> None:
    roles = {role.value for role in Role}
    for code, content in ENTRIES.items():
        assert CODE.match(code)
        assert (
            find_faults(content.process, limit_days=shortest(codec.limits_of(content.cases)), roles=roles)
            == ()
        )
        assert codec.from_json(codec.to_json(content)) == content
        for case in content.cases:
            assert case.limits, code
            assert len({component.key for component in case.components}) == len(case.components)


def test_facts_of_the_hand_made_six() -> None:
    birth = ENTRIES["1.001193"]
    assert birth.is_same_day
    assert str(birth.cutoff) == "15:00:00"
    assert birth.level is OnlineLevel.FULL
    extract = ENTRIES["2.000635"]
    assert [fee.code for fee in extract.cases[0].fees_for(Channel.ONLINE)] == ["PHI.TLHT"]
    business = ENTRIES["1.001612"]
    assert {str(limit.limit.amount) for limit in business.cases[0].limits} == {"3"}
    assert {fee.amount for fee in business.cases[0].fees} == {100_000}
    land = ENTRIES["1.013949"]
    consults = [step for step in land.process.steps if step.kind is StepKind.CONSULT]
    assert [step.agency_hint for step in consults] == [
        "department-of-agriculture-and-environment",
        "tax-office",
    ]


def test_titles_of_the_demo_are_in_both_languages() -> None:
    assert all(content.title_en for content in ENTRIES.values())


@pytest.mark.parametrize(
    "change",
    [
        {"level": "magic"},
        {"limits": {"all": ["many", "working_day"]}},
        {"limits": {"all": [1, "fortnight"]}},
        {"fees": [{"code": "F", "name": "Phí", "kind": "fee", "amount": 1.5}]},
        {"form": "not-there"},
        {"effective_from": "01/07/2025"},
        {"cases": None},
    ],
)
def test_a_wrong_description_is_refused_with_its_code(change: dict[str, Any]) -> None:
    right: dict[str, Any] = {
        "code": "1.900001",
        "title": "Thử",
        "field": {"code": "thu", "name": "Thử"},
        "level": "full",
        "agency_level": "commune",
        "audience": ["citizen"],
        "results": [],
        "limits": {"all": [1, "working_day"]},
        "cases": [{"key": "a", "name": "A"}],
        "effective_from": "2025-07-01",
    }
    assert read_entry(right, forms={}, origin="local").content.code == "1.900001"
    with pytest.raises(ContentInvalid, match=re.escape("1.900001")):
        read_entry({**right, **change}, forms={}, origin="local")


def test_data_of_another_form_is_refused() -> None:
    form = ENTRIES["1.001193"].form
    assert form is not None
    queries.require_form(form, form.digest)
    with pytest.raises(FormOutdated):
        queries.require_form(form, "another")


def test_everything_people_read_is_in_the_english_catalogue() -> None:
    folder = Path(motcua.catalogue.__file__).parent
    catalogue = (folder / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    texts = set(MESSAGES.values())
    for refusal in vars(errors).values():
        if (
            isinstance(refusal, type)
            and issubclass(refusal, DomainError)
            and refusal.__module__ == errors.__name__
        ):
            texts |= {text for text in (refusal.message, refusal.advice) if text}
    assert {text for text in texts if f'msgid "{text}"' not in catalogue} == set()
