"""The tax authority: takes the day's summary of receipts, signed, and answers with what it took.

`POST /summaries` with the signed XML, `Idempotency-Key` the summary's id. 200 `{"code", "sha256"}`: taken, once, however often
it is sent. 409 and 422 `{"code", "reason"}`: refused for good. Anything else is tried again. An answer that names another
digest than was sent is no answer.
"""

import hashlib
import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from motcua.kernel.outside import outside

_MOST = 64_000


class Refused(Exception):
    """The authority refuses this summary for good."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code, self.reason = code, reason


class Unreachable(Exception):
    """No answer, or none that counts: tried again later."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def send_summary(content: bytes, *, key: str, signed: bytes) -> str:
    """The authority's receipt code. Raises `Refused`, `Unreachable`."""
    outside("the tax authority")
    if not settings.MOTCUA_TAX_URL:
        raise Unreachable("not_configured")
    request = urllib.request.Request(  # noqa: S310 - the address is the installation's own setting
        f"{settings.MOTCUA_TAX_URL.rstrip('/')}/summaries",
        data=content,
        headers={"Content-Type": "application/xml", "Idempotency-Key": key},
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.MOTCUA_TAX_TIMEOUT) as response:  # noqa: S310 - see above
            answer = _read(response.read(_MOST))
    except urllib.error.HTTPError as refusal:
        answer = _read(refusal.read(_MOST))
        if refusal.code in (409, 422) and "code" in answer:
            raise Refused(str(answer["code"])[:60], str(answer.get("reason", ""))[:300]) from refusal
        raise Unreachable(f"http_{refusal.code}") from refusal
    except (urllib.error.URLError, OSError, TimeoutError) as failure:
        raise Unreachable("no_answer") from failure
    if answer.get("sha256") != hashlib.sha256(signed).hexdigest() or not answer.get("code"):
        raise Unreachable("answer_untrue")
    return str(answer["code"])[:100]


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
