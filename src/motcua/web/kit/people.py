"""What is done for people in a browser and not for programs: sessions, log-in, messages, cross-site protection.

A program sends a key with each call and no cookie, so that nothing can be done in its name by another site. The classes are
Django's (and ours) otherwise.
"""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware as Authentication
from django.contrib.messages.middleware import MessageMiddleware as Messages
from django.contrib.sessions.middleware import SessionMiddleware as Sessions
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware as CrossSite
from django_otp.middleware import OTPMiddleware as SecondFactor

from motcua.web.kit.login.session import SessionRuleMiddleware as SessionRule

PROGRAMS = "/api/"


def is_program(request: HttpRequest) -> bool:
    """Whether the request is for the API, where nobody has a session."""
    return request.path_info.startswith(PROGRAMS)


class _ForPeople:
    """Steps aside for programs."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if is_program(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]  # of the middleware it is mixed into


class SessionMiddleware(_ForPeople, Sessions):
    pass


class CsrfViewMiddleware(_ForPeople, CrossSite):
    pass


class AuthenticationMiddleware(_ForPeople, Authentication):
    pass


class OTPMiddleware(_ForPeople, SecondFactor):  # type: ignore[misc]  # django_otp has no types
    pass


class MessageMiddleware(_ForPeople, Messages):
    pass


class SessionRuleMiddleware(_ForPeople, SessionRule):
    pass
