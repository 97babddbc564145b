"""A draft as the pages see it: its tasks, what is known beforehand, what it becomes when sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.services.intake import DECLARATION
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.web.kit import forms
from motcua.web.kit.components import SummaryRow, Task, Tone
from motcua.web.portal import words

_PERSON_SOURCES = ("full_name", "birth_on", "sex", "nationality", "address", "phone", "email")


class Drafting:
    """One draft with its procedure."""

    def __init__(self, draft: dossiers.Draft, version: catalogue.VersionSnapshot) -> None:
        self.draft = draft
        self.version = version
        keys = {case.key for case in version.cases}
        self.case = version.case(draft.case_key if draft.case_key in keys else None)

    @property
    def components(self) -> tuple[catalogue.Component, ...]:
        """The papers to attach: the e-form stands for the declaration on paper."""
        return tuple(c for c in self.case.components if self.version.form is None or c.key != DECLARATION)

    def definition(self) -> forms.FormDefinition | None:
        """The form in the reader's language; None where the procedure has none."""
        form = self.version.form
        return forms.read(form, "en" if words.in_english() else "vi") if form else None

    @cached_property
    def form_faults(self) -> dict[str, str]:
        """What the form still lacks; empty when it may be sent."""
        form = self.version.form
        if form is None:
            return {}
        data = _with_locked(self)
        return self.faults_of(catalogue.fill_form(form, data))

    def faults_of(self, filled: catalogue.FilledForm) -> dict[str, str]:
        """Faults in the reader's language, by JSON pointer."""
        english = (get_language() or "vi").startswith("en")
        return {fault.path: _fault_words(fault, english) for fault in filled.faults}

    def papers_by_key(self) -> dict[str, list[Mapping[str, Any]]]:
        """What was attached, by component."""
        attached: dict[str, list[Mapping[str, Any]]] = {}
        for paper in self.draft.papers:
            attached.setdefault(str(paper.get("component_key")), []).append(paper)
        return attached

    @property
    def missing(self) -> list[str]:
        """Names of required papers not there yet."""
        attached = self.papers_by_key()
        return [words.name_of(c) for c in self.components if c.is_required and not attached.get(c.key)]

    def parts(self) -> list["Part"]:
        """The tasks and whether they are done."""
        draft = self.draft
        parts = [
            Part(gettext("Trường hợp và nơi nộp"), "place", draft.receiving_id is not None),
            Part(
                gettext("Người nộp và cách liên hệ"),
                "people",
                bool(draft.applicant_id and draft.contact.get("phone")),
            ),
        ]
        if self.version.form is not None:
            left = len(self.form_faults)
            note = (
                ngettext("Còn %(n)d chỗ cần điền", "Còn %(n)d chỗ cần điền", left) % {"n": left}
                if left
                else ""
            )
            parts.append(Part(gettext("Tờ khai"), "form", not left, bool(draft.form_data), note))
        if self.components:
            missing = len(self.missing)
            note = (
                ngettext("Còn thiếu %(n)d giấy tờ", "Còn thiếu %(n)d giấy tờ", missing) % {"n": missing}
                if missing
                else ""
            )
            parts.append(Part(gettext("Giấy tờ kèm theo"), "papers", not missing, bool(draft.papers), note))
        return parts

    def tasks(self) -> list[Task]:
        """The list of tasks, the review last."""
        tasks = [part.task(self.draft.id) for part in self.parts()]
        ready = self.is_complete()
        status = gettext("Sẵn sàng") if ready else gettext("Làm sau cùng")
        url = reverse("portal:review", args=[self.draft.id]) if ready else ""
        return [*tasks, Task(gettext("Xem lại và gửi"), url, status, Tone.PLAIN if ready else Tone.QUIET)]

    def done(self) -> int:
        return sum(part.is_done for part in self.parts())

    def total(self) -> int:
        return len(self.parts())

    def is_complete(self) -> bool:
        return self.done() == self.total()

    def unfinished(self) -> list[str]:
        return [part.label for part in self.parts() if not part.is_done]

    def known_count(self) -> int:
        """How many questions were answered from what the authorities already know."""
        definition = self.definition()
        return forms.bind(definition, self.draft.form_data, known=known_of(self)).known if definition else 0

    def application(self) -> services.Application:
        """What is sent. The key of the request is the draft's: sending twice is sending once."""
        draft = self.draft
        if draft.receiving_id is None or draft.applicant_id is None:
            raise LookupError("an incomplete draft is not sent")
        form = self.version.form
        data = catalogue.fill_form(form, _with_locked(self)).data if form else {}
        return services.Application(
            procedure_code=self.version.code,
            receiving_id=draft.receiving_id,
            applicant_id=draft.applicant_id,
            request_key=f"draft:{draft.id}",
            case_key=self.case.key,
            channel=catalogue.Channel.ONLINE,
            mandate=draft.mandate,
            contact=draft.contact,
            form_digest=form.digest if form else "",
            form_data=data,
            papers=[paper_given(paper) for paper in draft.papers],
            return_way=draft.return_way,
            draft_id=draft.id,
        )

    def review(self) -> list["ReviewPart"]:
        """Everything, as people read it, with where to change it."""
        draft, at = self.draft, self.draft.id
        place_url = reverse("portal:place", args=[at])
        agency = words.name_of(directory.agency(draft.receiving_id)) if draft.receiving_id else ""
        rows = [
            SummaryRow(gettext("Trường hợp"), words.name_of(self.case), place_url),
            SummaryRow(gettext("Nơi nộp"), agency, place_url),
            SummaryRow(gettext("Nhận kết quả"), str(words.RETURN_WAYS.get(draft.return_way, "")), place_url),
        ]
        parts = [ReviewPart(gettext("Trường hợp và nơi nộp"), rows)]
        people_url = reverse("portal:people", args=[at])
        name = directory.party(draft.applicant_id).full_name if draft.applicant_id else ""
        contact = draft.contact
        rows = [
            SummaryRow(gettext("Người đứng tên"), name, people_url),
            SummaryRow(gettext("Điện thoại"), contact.get("phone", ""), people_url),
            SummaryRow(gettext("Thư điện tử"), contact.get("email", ""), people_url),
            SummaryRow(gettext("Địa chỉ liên hệ"), contact.get("address", ""), people_url),
        ]
        parts.append(ReviewPart(gettext("Người nộp và cách liên hệ"), rows))
        definition = self.definition()
        if definition:
            form_url = reverse("portal:form", args=[at])
            sections = forms.summary(definition, _with_locked(self), form_url)
            parts += [ReviewPart(title, rows) for title, rows in sections]
        if self.components:
            parts.append(ReviewPart(gettext("Giấy tờ kèm theo"), self._paper_rows()))
        return parts

    def _paper_rows(self) -> list[SummaryRow]:
        url, attached = reverse("portal:papers", args=[self.draft.id]), self.papers_by_key()
        return [
            SummaryRow(
                words.name_of(component), "\n".join(map(_paper_words, attached.get(component.key, ()))), url
            )
            for component in self.components
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """One task of a draft."""

    label: str
    view: str
    is_done: bool
    is_begun: bool = False
    note: str = ""

    def task(self, draft_id: UUID) -> Task:
        url = reverse(f"portal:{self.view}", args=[draft_id])
        if self.is_done:
            return Task(self.label, url, gettext("Đã xong"), Tone.DONE)
        status = gettext("Đang làm dở") if self.is_begun else gettext("Chưa làm")
        return Task(self.label, url, status, Tone.PLAIN if self.is_begun else Tone.QUIET, self.note)


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A part of the review page."""

    title: str
    rows: list[SummaryRow]


def open_draft(actor: Actor, draft_id: UUID) -> Drafting:
    """An own draft on the version of its procedure that is in force today. Raises `OutOfScope`."""
    draft = dossiers.draft_of(actor=actor, draft_id=draft_id)
    version = catalogue.version(draft.version_id)
    if draft.dossier_id is None:
        version = catalogue.version_in_force(version.code, clock.today())
    return Drafting(draft, version)


def known_of(drafting: Drafting) -> dict[str, forms.Known]:
    """What the directory already knows about the applicant, by prefill source of the catalogue."""
    party_id = drafting.draft.applicant_id
    known = {"today": forms.Known(clock.today().isoformat(), gettext("ngày hôm nay"))}
    if party_id is None:
        return known
    party = directory.party(party_id)
    if party.kind is directory.PartyKind.PERSON:
        values: dict[str, Any] = {name: getattr(party, name) for name in _PERSON_SOURCES}
        values["personal_number"] = party.number
        source = gettext("hồ sơ công dân của bạn")
        prefixes: tuple[str, ...] = ("applicant", "submitter")
    else:
        values = {
            "name": party.full_name,
            "enterprise_number": party.enterprise_number,
            "tax_code": party.tax_code,
            "address": party.address,
            "phone": party.phone,
            "email": party.email,
        }
        source = gettext("hồ sơ doanh nghiệp của bạn")
        prefixes = ("organisation",)
    for name, value in values.items():
        if value not in (None, ""):
            plain = value.isoformat() if hasattr(value, "isoformat") else str(value)
            known |= {f"{prefix}.{name}": forms.Known(plain, source) for prefix in prefixes}
    return known


def paper_given(paper: Mapping[str, Any]) -> services.PaperGiven:
    """A line of the draft's checklist as the intake takes it."""
    file_id = paper.get("file_id")
    return services.PaperGiven(
        component_key=str(paper["component_key"]),
        electronic=1 if file_id else 0,
        is_presented=bool(paper.get("is_presented")),
        file_id=UUID(str(file_id)) if file_id else None,
    )


def _with_locked(drafting: Drafting) -> dict[str, Any]:
    """The answers together with those that are not asked because an authority gave them."""
    definition = drafting.definition()
    data = dict(drafting.draft.form_data)
    if definition is None:
        return data
    for path, value in forms.locked_values(definition, known_of(drafting)).items():
        *parents, last = path.split(".")
        at = data
        for parent in parents:
            at[parent] = dict(at.get(parent, {}))
            at = at[parent]
        at[last] = value
    return data


def _paper_words(paper: Mapping[str, Any]) -> str:
    if paper.get("is_presented"):
        return gettext("xuất trình khi đến quầy")
    return str(paper.get("filename", ""))


def _fault_words(fault: catalogue.FormFault, english: bool) -> str:
    """The fault in the reader's language: its template is a message of the catalogue."""
    if not english:
        return fault.message
    params = {**fault.params, "label": fault.params.get("label_en") or fault.params.get("label", "")}
    return (
        gettext(catalogue.FORM_MESSAGES[fault.kind]).format_map(params)
        if fault.kind in catalogue.FORM_MESSAGES
        else fault.message
    )
