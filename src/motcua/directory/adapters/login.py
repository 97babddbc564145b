"""Django's authentication backend: password only; throttling and second factor stand in the services."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.http import HttpRequest

from motcua.directory.models import Account


class PasswordBackend(BaseBackend):
    """Accounts by user name and password; loads what the actor needs in the same query."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> Account | None:
        if not username or password is None:
            return None
        account = _accounts().filter(username=username.strip().lower()).first()
        if account is None:
            make_password(password)  # an unknown name takes as long as a wrong password
            return None
        is_right = account.check_password(password) and account.is_active
        return account if is_right else None

    # Django's type names the project's user model; the key here is a UUID.
    def get_user(self, user_id: object) -> Account | None:
        key = user_id if isinstance(user_id, UUID) else UUID(str(user_id))
        found: Account | None = _accounts().filter(pk=key, is_active=True).first()
        return found


def _accounts() -> QuerySet[Account]:
    return Account.objects.select_related("staff", "party")
