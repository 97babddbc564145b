"""Taking an invisible text layer out of a page: one that says other things than stand on the paper would be found instead of
them.
"""

import pikepdf

_INVISIBLE = 3
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


def without_hidden_text(page: pikepdf.Page) -> bytes | None:
    """The content of the page less the text that is never painted; None if it has none of its own (forms are not looked into)."""
    kept = []
    mode, removed = 0, 0
    stack: list[int] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(mode)
        elif operator == "Q" and stack:
            mode = stack.pop()
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        elif operator in _SHOWS_TEXT and mode == _INVISIBLE:
            removed += 1
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept) if removed else None
