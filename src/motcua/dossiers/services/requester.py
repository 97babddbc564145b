"""Who asks, as the form names them: the account or its mandate says who that is, not what somebody typed."""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.errors import FormInvalid
from motcua.kernel.authority import Actor, ActorKind

#: What is known for certain of whoever asks, by the names that forms prefill from.
_CERTAIN = ("full_name", "personal_number", "birth_on")


def with_requester(
    actor: Actor,
    version: catalogue.VersionSnapshot,
    data: Mapping[str, Any],
    applicant: directory.PartyView,
    named: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The answers with the fields that a form locks filled in from who the account acts for (or the person `named` in its
    mandate), whatever face they come by. They may name the applicant, or the person of the account that acts for them; a
    third person is refused beside the field: `FormInvalid`. An officer has the papers on the table and is not judged here.
    """
    form = version.form
    if form is None or not data or actor.kind is not ActorKind.PERSON:
        return dict(data)
    given = catalogue.fill_form(form, data).data
    people = [_of_mandate(named) if named else _of_party(applicant), *_own(actor, bool(named))]
    judged = [(sources, list(_differences(form, given, sources))) for sources in people if sources]
    if not judged:
        return dict(data)
    sources, differences = next((one for one in judged if not one[1]), judged[0])
    if differences:
        raise FormInvalid(count=len(differences), faults=differences)
    return _merged(data, _locked(form, sources))


def check_applicant(
    version: catalogue.VersionSnapshot, applicant: directory.PartyView, *, is_represented: bool
) -> None:
    """Whether this one may apply by the form of this procedure at all. Refuses: `FormInvalid` with the form's sentence."""
    if version.form is None:
        return
    fault = catalogue.who_may_not(version.form, applying(applicant, is_represented=is_represented))
    if fault is not None:
        raise FormInvalid(count=1, faults=[(fault.path, fault.message)])


def applying(applicant: directory.PartyView, *, is_represented: bool) -> catalogue.Applying:
    """What a form wants to know of whoever applies by it."""
    return catalogue.Applying(applicant.kind.value, applicant.born, is_represented)


def _differences(
    form: catalogue.Form, given: Mapping[str, Any], sources: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    labels = {field["path"]: field["label"] for part in form.ui["sections"] for field in part["fields"]}
    for path, certain in _locked(form, sources).items():
        stated = _at(given, path)
        if isinstance(stated, str) and stated.casefold() != certain.casefold():
            said = catalogue.FORM_MESSAGES["requester"]
            yield "/" + path.replace(".", "/"), said.format(label=labels[path], other=certain)


def _locked(form: catalogue.Form, sources: Mapping[str, str]) -> dict[str, str]:
    """Fields that nobody may answer otherwise, with their answers."""
    known = catalogue.prefilled(form, sources)
    return {path: str(_at(known, path)) for path in sorted(catalogue.locked_paths(form, sources))}


def _own(actor: Actor, is_mandated: bool) -> list[dict[str, str]]:
    """The person of an account that acts for somebody whom it names."""
    if not is_mandated:
        return []
    return [
        _of_party(party) for party in directory.own_parties(actor) if party.kind is directory.PartyKind.PERSON
    ]


def _of_party(party: directory.PartyView) -> dict[str, str]:
    if party.kind is not directory.PartyKind.PERSON:
        return {}
    values = {"full_name": party.full_name, "personal_number": party.personal_number, "birth_on": party.born}
    return {f"applicant.{name}": str(value) for name, value in values.items() if value}


def _of_mandate(named: Mapping[str, object]) -> dict[str, str]:
    return {f"applicant.{name}": str(named[name]) for name in _CERTAIN if named.get(name)}


def _at(data: object, path: str) -> object:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _merged(data: Mapping[str, Any], locked: Mapping[str, str]) -> dict[str, Any]:
    merged = dict(data)
    for path, value in locked.items():
        *groups, last = path.split(".")
        at = merged
        for group in groups:
            inner = at.get(group)
            at[group] = dict(inner) if isinstance(inner, Mapping) else {}
            at = at[group]
        at[last] = value
    return merged
