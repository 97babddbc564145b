"""Statements of the hot path: their text is made once, the server plans them once, only the values travel each time.

The object-relational mapper makes the text of a query anew at every call, which was nine tenths of the time of a request
(docs/adr/0010). Here a query set is compiled at its first use (`Question`), rows are written by texts kept per shape
(`write`), what hangs on a row is read at once (`Bundle`), and SQL written by hand is a `Statement`. All are sent as prepared
statements, in the connection and the transaction Django has open. What a query asks and what a row holds is still
declared once, on the models.
"""

from motcua.kernel.statements.bundles import Bundle, Part
from motcua.kernel.statements.questions import Among, Question, slot
from motcua.kernel.statements.sending import Statement, quoted
from motcua.kernel.statements.values import ValueUnknown, as_json, as_text
from motcua.kernel.statements.writing import (
    Changed,
    RowVanished,
    Shape,
    mark_written,
    none_vanished,
    parts_of,
    shaped,
    vanished_told,
    write,
)

__all__ = [
    "Among",
    "Bundle",
    "Changed",
    "Part",
    "Question",
    "RowVanished",
    "Shape",
    "Statement",
    "ValueUnknown",
    "as_json",
    "as_text",
    "mark_written",
    "none_vanished",
    "parts_of",
    "quoted",
    "shaped",
    "slot",
    "vanished_told",
    "write",
]
