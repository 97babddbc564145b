"""How alike two strings are, for text that went through a recogniser."""

from motcua.kernel.text import fold


def distance(first: str, second: str) -> int:
    """Levenshtein distance of short strings."""
    if len(first) < len(second):
        first, second = second, first
    row = list(range(len(second) + 1))
    for number, char in enumerate(first, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(second, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (char != other))
    return row[-1]


def likeness(first: str, second: str) -> float:
    """1 for equal strings, 0 for nothing in common."""
    longest = max(len(first), len(second))
    return 1 - distance(first, second) / longest if longest else 1.0


def plain_token(word: str) -> str:
    """`"Họ,"` → `"ho"`: letters and digits only, no marks, lower case; empty for pure punctuation."""
    return "".join(char for char in fold(word) if char.isalnum())


def tokens_alike(first: str, second: str) -> bool:
    """The same word, forgiving one misread letter in a word of three and two in a long one."""
    if first == second:
        return True
    shortest = min(len(first), len(second))
    if shortest < 3 or abs(len(first) - len(second)) > 2:
        return False
    return distance(first, second) <= (2 if shortest >= 8 else 1)
