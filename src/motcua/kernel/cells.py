"""Texts in files that spreadsheets open: a cell that begins like a formula would be reckoned on the reader's machine."""

#: OWASP, "CSV Injection": what makes a spreadsheet take a cell for a formula, in the wide forms too.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def begins_like_formula(cell: str) -> bool:
    return cell.startswith(_BEGINNINGS)


def as_text(value: object) -> object:
    """The value of a cell of CSV; an apostrophe before a text that a spreadsheet would reckon keeps it a text. Numbers stay."""
    return f"'{value}" if isinstance(value, str) and begins_like_formula(value) else value
