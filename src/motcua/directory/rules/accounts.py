"""User names and keys for programs."""

import re
from datetime import timedelta
from typing import Final

from motcua.directory.errors import ApiTokenPeriodInvalid, UsernameInvalid

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
LONGEST_TOKEN_LIFE: Final = timedelta(days=366)


def check_username(text: str) -> str:
    """The user name in lower case. Raises UsernameInvalid."""
    username = text.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise UsernameInvalid()
    return username


def check_token_life(life: timedelta) -> timedelta:
    """A key lives between a day and a year. Raises ApiTokenPeriodInvalid."""
    if not timedelta(days=1) <= life <= LONGEST_TOKEN_LIFE:
        raise ApiTokenPeriodInvalid(longest=LONGEST_TOKEN_LIFE.days)
    return life
