"""Kept pictures no browser shows by itself, made visible."""

from base64 import b64decode
from dataclasses import replace

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import SHOW_PICTURE
from motcua.documents.queries.files import FileView, open_file

#: Kinds of pictures that are taken and that browsers do not show.
MADE_VISIBLE = frozenset({"image/heic", "image/heif", "image/tiff"})


def shown_picture(file: FileView) -> bytes:
    """The picture as JPEG, upright and reduced; decoded in a process of its own. For packages above that checked their scope.

    Refuses: `PictureNotShown`, `DecodingRefused`, `DecodersBusy`, and what `open_file` refuses.
    """
    with open_file(file.id) as stream:
        limits = SHOW_PICTURE.limits.for_size(file.size)
        return b64decode(decode(replace(SHOW_PICTURE, limits=limits), stream))
