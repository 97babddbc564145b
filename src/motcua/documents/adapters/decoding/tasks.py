"""What is decoded, and within which limits."""

from dataclasses import replace

from motcua.documents.adapters.decoding.limits import Limits, Task
from motcua.documents.rules.files import Sniffed
from motcua.documents.rules.signatures.findings import PdfReading

_MIB = 1 << 20

#: What an uploaded file is: `(stream, filename=)`.
SNIFF = Task("motcua.documents.adapters.sniffing.sniffer:sniff", Sniffed, Limits(memory=768 * _MIB))
#: A picture no browser shows, as JPEG in base 64: `(stream)`.
SHOW_PICTURE = Task(
    "motcua.documents.adapters.imaging.seen:shown_picture",
    str,
    Limits(seconds=8.0, memory=1024 * _MIB, answer=24 * _MIB),
)
#: A PDF of several pictures, in base 64: `(stream, …)`.
BIND_PICTURES = Task(
    "motcua.documents.adapters.imaging.bound:bound_pictures",
    str,
    Limits(seconds=8.0, memory=1024 * _MIB, answer=128 * _MIB),
)
#: Texts of the codes in a picture of a stranger: `(stream)`.
READ_CODES: Task[tuple[str, ...]] = Task(
    "motcua.documents.adapters.verification.codes:qr_texts",
    tuple[str, ...],
    Limits(memory=768 * _MIB, answer=64 << 10, is_stranger=True),
)
#: The same on the pages of a PDF, as many as carry such codes: `(stream)`.
READ_CODES_OF_PDF: Task[tuple[str, ...]] = replace(
    READ_CODES, function="motcua.documents.adapters.verification.codes:qr_texts_of_pdf"
)
#: The signatures of a PDF of a stranger: `(stream, trust=, at=, evidence=)`; the same for people at work.
JUDGE_OF_STRANGER: Task[PdfReading] = Task(
    "motcua.documents.adapters.verification.reader:judge",
    PdfReading,
    Limits(seconds=2.0, patience=4.0, memory=512 * _MIB, answer=4 * _MIB, is_stranger=True),
)
JUDGE: Task[PdfReading] = replace(
    JUDGE_OF_STRANGER, limits=replace(JUDGE_OF_STRANGER.limits, is_stranger=False)
)
