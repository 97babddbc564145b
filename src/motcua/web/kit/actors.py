"""Who is asking: the actor of a request, worked out once."""

from django.http import HttpRequest

from motcua.directory import queries
from motcua.kernel.authority import ANONYMOUS, Actor
from motcua.web.kit.seats import narrowed

_KEPT = "_motcua_actor"


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind the request: the account's, in the agency they chose to work from, or `ANONYMOUS`. Costs queries at most
    once per request.
    """
    kept = getattr(request, _KEPT, None)
    if isinstance(kept, Actor):
        return kept
    actor = narrowed(request, queries.actor_for(request.user)) if request.user.is_authenticated else ANONYMOUS
    setattr(request, _KEPT, actor)
    return actor


def act_as(request: HttpRequest, actor: Actor) -> None:
    """The actor of this request is known by another way than a session (the key of a program)."""
    setattr(request, _KEPT, actor)
