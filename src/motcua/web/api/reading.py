"""Reading what programs send: nothing the database or the interpreter would choke on gets past this file."""

import json
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser


class StrictParser(Parser):
    """JSON in UTF-8 without NUL characters, lone surrogates, constants that are not JSON, or bottomless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return _whole(json.loads(request.body.decode(), parse_constant=_no_constant))
        except (ValueError, RecursionError):
            raise HttpError(400, "unreadable") from None

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> Any:
        if isinstance(data, QueryDict) and any("\0" in value for values in data.values() for value in values):
            raise HttpError(400, "unreadable")
        return super().parse_querydict(data, list_fields, request)


def _whole(read: Any) -> Any:
    # Written again, because escapes in JSON can spell what its bytes cannot hold.
    written = json.dumps(read, ensure_ascii=False)
    written.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    if "\\u0000" in written:
        raise ValueError
    return read


def _no_constant(name: str) -> float:
    raise ValueError(name)
