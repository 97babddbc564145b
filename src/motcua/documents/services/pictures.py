"""Binding pictures of one paper."""

from base64 import b64decode
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from uuid import UUID

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import BIND_PICTURES
from motcua.documents.errors import PicturesNotBound
from motcua.documents.queries import FileView, file_for, open_file
from motcua.documents.services.files import keep_file
from motcua.kernel.authority import Actor

#: Pictures bound to one paper.
MOST_PICTURES = 20
_SECONDS_A_PICTURE = 4.0


def bind_pictures(*, actor: Actor, file_ids: Sequence[UUID], filename: str) -> FileView:
    """Keep one PDF of these pictures of the actor's, a page for each, in this order; the pictures stay as they are.

    Never inside a transaction. Refuses: `PicturesNotBound` (fewer than two, more than `MOST_PICTURES`, something that is no
    picture of one page), `OutOfScope`, and what `keep_file` and `open_file` refuse.
    """
    files = [file_for(actor, file_id) for file_id in file_ids]
    if not 2 <= len(files) <= MOST_PICTURES or any(
        not file.media_type.startswith("image/") for file in files
    ):
        raise PicturesNotBound
    limits = replace(
        BIND_PICTURES.limits, seconds=BIND_PICTURES.limits.seconds + _SECONDS_A_PICTURE * len(files)
    )
    with ExitStack() as stack:
        streams = [stack.enter_context(open_file(file.id)) for file in files]
        content = b64decode(decode(replace(BIND_PICTURES, limits=limits), *streams))
    return keep_file(actor=actor, stream=BytesIO(content), filename=filename)
