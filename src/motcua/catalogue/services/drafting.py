"""A version as a text that can be carried away, changed and brought back as a draft."""

from __future__ import annotations

import json
from uuid import UUID

from motcua.catalogue.errors import ContentUnreadable
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.rules import codec
from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.services import rows
from motcua.kernel.authority import Actor, authorise, in_scope


def version_text(*, actor: Actor, version_id: UUID) -> str:
    """What a version says, drafts included, as JSON. Refuses: PermissionRefused, OutOfScope."""
    authorise(actor, "catalogue.manage")
    version = in_scope(
        ProcedureVersion.objects.select_related("procedure__field", "form").filter(pk=version_id).first()
    )
    content = version.snapshot or codec.to_json(rows.content_of(version))
    return json.dumps(content, ensure_ascii=False, indent=1)


def read_version_text(*, actor: Actor, text: str, code: str) -> VersionContent:
    """The content such a text says, for the procedure `code`. Refuses: ContentUnreadable, PermissionRefused."""
    authorise(actor, "catalogue.manage")
    try:
        content = codec.from_json(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ContentUnreadable(found=f"{type(wrong).__name__}: {wrong}"[:200]) from wrong
    if content.code != code:
        raise ContentUnreadable(found=f"{content.code} ≠ {code}")
    return content
