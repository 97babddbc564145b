"""Tables of the custody: files, uploads under way, papers, signing keys, attempts at signing."""

from motcua.documents.models.files import FileRecord, Upload, UploadChunk
from motcua.documents.models.papers import Paper
from motcua.documents.models.signing import SignatureAttempt, SigningKey

__all__ = ["FileRecord", "Paper", "SignatureAttempt", "SigningKey", "Upload", "UploadChunk"]
