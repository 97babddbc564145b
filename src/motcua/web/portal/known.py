"""What is already known beforehand, and how much of it nobody was asked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, ngettext

from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.dossiers.words import NOT_ASKED
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.web.kit import forms
from motcua.web.portal import words

_PERSON_SOURCES = ("full_name", "sex", "nationality", "address")
_NAMED_SOURCES = ("full_name", "personal_number", "birth_on")


def own_parties(actor: Actor) -> list[directory.PartyView]:
    """Those the actor acts for, the person first; each once, however often they were recorded."""
    return list(directory.own_parties(actor))


def known_of(
    actor: Actor, applicant_id: UUID | None, principal: Mapping[str, str] | None
) -> dict[str, forms.Known]:
    """Answers by prefill source of the catalogue. Of a principal only what the submitter has just said of them."""
    known = known_to_the_authorities(actor, applicant_id, principal)
    if principal:
        source = gettext("bạn đã khai ở phần Người nộp")
        known |= {
            f"applicant.{name}": forms.Known(principal[name], source)
            for name in _NAMED_SOURCES
            if principal.get(name)
        }
    return known


def known_to_the_authorities(
    actor: Actor, applicant_id: UUID | None, principal: Mapping[str, str] | None
) -> dict[str, forms.Known]:
    """The same without what the submitter had to say themselves."""
    known = {"today": forms.Known(clock.today().isoformat(), gettext("ngày hôm nay"))}
    if principal:
        return known | _of_person(own_parties(actor)[0], "submitter")
    if applicant_id is None:
        return known
    party = directory.party(applicant_id)
    if party.kind is directory.PartyKind.PERSON:
        return known | _of_person(party, "applicant") | _of_person(party, "submitter")
    return known | _of_organisation(party)


def spared(actor: Actor, page: dossiers.DossierPage) -> str:
    """How much of a dossier that was sent nobody was asked for, in one sentence; empty for nothing."""
    named = page.mandate.get("person")
    fields = 0
    if page.form is not None:
        definition = forms.read(page.form, "en" if words.in_english() else "vi")
        known = known_to_the_authorities(actor, page.applicant.id, named)
        fields = forms.bind(definition, page.form_data, known=known).known
    papers = sum(line.digitization in NOT_ASKED for line in page.papers)
    return spared_words(papers, fields)


def spared_words(papers: int, fields: int) -> str:
    """`Bạn không phải nộp lại 2 giấy tờ, không phải điền 9 ô: cơ quan đã có.`"""
    said = []
    if papers:
        said.append(
            ngettext("không phải nộp lại %(n)d giấy tờ", "không phải nộp lại %(n)d giấy tờ", papers)
            % {"n": papers}
        )
    if fields:
        said.append(ngettext("không phải điền %(n)d ô", "không phải điền %(n)d ô", fields) % {"n": fields})
    return gettext("Bạn %(what)s: cơ quan đã có.") % {"what": ", ".join(said)} if said else ""


def _of_person(party: directory.PartyView, prefix: str) -> dict[str, forms.Known]:
    if party.kind is not directory.PartyKind.PERSON:
        return {}
    values: dict[str, Any] = {name: getattr(party, name) for name in _PERSON_SOURCES}
    values |= {"personal_number": party.personal_number, "birth_on": party.born}
    return _sourced(
        {**values, "personal_number": party.personal_number, "birth_on": party.born},
        prefix,
        gettext("hồ sơ công dân của bạn"),
    )


def _of_organisation(party: directory.PartyView) -> dict[str, forms.Known]:
    values = {
        "name": party.full_name,
        "enterprise_number": party.enterprise_number,
        "tax_code": party.tax_code,
        "address": party.address,
    }
    return _sourced(values, "organisation", gettext("hồ sơ doanh nghiệp của bạn"))


def _sourced(values: Mapping[str, object], prefix: str, source: str) -> dict[str, forms.Known]:
    plain = {
        name: value.isoformat() if hasattr(value, "isoformat") else str(value)
        for name, value in values.items()
        if value not in (None, "")
    }
    return {f"{prefix}.{name}": forms.Known(value, source) for name, value in plain.items()}
