"""Tables of the custody: files, uploads, papers, signing keys, attempts at signing, scanned batches, reports of forgeries."""

from motcua.documents.models.counters import DigitizationCounter
from motcua.documents.models.files import FileRecord, Upload
from motcua.documents.models.papers import Paper
from motcua.documents.models.reports import ForgeryReport
from motcua.documents.models.scans import ScanBatch, ScanField, ScanFile, ScanPage, ScanPaper, ScanStep
from motcua.documents.models.signing import SignatureAttempt, SignedRevision, SigningKey

__all__ = [
    "DigitizationCounter",
    "FileRecord",
    "ForgeryReport",
    "Paper",
    "ScanBatch",
    "ScanField",
    "ScanFile",
    "ScanPage",
    "ScanPaper",
    "ScanStep",
    "SignatureAttempt",
    "SignedRevision",
    "SigningKey",
    "Upload",
]
