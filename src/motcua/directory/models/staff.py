"""Posts, people in service, the roles they hold, and whose signature stands in whose place."""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from motcua.directory.models.agency import Agency
from motcua.directory.models.validity import Dated, DatedQuerySet, never_twice
from motcua.directory.words import Role, ScopeKind
from motcua.kernel.ids import new_id

_ROLES = [(role.value, role.value) for role in Role]


class Post(Dated):
    """A place in an agency: chairman, deputy director, civil-status officer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.TextField()
    title_en = models.TextField(default="", blank=True)
    may_sign = models.BooleanField(default=False)

    objects = DatedQuerySet["Post"].as_manager()

    class Meta:
        constraints = [never_twice("post_once_a_day", "agency", "title")]


class Staff(models.Model):
    """Somebody in service. Where and as what is said by assignments."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.TextField(unique=True)
    full_name = models.TextField()
    phone = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)


class Assignment(Dated):
    """A role held in an agency from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    role = models.TextField(choices=_ROLES)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(default="", blank=True)

    objects = DatedQuerySet["Assignment"].as_manager()

    class Meta:
        constraints = [never_twice("role_held_once", "staff", "agency", "role")]
        indexes = [models.Index(fields=["agency", "role"], name="assignment_of_agency")]


class RolePolicy(models.Model):
    """What an administrator decides per role."""

    role = models.TextField(primary_key=True, choices=_ROLES)
    requires_second_factor = models.BooleanField()


class Delegation(Dated):
    """A decision by which the delegator lets the delegate sign in their place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delegator = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    decision_number = models.TextField()
    decided_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.TextField(default="", blank=True)

    objects = DatedQuerySet["Delegation"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(delegator=F("delegate")), name="delegation_not_to_self"),
            models.CheckConstraint(condition=~Q(decision_number=""), name="delegation_by_decision"),
        ]
        indexes = [models.Index(fields=["delegate", "agency"], name="delegation_of_delegate")]


class DelegatedScope(models.Model):
    """One procedure, one field or everything of a delegation; no two people hold the same from one delegator
    on one day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="scopes")
    # Carried here so that the database itself can refuse an overlap.
    delegator = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in ScopeKind])
    code = models.TextField(default="", blank=True)
    validity: Any = DateRangeField()

    class Meta:
        constraints = [
            never_twice("signing_delegated_once", "delegator", "agency", "kind", "code"),
            models.CheckConstraint(
                condition=Q(kind="all", code="") | (~Q(kind="all") & ~Q(code="")), name="delegated_scope_said"
            ),
        ]
