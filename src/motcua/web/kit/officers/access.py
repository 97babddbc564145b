"""Who may open the pages of officers."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import session_ended, wants_problem

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def officers_only(*permissions: str) -> Callable[[View[P]], View[P]]:
    """Somebody logged in who is an officer; with `permissions`, one who holds at least one of them anywhere.

    The anonymous are sent to log in and back; for citizens these pages do not exist; other officers are refused.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated and wants_problem(request):
                return session_ended()
            if not request.user.is_authenticated:
                back = request.get_full_path() if request.method == "GET" else request.path
                return redirect_to_login(back)
            actor = actor_of(request)
            if not actor.is_officer:
                raise OutOfScope
            if permissions and not any(actor.may(permission) for permission in permissions):
                raise PermissionRefused
            return view(request, *args, **kwargs)

        never_cached: View[P] = never_cache(guarded)
        return never_cached

    return guard
