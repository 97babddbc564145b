"""What is decoded, and within which limits."""

from motcua.documents.adapters.decoding.limits import Limits
from motcua.documents.adapters.decoding.pool import Task
from motcua.documents.rules.files import Sniffed

_MIB = 1 << 20

#: What an uploaded file is: `(stream, filename=)`.
SNIFF = Task("motcua.documents.adapters.sniffing.sniffer:sniff", Sniffed, Limits(memory=768 * _MIB))
#: Texts of the codes in a picture of a stranger: `(stream)`.
READ_CODES: Task[tuple[str, ...]] = Task(
    "motcua.documents.adapters.verification.codes:qr_texts",
    tuple[str, ...],
    Limits(memory=768 * _MIB, answer=64 << 10, is_stranger=True),
)
