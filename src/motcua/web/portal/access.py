"""Who may come in: pages of one's own need somebody logged in who acts for a person or an organisation."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from motcua.kernel.errors import PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import session_ended, wants_problem
from motcua.web.kit.held_posts import hold, takes_held_posts

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def citizen_only(view: View[P]) -> View[P]:
    """Send the anonymous to log in and back to the very act, with what they posted; refuse officers, who have no
    dossiers of their own here.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated and wants_problem(request):
            return session_ended()
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else hold(request)
            return HttpResponseRedirect(f"{reverse('login:log_in')}?{urlencode({'next': back})}")
        if not actor_of(request).party_ids:
            raise PermissionRefused
        return view(request, *args, **kwargs)

    return cast(View[P], takes_held_posts(guarded))
