"""Directives: what a leader asked of somebody, by when, and everything that was said since."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.ids import new_id
from motcua.oversight.words import Act, DirectiveState, Subject


class Directive(models.Model):
    """One instruction about a dossier, an agency or a figure. `due_at` is reckoned on the calendar of the agency."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.TextField(choices=[(one.value, one.value) for one in Subject])
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="+", db_index=False)
    agency_name = models.TextField()
    dossier_id = models.UUIDField(null=True)
    dossier_code = models.TextField(default="")
    indicator = models.TextField(default="")
    period = models.TextField(default="")
    text = models.TextField()
    assignee_id = models.UUIDField()
    assignee_name = models.TextField()
    given_by_id = models.UUIDField(null=True)
    given_by_name = models.TextField()
    given_at = models.DateTimeField()
    term_days = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    state = models.TextField(choices=[(one.value, one.value) for one in DirectiveState])
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    #: When somebody was told that the term ran out; told once per term.
    marked_overdue_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject=Subject.DOSSIER) | Q(dossier_id__isnull=False),
                name="directive_names_its_dossier",
            ),
        ]
        indexes = [
            models.Index(F("assignee_id"), F("due_at"), F("id"), name="directive_assignee"),
            models.Index(F("agency"), F("due_at"), F("id"), name="directive_agency"),
            models.Index(F("dossier_id"), condition=Q(dossier_id__isnull=False), name="directive_dossier"),
            models.Index(
                F("due_at"),
                condition=Q(state=DirectiveState.OPEN, marked_overdue_at__isnull=True),
                name="directive_due",
            ),
        ]


class DirectiveEntry(models.Model):
    """One line of the history; appended, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    directive = models.ForeignKey(Directive, models.CASCADE, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    act = models.TextField(choices=[(one.value, one.value) for one in Act])
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField()
    text = models.TextField(default="")
    due_after = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["directive", "seq"], name="directive_entry_seq")]
