"""Personal data never reaches a log in clear: identity numbers, phones and e-mail addresses are masked on the way out."""

import logging
import re

_PATTERNS = (
    # 12-digit personal numbers and 9-digit old ones keep their last three digits.
    (re.compile(r"(?<![\d.\-])(\d{6}|\d{9})(\d{3})(?![\d\-])"), r"•••\2"),
    (re.compile(r"(?<!\d)0\d{6}(\d{3})(?!\d)"), r"•••\1"),
    (re.compile(r"([\w.+-])[\w.+-]*@([\w-]+\.[\w.-]+)"), r"\1•••@\2"),
)


def masked(text: str) -> str:
    """The text with identity numbers, phone numbers and e-mail addresses shortened beyond recognition."""
    for pattern, shown in _PATTERNS:
        text = pattern.sub(shown, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the finished line of every record, with whatever hangs on it: an error quotes the values it fell over."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
