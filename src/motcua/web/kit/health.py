"""`/healthz`: is this web node fit to be sent requests? Asked by load balancers. `/healthz/live`: does it answer at all? Asked by
the supervisor, who starts anew what does not; a database that is away is no reason to.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


class HealthMiddleware:
    """Answers before anything else looks at the request: a probe knows no host name, no TLS and no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz/live":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path != "/healthz":
            return self._get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1")
        except DatabaseError:
            connection.close()
            return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
        return HttpResponse("ok\n", content_type="text/plain")
