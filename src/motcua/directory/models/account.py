"""Log-in accounts and their tokens."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.directory.models.party import Party
from motcua.directory.models.staff import Staff
from motcua.kernel.ids import new_id


class AccountManager(models.Manager["Account"]):
    """Only what Django's authentication asks for."""

    def get_by_natural_key(self, username: str) -> "Account":
        return self.get(username=username.strip().lower())


class Account(AbstractBaseUser):
    """Who may log in: either somebody in service (staff) or a party of the public. Usernames are kept in
    lower case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.TextField(unique=True)
    staff = models.OneToOneField(Staff, null=True, on_delete=models.PROTECT, related_name="account")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    language = models.TextField(default="vi")
    #: Somebody else knows the password: it serves for one log-in.
    must_change_password = models.BooleanField(default=False)
    password_set_at = models.DateTimeField(null=True)
    #: Sessions that no second factor confirmed end at their next request.
    needs_confirmed_sessions = models.BooleanField(default=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(staff=None, party__isnull=False) | Q(staff__isnull=False, party=None),
                name="account_of_staff_or_party",
            ),
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]{1,63}$"), name="account_username_shape"
            ),
        ]
        indexes = [models.Index(fields=["party"], name="account_of_party")]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of_account(self, account_id: object) -> Self:
        return self.filter(account_id=account_id)


class ApiToken(models.Model):
    """A key for programs. Only its SHA-256 is kept; ``permissions`` narrow what the account may do (empty:
    everything).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    digest = models.TextField(unique=True)
    permissions = ArrayField(models.TextField(), default=list, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account"], name="api_token_of_account")]
