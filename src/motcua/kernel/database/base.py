"""Django finds an engine by this name of a module. Everything but the health check is Django's own."""

import select
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server at most once a second whether it is still there, not before each request.

    In between it looks whether anything lies unread on the wire: a server that stopped, or ended this session, has
    written or hung up. Only a network that swallows everything takes the second to be noticed.
    """

    #: Seconds for which a connection that answered, and on which nothing was heard since, is not asked again.
    trusted_for = 1.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._answered: tuple[object, float] = (None, 0.0)

    def is_usable(self) -> bool:
        """Whether the connection can be used, as Django asks before the first statement of a request."""
        wire, at = self._answered
        is_known = wire is not None and wire is self.connection
        if is_known and time.monotonic() - at < self.trusted_for and self._is_silent():
            return True
        usable = bool(super().is_usable())
        self._answered = (self.connection, time.monotonic()) if usable else (None, 0.0)
        return usable

    def _is_silent(self) -> bool:
        try:
            heard = select.poll()
            heard.register(self.connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
            return not heard.poll(0)
        except (psycopg.Error, OSError, ValueError):  # closed on our side
            return False
