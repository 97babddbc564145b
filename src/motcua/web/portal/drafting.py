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
from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import DraftSent
from motcua.dossiers.services import DECLARATION
from motcua.dossiers.words import AUTHORISATION
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.values import PartialDate
from motcua.warehouse import queries as warehouse
from motcua.web.kit import forms, when
from motcua.web.kit.components import SummaryRow, Task, Tone
from motcua.web.kit.fees import SumSaid, said
from motcua.web.kit.mandates import right_words
from motcua.web.portal import known, mandate, words
from motcua.web.portal.lines import paper_given
from motcua.web.portal.telling import Ways, ways_of


class Drafting:
    """One draft with its procedure."""

    def __init__(self, draft: dossiers.Draft, version: catalogue.VersionSnapshot, actor: Actor) -> None:
        self.draft = draft
        self.actor = actor
        self.version = version
        keys = {case.key for case in version.cases}
        self.case = version.case(draft.case_key if draft.case_key in keys else None)

    @property
    def components(self) -> tuple[catalogue.Component, ...]:
        """The papers to attach: the e-form stands for the declaration on paper, and who acts for nobody else is not
        asked for an authorisation.
        """
        wanted = dossiers.checklist_of(self.case, self.draft.mandate)
        needless = {DECLARATION} if self.version.form is not None else set()
        if mandate.person_of(self.draft.mandate) is None:
            needless |= {c.key for c in wanted if c.key == AUTHORISATION and not c.is_required}
        return tuple(c for c in wanted if c.key not in needless)

    @cached_property
    def offers(self) -> Mapping[str, documents.PaperView]:
        """Papers in force the applicant already has, by component: offered before any is asked for.

        Only to those who act for the applicant; what somebody else has is not theirs to see.
        """
        applicant_id = self.draft.applicant_id
        if applicant_id not in self.actor.party_ids or applicant_id is None:
            return {}
        held = warehouse.reusable(applicant_id, [c.kind_code for c in self.components])
        return {c.key: held[c.kind_code] for c in self.components if c.kind_code in held}

    @property
    def unused_offers(self) -> int:
        """How many of them are not on their line yet."""
        return len(self.offers.keys() - self.papers_by_key().keys())

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
        """Faults in the reader's language, by JSON pointer; that the applicant may not apply at all stands at none."""
        english = (get_language() or "vi").startswith("en")
        unfit = self._unfit()
        found = (*filled.faults, *([unfit] if unfit else ()))
        return {fault.path: forms.fault_words(fault, english=english) for fault in found}

    def _unfit(self) -> catalogue.FormFault | None:
        """Why the applicant may not apply by this form; of somebody else only what was said of them is known."""
        form, named = self.version.form, mandate.person_of(self.draft.mandate)
        if form is None:
            return None
        if named is not None:
            born = PartialDate.kept(named["birth_on"]) if named.get("birth_on") else None
            who = catalogue.Applying(directory.PartyKind.PERSON.value, born, is_represented=True)
        elif self.draft.applicant_id is not None:
            party = directory.party(self.draft.applicant_id)
            who = catalogue.Applying(party.kind.value, party.born)
        else:
            return None
        return catalogue.who_may_not(form, who)

    def papers_by_key(self) -> dict[str, list[Mapping[str, object]]]:
        """What was attached, by component."""
        attached: dict[str, list[Mapping[str, object]]] = {}
        for paper in self.draft.papers:
            attached.setdefault(str(paper.get("component_key")), []).append(paper)
        return attached

    @property
    def listed_papers(self) -> list[Mapping[str, object]]:
        """Papers on a line of the present case: these are shown, and only these are sent."""
        keys = {component.key for component in self.components}
        return [paper for paper in self.draft.papers if paper["component_key"] in keys]

    @property
    def left_papers(self) -> list[Mapping[str, object]]:
        """Papers of a case chosen before: they stay behind unless the person puts them on a line."""
        keys = {component.key for component in self.components}
        return [
            paper
            for paper in self.draft.papers
            if paper["component_key"] not in keys
            and not str(paper["component_key"]).startswith(services.BOUND)
        ]

    def pictures_of(self, paper: Mapping[str, object]) -> list[Mapping[str, object]]:
        """The pictures this paper was made of, kept with the draft and not sent."""
        beginning = f"{services.BOUND}{paper['file_id']}:"
        return [one for one in self.draft.papers if str(one["component_key"]).startswith(beginning)]

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
                bool(
                    (draft.applicant_id or mandate.person_of(draft.mandate)) and _is_reachable(draft.contact)
                ),
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
            if self.unused_offers:
                offered = ngettext(
                    "%(n)d giấy tờ đã có trong kho, không phải nộp lại",
                    "%(n)d giấy tờ đã có trong kho, không phải nộp lại",
                    self.unused_offers,
                ) % {"n": self.unused_offers}
                note = f"{note}; {offered}" if note else offered
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
        return self.is_present and self.done() == self.total()

    @property
    def is_present(self) -> bool:
        """Whether it stands on what is in force today; what does not can be read and thrown away, not sent."""
        return not (self.draft.is_outdated or self.draft.is_withdrawn)

    def unfinished(self) -> list[str]:
        return [part.label for part in self.parts() if not part.is_done]

    def known_count(self) -> int:
        """How many questions were answered from what the authorities already know."""
        definition, draft = self.definition(), self.draft
        if definition is None:
            return 0
        sources = known.known_to_the_authorities(
            self.actor, draft.applicant_id, mandate.person_of(draft.mandate)
        )
        return forms.bind(definition, draft.form_data, known=sources).known

    def ways(self) -> Ways | None:
        """How whoever sends this would really be told about it; None while it is not said for whom it is."""
        named = mandate.person_of(self.draft.mandate)
        party_id = known.own_parties(self.actor)[0].id if named else self.draft.applicant_id
        return ways_of(party_id, self.draft.contact) if party_id else None

    def spared(self) -> str:
        """How much was not asked, in one sentence."""
        papers = sum(bool(paper.get("paper_id")) for paper in self.listed_papers)
        return known.spared_words(papers, self.known_count())

    def fees(self, data: Mapping[str, Any] | None = None) -> SumSaid:
        """What it will cost by the answers so far (or by `data`, not saved yet), with the way it is reckoned."""
        form = self.version.form
        answers = _with_locked(self) if data is None else dict(data)
        reckoned = dossiers.reckoned_fees(
            version=self.version,
            case_key=self.case.key,
            channel=catalogue.Channel.ONLINE,
            on=clock.today(),
            form_data=catalogue.fill_form(form, answers).data if form else {},
            applicant_id=self.draft.applicant_id,
            english=words.in_english(),
        )
        return said(reckoned)

    def alike(self) -> tuple[dossiers.Alike, ...]:
        """Own open dossiers of the same person for this procedure, to be pointed out before another is sent."""
        draft, named = self.draft, mandate.person_of(self.draft.mandate)
        return dossiers.alike_dossiers(
            actor=self.actor,
            version=self.version,
            case_key=self.case.key,
            form_data=_with_locked(self),
            applicant_id=None if named else draft.applicant_id,
            personal_number=named["personal_number"] if named else "",
        )

    def application(self) -> services.Application:
        """What is sent. The key of the request is the draft's: sending twice is sending once."""
        draft = self.draft
        principal = mandate.principal_of(draft.mandate)
        if draft.receiving_id is None or (draft.applicant_id is None and principal is None):
            raise LookupError("an incomplete draft is not sent")
        form = self.version.form
        data = catalogue.fill_form(form, _with_locked(self)).data if form else {}
        return services.Application(
            procedure_code=self.version.code,
            receiving_id=draft.receiving_id,
            applicant_id=None if principal else draft.applicant_id,
            principal=principal,
            request_key=f"draft:{draft.id}",
            case_key=self.case.key,
            channel=catalogue.Channel.ONLINE,
            mandate=draft.mandate,
            contact=draft.contact,
            form_digest=form.digest if form else "",
            form_data=data,
            papers=[paper_given(paper) for paper in self.listed_papers],
            return_way=draft.return_way,
            draft_id=draft.id,
            draft_revision=draft.revision,
        )

    def review(self) -> list["ReviewPart"]:
        """Everything, as people read it, with where to change it."""
        draft, at = self.draft, self.draft.id
        place_url = reverse("portal:place", args=[at])
        agency = words.name_of(directory.agency(draft.receiving_id)) if draft.receiving_id else ""
        rows = [
            SummaryRow(gettext("Trường hợp"), words.name_of(self.case), place_url),
            SummaryRow(gettext("Nơi nộp"), agency, place_url),
            SummaryRow(
                gettext("Nhận kết quả"), words.return_words(draft.return_way, draft.contact), place_url
            ),
        ]
        parts = [ReviewPart(gettext("Trường hợp và nơi nộp"), rows)]
        people_url = reverse("portal:people", args=[at])
        contact = draft.contact
        rows = [
            *self._who_rows(people_url),
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

    def _who_rows(self, url: str) -> list[SummaryRow]:
        draft = self.draft
        named = mandate.person_of(draft.mandate)
        if named is None:
            name = directory.party(draft.applicant_id).full_name if draft.applicant_id else ""
            return [SummaryRow(gettext("Người đứng tên"), name, url)]
        born = when.known_day(named["birth_on"])
        note = gettext("sinh %(day)s, số định danh %(number)s") % {
            "day": born,
            "number": directory.masked(named["personal_number"]),
        }
        return [
            SummaryRow(gettext("Người đứng tên"), named["full_name"], url, note=note),
            SummaryRow(gettext("Người nộp thay"), known.own_parties(self.actor)[0].full_name, url),
            SummaryRow(gettext("Nộp thay theo"), right_words(draft.mandate), url),
        ]

    def _paper_rows(self) -> list[SummaryRow]:
        url, attached = reverse("portal:papers", args=[self.draft.id]), self.papers_by_key()
        return [
            SummaryRow(
                words.name_of(component), "\n".join(map(_paper_words, attached.get(component.key, ()))), url
            )
            for component in self.components
        ] + self._left_rows(url)

    def _left_rows(self, url: str) -> list[SummaryRow]:
        names = [_paper_words(paper) for paper in self.left_papers if paper["file_id"]]
        return (
            [SummaryRow(gettext("Không gửi kèm (của trường hợp trước)"), "\n".join(names), url)]
            if names
            else []
        )


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


class DraftStands(Exception):
    """The draft does not simply go on: its first page says why and what can be done."""

    def __init__(self, draft_id: UUID) -> None:
        super().__init__(draft_id)
        self.draft_id = draft_id


def open_draft(actor: Actor, draft_id: UUID) -> Drafting:
    """An own unsent application: on the version in force today, or on the one it was begun on as long as its owner has
    not seen what a new one changes. Raises `DraftSent`, `OutOfScope`.
    """
    draft = dossiers.draft_of(actor=actor, draft_id=draft_id)
    if draft.dossier_id is not None:
        raise DraftSent(dossier_id=draft.dossier_id)
    in_scope(draft if draft.answers_id is None else None)
    version = catalogue.version(draft.version_id)
    if not (draft.is_outdated or draft.is_withdrawn):
        version = catalogue.version_in_force(version.code, clock.today())
    return Drafting(draft, version, actor)


def open_present(actor: Actor, draft_id: UUID) -> Drafting:
    """As `open_draft`, for what only a draft on today's version can do. Raises `DraftStands` besides."""
    drafting = open_draft(actor, draft_id)
    if not drafting.is_present:
        raise DraftStands(draft_id)
    return drafting


def known_of(drafting: Drafting) -> dict[str, forms.Known]:
    """What is already known about the applicant, by prefill source of the catalogue."""
    draft = drafting.draft
    return known.known_of(drafting.actor, draft.applicant_id, mandate.person_of(draft.mandate))


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


def _is_reachable(contact: Mapping[str, object]) -> bool:
    """By phone or by e-mail: people abroad may have no number here."""
    return bool(contact.get("phone") or contact.get("email"))


def _paper_words(paper: Mapping[str, object]) -> str:
    if paper.get("is_presented"):
        return gettext("xuất trình khi đến quầy")
    name = str(paper.get("filename", ""))
    return gettext("%(name)s (dùng lại từ kho)") % {"name": name} if paper.get("paper_id") else name
