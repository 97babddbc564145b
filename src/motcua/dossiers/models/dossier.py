"""The dossier: one row that says where it stands; how it came there is told by its passages."""

from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from motcua.dossiers.words import BEFORE_RECEIPT, PAUSED, READY, Outcome, State
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind
from motcua.kernel.ids import new_id
from motcua.kernel.statements import Among

_PROTECT = models.PROTECT
IDS: "ArrayField[list[UUID], list[UUID]]" = ArrayField(models.UUIDField())


class Reach(StrEnum):
    """By what somebody sees dossiers."""

    EVERYTHING = "everything"
    PEOPLE = "people"
    AGENCIES = "agencies"
    NOTHING = "nothing"


def reach_of(actor: Actor) -> tuple[Reach, frozenset[UUID]]:
    """Own dossiers for people; for officers those of agencies where they may read; nothing for strangers."""
    if actor.kind is ActorKind.SYSTEM:
        return Reach.EVERYTHING, frozenset()
    if actor.kind is ActorKind.PERSON:
        return Reach.PEOPLE, actor.party_ids
    agencies = actor.agencies_with("dossier.read") | actor.agencies_with("dossier.read_all")
    if EVERYWHERE in agencies:
        return Reach.EVERYTHING, frozenset()
    return (Reach.AGENCIES if agencies else Reach.NOTHING), agencies


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Scope first: every read starts from what the actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """What the actor may see."""
        reach, ids = reach_of(actor)
        return self.within(reach, models.Value(list(ids), output_field=IDS))

    def within(self, reach: Reach, ids: Any) -> Self:
        """Dossiers of these people or agencies; `ids` is one array (or the slot of a question)."""

        def among(column: str) -> Q:
            return Q(Among(F(column), ids))

        match reach:
            case Reach.EVERYTHING:
                return self
            case Reach.NOTHING:
                return self.none()
            case Reach.PEOPLE:
                return self.filter(among("applicant_id") | among("submitter_id"))
        named = among("receiving_id") | among("competent_id") | among("returning_id") | among("helping_id")
        return self.filter(named | Q(consulted_agencies__overlap=ids))

    def opened(self) -> Self:
        return self.filter(is_open=True)


#: Open, and nobody in the administration works on it: the clock stands still or has not started.
WAITING = Q(is_open=True) & (
    Q(state__in=sorted(state.value for state in PAUSED | BEFORE_RECEIPT)) | Q(due_at__isnull=True)
)


class Dossier(models.Model):
    """Four organisations kept apart (help, receipt, competence, return); submitter, applicant and mandate kept apart."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(null=True, unique=True)
    #: Its line in the ledger (form 07) of the receiving agency in the year of receipt.
    ledger_number = models.PositiveIntegerField(null=True)
    request_key = models.TextField(null=True)
    #: Of the request as it came, so that the same key with another content is not taken for a repetition.
    request_digest = models.TextField(default="", db_default="")
    opened_by_id = models.UUIDField(null=True)

    version_id = models.UUIDField()
    procedure_code = models.TextField()
    procedure_title = models.TextField()
    case_key = models.TextField()
    channel = models.TextField()
    sets = models.PositiveSmallIntegerField(default=1)

    helping = models.ForeignKey("directory.Agency", _PROTECT, null=True, related_name="+", db_index=False)
    receiving = models.ForeignKey("directory.Agency", _PROTECT, related_name="+", db_index=False)
    competent = models.ForeignKey("directory.Agency", _PROTECT, related_name="+", db_index=False)
    returning = models.ForeignKey("directory.Agency", _PROTECT, related_name="+", db_index=False)
    #: Handed over by a reorganisation and not yet acknowledged by the agency that took over.
    awaits_acknowledgement = models.BooleanField(default=False, db_default=False)
    consulted_agencies = ArrayField(models.UUIDField(), default=list)

    applicant = models.ForeignKey("directory.Party", _PROTECT, related_name="+", db_index=False)
    submitter = models.ForeignKey("directory.Party", _PROTECT, related_name="+", db_index=False)
    applicant_name = models.TextField()
    mandate = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    form_key = models.TextField(default="")
    form_digest = models.TextField(default="")
    form_data = models.JSONField(default=dict)
    search_text = models.TextField(default="")
    return_way = models.TextField(default="counter")

    state = models.TextField(choices=[(state.value, state.value) for state in State])
    national_status = models.PositiveSmallIntegerField()
    is_open = models.BooleanField()
    is_paused = models.BooleanField(default=False)
    outcome = models.TextField(default="", choices=[("", ""), *((o.value, o.value) for o in Outcome)])

    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    promised_due_at = models.DateTimeField(null=True)
    extended_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    #: The new moment an officer proposes to the head (form 04); nothing is promised by it.
    proposed_due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    step_key = models.TextField(default="")
    step_name = models.TextField(default="")
    step_entered_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    assignee_id = models.UUIDField(null=True)
    assignee_name = models.TextField(default="")

    supplements_asked = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    pauses = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    head_digest = models.TextField(default="0" * 64)

    objects: ClassVar[models.Manager["Dossier"]] = models.Manager.from_queryset(DossierQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opened_by_id", "request_key"],
                condition=Q(request_key__isnull=False),
                name="dossier_request_once",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(code__isnull=False),
                name="dossier_received_has_code",
            ),
        ]
        indexes = [
            # Inbox by urgency: one agency's open dossiers in the order of their due moment, keyset on (due, id).
            models.Index(
                F("competent"), F("due_at"), F("id"), condition=Q(is_open=True), name="dossier_work"
            ),
            models.Index(F("receiving"), F("id").desc(), name="dossier_reception"),
            models.Index(F("competent"), F("id").desc(), name="dossier_competence"),
            # The same for those who watch over the whole province.
            models.Index(F("due_at"), F("id"), condition=Q(is_open=True), name="dossier_open"),
            # Results waiting to be fetched, of one agency and of the whole province.
            models.Index(
                F("returning"),
                F("due_at"),
                F("id"),
                condition=Q(state=READY.value),
                name="dossier_issued",
            ),
            models.Index(F("due_at"), F("id"), condition=Q(state=READY.value), name="dossier_issued_all"),
            # Open dossiers whose clock does not run: few among many, and counted with each page.
            models.Index(F("competent"), F("due_at"), F("id"), condition=WAITING, name="dossier_waiting"),
            models.Index(F("due_at"), F("id"), condition=WAITING, name="dossier_waiting_all"),
            # Proposals of a new appointment that wait for the head.
            models.Index(
                F("competent"),
                F("due_at"),
                condition=Q(proposed_due_at__isnull=False),
                name="dossier_extension_proposed",
            ),
            models.Index(F("applicant"), F("id").desc(), name="dossier_applicant"),
            models.Index(F("submitter"), F("id").desc(), name="dossier_submitter"),
            models.Index(
                F("assignee_id"), F("due_at"), F("id"), condition=Q(is_open=True), name="dossier_assigned"
            ),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="dossier_search"),
            GinIndex(F("consulted_agencies"), condition=~Q(consulted_agencies=[]), name="dossier_consulted"),
        ]

    def agencies(self) -> frozenset[UUID]:
        """Every organisation of the dossier but the consulted ones."""
        ids = (self.helping_id, self.receiving_id, self.competent_id, self.returning_id)
        return frozenset(agency for agency in ids if agency is not None)


class DossierPaper(models.Model):
    """One line of the checklist: what was brought for a component, in which form, and the paper itself if there is one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    component_key = models.TextField()
    name = models.TextField()
    kind_code = models.TextField(default="")
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    photocopies = models.PositiveSmallIntegerField(default=0, db_default=0)
    electronic = models.PositiveSmallIntegerField(default=0)
    is_presented = models.BooleanField(default=False)
    exemption = models.TextField(default="")
    # What the person said of the line online (`declaration_of`); true only once the desk has filled in the counts.
    declared = models.JSONField(null=True)
    paper_id = models.UUIDField(null=True)
    file_id = models.UUIDField(null=True)
    must_digitize = models.BooleanField(default=False)
    # 0 none · 1 digitized · 2 reused from a warehouse · 3 reused result of another dossier (national field DuocTaiSuDung)
    digitization = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by_id = models.UUIDField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
