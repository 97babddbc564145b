"""When two applications ask for the same."""

import hashlib
import json
from collections.abc import Mapping


def content_digest(case_key: str, form_data: Mapping[str, object]) -> str:
    """What is asked for, in one word: the case and the answers as they are kept, whoever wrote them, when and how."""
    return hashlib.sha256(
        json.dumps([case_key, form_data], sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
