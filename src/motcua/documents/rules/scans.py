"""What may be done with a scanned batch: states of pages, who may scan, grounds for not digitizing, arrangement of pages."""

from collections.abc import Iterable
from types import MappingProxyType

from motcua.documents.rules.digitization.pages import PageState as ReadState
from motcua.documents.words import ScanState

#: Whoever holds one of these in an agency may scan there and see what was scanned there.
SCANNING_PERMISSIONS = ("dossier.receive", "dossier.appraise")
#: Whoever keeps the seal of an agency puts it on the copies signed there.
SEALING_PERMISSION = "dossier.number_and_seal"
#: A page below this mean confidence, or with a finding of quality, waits for somebody's eyes.
DOUBTFUL_CONFIDENCE = 75.0


#: States in which nothing more will happen to a page by itself.
SETTLED = frozenset({ScanState.DONE, ScanState.DOUBTFUL, ScanState.BLANK, ScanState.FAILED})


def state_of(read: ReadState, confidence: float, findings: int) -> ScanState:
    """The state of a page from what the engine made of it."""
    if read in (ReadState.UNREAD, ReadState.LOST):
        return ScanState.FAILED
    if read is ReadState.BLANK:
        return ScanState.BLANK
    if findings or confidence < DOUBTFUL_CONFIDENCE:
        return ScanState.DOUBTFUL
    return ScanState.DONE


#: Kinds of paper the engine recognises → paper kinds of the catalogue a component may ask for, likeliest first.
CATALOGUE_KINDS = MappingProxyType(
    {
        "birth_notification": ("birth-notification", "birth-evidence"),
        "birth_certificate": ("KQ.G15.000031", "kinship-evidence"),
        "marriage_certificate": ("KQ.G15.000032",),
        "land_certificate": ("land-papers", "land-evidence"),
        "household_business_certificate": ("KQ.G12.001041",),
        "identity_card": ("identity-paper",),
        "authority_letter": ("authorisation", "household-authorisation"),
        "application_form": (
            "birth-declaration",
            "marriage-declaration",
            "death-declaration",
            "business-application",
            "ct01",
        ),
    }
)


def likely_component(kind: str, components: Iterable[tuple[str, str]], taken: Iterable[str] = ()) -> str:
    """Key of the component (pairs of key, kind code) a recognised paper stands for; empty if none is plain."""
    used = set(taken)
    wanted = CATALOGUE_KINDS.get(kind, ())
    free = [(key, code) for key, code in components if key not in used]
    for code in wanted:
        found = [key for key, of_component in free if of_component == code]
        if found:
            return found[0]
    # Catalogues are written by many hands: the key of the component may be plainer than the code of its kind.
    plain = kind.replace("_", "-")
    return next((key for key, _ in free if plain and key == plain), "")
