"""What a paper is worth and whether it is still in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.documents.words import PaperEnding, PaperSource, Standing, TrustLevel

#: Papers the system itself vouches for: found by their bytes or their code, they are "issued by us".
ISSUED_SOURCES = frozenset(
    {PaperSource.RESULT, PaperSource.FORM, PaperSource.COUNTER_SCAN, PaperSource.REGISTER}
)


TRUST_ORDER = tuple(TrustLevel)

#: Who among the officers may record a paper of this source, and end it: any one of these. Sources that are not named here
#: come from machines only.
MAY_RECORD: Mapping[PaperSource, tuple[str, ...]] = {
    PaperSource.CITIZEN_UPLOAD: ("dossier.receive", "dossier.appraise"),
    # Who puts the seal on a copy records the sealed copy in the place of the signed one.
    PaperSource.COUNTER_SCAN: ("dossier.receive", "dossier.appraise", "dossier.number_and_seal"),
    PaperSource.FORM: ("dossier.receive", "dossier.appraise"),
    PaperSource.RESULT: ("dossier.number_and_seal", "dossier.issue"),
}

#: How far an officer may vouch for a paper of this source; nobody vouches for what a person uploaded.
TOP_TRUST: Mapping[PaperSource, TrustLevel] = {
    PaperSource.CITIZEN_UPLOAD: TrustLevel.DECLARED,
    PaperSource.COUNTER_SCAN: TrustLevel.SIGNED,
}


def may_vouch(source: PaperSource, trust: TrustLevel) -> bool:
    """Whether a paper of this source can be as far proved as that."""
    top = TOP_TRUST.get(source, TRUST_ORDER[-1])
    return TRUST_ORDER.index(trust) <= TRUST_ORDER.index(top)


@dataclass(frozen=True, slots=True)
class Validity:
    valid_until: date | None
    ending: PaperEnding | None


def standing(validity: Validity, on: date) -> Standing:
    """A paper ended by decision stays ended whatever its dates say; the last day of validity still counts."""
    if validity.ending is not None:
        return Standing(validity.ending.value)
    if validity.valid_until is not None and on > validity.valid_until:
        return Standing.EXPIRED
    return Standing.IN_FORCE
