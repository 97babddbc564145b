"""Reading what programs send: nothing the database or the interpreter would choke on gets past this file."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser


class StrictParser(Parser):
    """JSON in UTF-8 without NUL characters, lone surrogates, constants that are not JSON, or bottomless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return _whole(json.loads(request.body.decode(), parse_constant=_no_constant))
        except (ValueError, RecursionError):
            raise HttpError(400, "unreadable") from None


def _whole(read: object) -> object:
    # Written again, because escapes in JSON can spell what its bytes cannot hold.
    written = json.dumps(read, ensure_ascii=False)
    written.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    if "\\u0000" in written:
        raise ValueError
    return read


def _no_constant(name: str) -> float:
    raise ValueError(name)
