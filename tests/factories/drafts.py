"""Drafts of the cast, filled in as its pages would do it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from motcua.dossiers import queries, services
from motcua.kernel.authority import Actor

_SEEN = re.compile(r'name="_seen" value="(\d+)"')


def fill_in(actor: Actor, draft_id: UUID, *, promised: Iterable[str] = (), **changes: Any) -> queries.Draft:
    """Save these fields on the draft as it stands, and promise to show these papers."""
    draft = queries.draft_of(actor=actor, draft_id=draft_id)
    services.change_draft(actor=actor, draft_id=draft_id, seen=draft.revision, **changes)
    keys = list(promised)
    services.promise_papers(actor=actor, draft_id=draft_id, asked=keys, promised=keys)
    return queries.draft_of(actor=actor, draft_id=draft_id)


def seen_on(client: Client, address: str) -> int:
    """The revision the page carries."""
    found = _SEEN.search(client.get(address).content.decode())
    assert found, address
    return int(found[1])


def press(client: Client, address: str, typed: Mapping[str, Any] | None = None, **more: Any) -> HttpResponse:
    """Open the page, type, press its button: what a browser posts carries the revision of the page."""
    answer = client.post(address, {"_seen": seen_on(client, address), **(typed or {})}, **more)
    assert isinstance(answer, HttpResponse)
    return answer
