"""The result being prepared: its template, what is filled in, and what is still missing before a leader may see it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier, NumberRequest, Result, ResultDraft
from motcua.dossiers.words import Outcome
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope

#: Legal bases named in a document: the first few, as the version lists them.
_GROUNDS = 4


@dataclass(frozen=True, slots=True)
class ResultDraftView:
    """`revision` is 0 where nobody saved anything yet and the content is the first one, made from its sources."""

    dossier_id: UUID
    outcome: Outcome
    template: catalogue.ResultTemplate
    content: Mapping[str, Any]
    note: str
    ground: str
    faults: Sequence[catalogue.FormFault]
    revision: int
    saved_at: datetime | None
    saved_by_name: str

    @property
    def is_complete(self) -> bool:
        return not self.faults


def result_draft_of(*, actor: Actor, dossier_id: UUID, outcome: Outcome | None = None) -> ResultDraftView:
    """What is prepared for a visible dossier; with `outcome`, what it would be for that outcome. Raises `OutOfScope`."""
    dossier = in_scope(Dossier.objects.visible_to(actor).filter(pk=dossier_id).first())
    saved = ResultDraft.objects.filter(dossier=dossier).first()
    return draft_in_hand(dossier, saved, outcome)


def draft_in_hand(
    dossier: Dossier, saved: ResultDraft | None, outcome: Outcome | None = None
) -> ResultDraftView:
    """What was saved; else what was proposed before and sent back; else a first content from its sources.

    What is typed for granting and for refusing is kept side by side: changing one's mind loses neither.
    """
    before = None
    if saved is None:
        before = Result.objects.filter(dossier=dossier, replaces=None).order_by("-drafted_at").first()
    known = saved or before
    wanted = outcome or (Outcome(known.outcome) if known else Outcome.GRANTED)
    template = template_for(dossier, wanted, clock.today())
    content = first_content(dossier, template)
    if wanted is Outcome.REFUSED and saved is not None:
        typed = {"refusal_reason": saved.note, "ground": saved.ground}
        content |= {name: value for name, value in typed.items() if value}
    elif known is not None and known.template == template.name:
        content = dict(known.content)
    content = with_registered(dossier, template, content)
    filled = catalogue.fill_form(template.form, content)
    return ResultDraftView(
        dossier.id,
        wanted,
        template,
        content,
        saved.note if saved else "",
        saved.ground if saved else str(content.get("ground", "")) if wanted is Outcome.REFUSED else "",
        filled.faults,
        saved.revision if saved else 0,
        saved.saved_at if saved else None,
        saved.saved_by_name if saved else "",
    )


def with_registered(
    dossier: Dossier, template: catalogue.ResultTemplate, content: Mapping[str, Any]
) -> dict[str, Any]:
    """The content with what a register has answered meanwhile, where nothing stands there yet."""
    made = deepcopy(dict(content))
    paths = template.pending_paths()
    if not paths:
        return made
    request = NumberRequest.objects.filter(dossier=dossier).exclude(number="").first()
    if request is None:
        return made
    for path in paths:
        place, (*before, last) = made, path.split(".")
        for part in before:
            place = place.setdefault(part, {})
        place[last] = place.get(last) or request.number
    return made


def template_for(dossier: Dossier, outcome: Outcome, on: date) -> catalogue.ResultTemplate:
    """The template of the day for what this dossier ends in."""
    if outcome is Outcome.REFUSED:
        return catalogue.template_in_force(catalogue.REFUSAL, on)
    version = catalogue.version(dossier.version_id)
    code = version.results[0].code if version.results else ""
    return catalogue.result_template(code, on, dossier.form_data)


def _concerned(answers: Mapping[str, object], applicant: directory.PartyView) -> dict[str, str]:
    """Whom the result is about. A form that may be filled in for somebody else says so in `for_self` and names them in
    `person`; one that an organisation may ask by names it in `organisation`. Nothing of the applicant stands in for what is not
    known of somebody else.
    """
    person, organisation = answers.get("person"), answers.get("organisation")
    owner = str(organisation.get("name") or "") if isinstance(organisation, Mapping) else ""
    if answers.get("for_self") == "other" and isinstance(person, Mapping):
        numbers = ("personal_number", "passport_number", "old_identity_number")
        about = {name: str(person.get(name) or "") for name in ("full_name", "birth_on", "sex", "address")}
        about["number"] = next((str(person[name]) for name in numbers if person.get(name)), "")
    else:
        about = {
            "full_name": applicant.full_name,
            "birth_on": str(applicant.born) if applicant.born else "",
            "sex": applicant.sex.value if applicant.sex else "",
            "address": applicant.address,
            "number": applicant.number or "",
        }
    return {f"person.{name}": value for name, value in about.items()} | {
        "owner.full_name": owner or applicant.full_name
    }


def legal_ground(version: catalogue.VersionSnapshot) -> str:
    """The legal bases of a procedure as a document names them."""
    bases = version.legal_bases[:_GROUNDS]
    return "; ".join(f"{one.title} ({one.number})" if one.title else one.number for one in bases)


def first_content(dossier: Dossier, template: catalogue.ResultTemplate) -> dict[str, object]:
    """Each field from its source; what an officer has to say stays empty."""
    version = catalogue.version(dossier.version_id)
    applicant = directory.party(dossier.applicant_id)
    computed = {
        "agency": directory.agency(dossier.competent_id).name,
        "today": clock.today().isoformat(),
        "procedure": dossier.procedure_title,
        "applicant.full_name": applicant.full_name,
        "applicant.address": applicant.address,
        "applicant.number": applicant.number or "",
        "applicant.birth_on": str(applicant.born) if applicant.born else "",
        "applicant.sex": applicant.sex.value if applicant.sex else "",
        "legal_ground": legal_ground(version),
        **_concerned(dossier.form_data, applicant),
    }
    return catalogue.assembled(template, dossier.form_data, version.form, computed)
