"""The use cases of the custody: keep, upload in pieces, record papers, sign, typeset."""

from motcua.documents.services.clients import stored_pins
from motcua.documents.services.files import keep_file
from motcua.documents.services.keys import read_token, register_signing_key, withdraw_signing_key
from motcua.documents.services.papers import new_verification_code, record_paper, replace_paper, revoke_paper
from motcua.documents.services.signing import sign_pdf
from motcua.documents.services.typesetting import typeset
from motcua.documents.services.uploads import abandon_idle_uploads, append_chunk, begin_upload, finish_upload

__all__ = [
    "abandon_idle_uploads",
    "append_chunk",
    "begin_upload",
    "finish_upload",
    "keep_file",
    "new_verification_code",
    "read_token",
    "record_paper",
    "register_signing_key",
    "replace_paper",
    "revoke_paper",
    "sign_pdf",
    "stored_pins",
    "typeset",
    "withdraw_signing_key",
]
