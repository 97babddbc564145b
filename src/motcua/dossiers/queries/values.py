"""Plain values other packages may need about states, so that none of them writes a state down again."""

from motcua.dossiers.words import BEFORE_RECEIPT, NATIONAL, OPEN, STATE_NAMES

#: state value → Vietnamese name (source text of the catalogues)
STATUS_NAMES: dict[str, str] = {state.value: name for state, name in STATE_NAMES.items()}
#: state value → national status code
NATIONAL_STATUSES: dict[str, int] = {state.value: int(code) for state, code in NATIONAL.items()}
OPEN_STATUSES = frozenset(state.value for state in OPEN)
BEFORE_RECEIPT_STATUSES = frozenset(state.value for state in BEFORE_RECEIPT)
