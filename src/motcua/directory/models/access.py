"""Who asked for what access, who confirmed it, and what changed."""

from django.db import models
from django.db.models import F, Q

from motcua.directory.models.agency import Agency
from motcua.directory.models.staff import Staff
from motcua.directory.words import AccessAct, AccessChange, RequestState, Role
from motcua.kernel.ids import new_id

_ROLES = [(role.value, role.value) for role in Role]


class AccessRequest(models.Model):
    """What one administrator asked for and another one decides. `detail` holds what only this act needs (plain values)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.TextField(choices=[(act.value, act.value) for act in AccessAct])
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.TextField(choices=_ROLES, default="", blank=True)
    detail = models.JSONField(default=dict)
    ground = models.TextField(default="", blank=True)
    state = models.TextField(choices=[(one.value, one.value) for one in RequestState], default="open")
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Whatever the program does: nobody confirms what they asked for.
            models.CheckConstraint(
                condition=~Q(state=RequestState.CONFIRMED.value)
                | (Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("asked_by_id"))),
                name="access_confirmed_by_another",
            )
        ]
        indexes = [models.Index(fields=["-asked_at"], name="access_request_newest")]


class AccessRecord(models.Model):
    """One change of somebody's access: what it was, what it is, who did it, who confirmed it, on what ground. Only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    change = models.TextField(choices=[(one.value, one.value) for one in AccessChange])
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField(null=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    before = models.TextField(default="", blank=True)
    after = models.TextField(default="", blank=True)
    ground = models.TextField(default="", blank=True)
    #: None: the operator, at the machine.
    by_account_id = models.UUIDField(null=True)
    confirmed_by_id = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "-at"], name="access_record_of_account"),
            models.Index(fields=["-at"], name="access_record_newest"),
        ]
