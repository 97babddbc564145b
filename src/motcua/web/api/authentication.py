"""Who calls: the actor a key stands for."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.directory import services as directory
from motcua.kernel.authority import Actor


class KeyBearer(HttpBearer):
    """`Authorization: Bearer KEY`; a wrong, revoked or expired key is refused with 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        return directory.use_api_token(secret=token)


def caller(request: HttpRequest) -> Actor:
    """The actor put on the request by the authentication."""
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise TypeError("this operation is declared without authentication")
    return actor
