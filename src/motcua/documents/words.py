"""The vocabulary of documents: where papers come from, how far they are proved, signatures, scans. No framework."""

from enum import StrEnum


class PaperSource(StrEnum):
    """How the paper came into custody. A counter scan is a digitized copy of what was handed in."""

    CITIZEN_UPLOAD = "citizen_upload"
    COUNTER_SCAN = "counter_scan"
    RESULT = "result"
    FORM = "form"
    REGISTER = "register"
    WAREHOUSE = "warehouse"


class TrustLevel(StrEnum):
    """How far the content is proved, weakest first (Decree 45/2020 arts. 10, 14; Circular 01/2023 arts. 8–11)."""

    DECLARED = "declared"
    COMPARED = "compared"
    SIGNED = "signed"
    AUTHORITATIVE = "authoritative"


class Standing(StrEnum):
    """Answer to "is it still good?"; `UNKNOWN` only where the register could not be asked."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


class PaperEnding(StrEnum):
    """A replaced paper leads to the one in its place; a revoked paper leads nowhere."""

    REPLACED = "replaced"
    REVOKED = "revoked"


class ReportBasis(StrEnum):
    """What the verification had looked at before somebody reported a forgery: a file, a printed code, or nothing."""

    FILE = "file"
    CODE = "code"
    NOTHING = "nothing"


class SignatureKind(StrEnum):
    """Which signature it is; decides place, colour and text."""

    PERSONAL = "personal"
    AGENCY = "agency"
    COPIER = "copier"
    FORM = "form"
    COPY_SEAL = "copy_seal"


class SignatureLevel(StrEnum):
    """PAdES baseline levels of ETSI EN 319 142-1."""

    B = "B-B"
    T = "B-T"
    LTA = "B-LTA"


class ScanState(StrEnum):
    """What becomes of a page. `WORKING` holds only as long as its worker is alive (`leased_until`)."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    DOUBTFUL = "doubtful"
    BLANK = "blank"
    FAILED = "failed"


class FileState(StrEnum):
    """A file of a batch: waiting to be opened, its pages counted, or refused as a whole."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"


class BatchSource(StrEnum):
    """How the pages came in."""

    BROWSER = "browser"
    FOLDER = "folder"
    MAIL = "mail"
    SCANNER = "scanner"


class MalwareVerdict(StrEnum):
    """What is known of the bytes of a file. `MADE_HERE`: the system set it in type or bound it from pages it read itself."""

    CLEAN = "clean"
    UNCHECKED = "unchecked"
    MADE_HERE = "made_here"
    INFECTED = "infected"


class Unchecked(StrEnum):
    """Why a file was not checked: no scanner is set, it did not answer, its signatures are old, the file is too large for it."""

    NO_SCANNER = "no_scanner"
    SILENT = "silent"
    STALE = "stale"
    TOO_LARGE = "too_large"


class ScannerPolicy(StrEnum):
    """What becomes of a file that could not be checked (setting `MOTCUA_SCANNER_POLICY`): not taken; taken and opened to
    nobody until it was checked; taken, with the word that it was not checked.
    """

    REFUSE = "refuse"
    HOLD = "hold"
    MARK = "mark"
