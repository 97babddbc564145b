"""Tables of the dossier."""

from motcua.dossiers.models.chain_check import ChainCheck
from motcua.dossiers.models.consultation import Consultation
from motcua.dossiers.models.counters import CodeCounter, LedgerCounter, VoidNumber
from motcua.dossiers.models.door import DoorSlip
from motcua.dossiers.models.dossier import Dossier, DossierPaper
from motcua.dossiers.models.draft import Draft, DraftPaper
from motcua.dossiers.models.issued import IssuedForm, NumberRequest, Result, ResultDraft
from motcua.dossiers.models.passage import ClockPause, Passage

__all__ = [
    "ChainCheck",
    "ClockPause",
    "CodeCounter",
    "Consultation",
    "DoorSlip",
    "Dossier",
    "DossierPaper",
    "Draft",
    "DraftPaper",
    "IssuedForm",
    "LedgerCounter",
    "NumberRequest",
    "Passage",
    "Result",
    "ResultDraft",
    "VoidNumber",
]
