"""Character error rate: Levenshtein distance over length of the truth, after NFC and with runs of white space as one blank."""

import unicodedata

import numpy as np


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def distance(first: str, second: str) -> int:
    """Insertions, deletions and replacements that turn one text into the other; one row of the table at a time."""
    a, b = (np.array([ord(char) for char in text], dtype=np.int32) for text in (first, second))
    index = np.arange(len(b) + 1, dtype=np.int32)
    row = index.copy()
    for number, char in enumerate(a, 1):
        changed = np.empty_like(row)
        changed[0] = number
        changed[1:] = np.minimum(row[1:] + 1, row[:-1] + (b != char))
        row = np.minimum.accumulate(changed - index) + index
    return int(row[-1])


def error_rate(truth: str, read: str) -> float:
    """Over all pages; pages are separated by form feeds and compared one by one."""
    wanted = [folded(page) for page in truth.split("\f")]
    given = [folded(page) for page in read.split("\f")]
    given += [""] * (len(wanted) - len(given))
    return sum(distance(a, b) for a, b in zip(wanted, given, strict=False)) / max(1, sum(map(len, wanted)))
