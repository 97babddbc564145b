"""The few words in which a fee is explained, in both languages."""

from __future__ import annotations

_SAID: dict[str, tuple[str, str]] = {
    "not_said": ("chưa rõ {what}", "{what} not stated yet"),
    "at_most": ("không quá {bound}", "at most {bound}"),
    "at_least": ("không dưới {bound}", "at least {bound}"),
    "band_to": ("{rate} cho {what} thứ {since} đến {to}", "{rate} for {what} {since} to {to}"),
    "band_rest": ("{rate} cho mỗi {what} từ thứ {since}", "{rate} for each of {what} from no. {since}"),
    "each_of": ("mỗi {what}: {rate}", "each {what}: {rate}"),
    "if": ("{then} nếu {when}; nếu không: {other}", "{then} if {when}; otherwise: {other}"),
    "see": ("chưa rõ, xem: {text}", "not known, see: {text}"),
    "not_stated": ("Nguồn không nêu mức thu", "The source states no amount"),
}


def say(key: str, english: bool, **parts: object) -> str:
    """One of the sentences above with its parts."""
    return _SAID[key][1 if english else 0].format(**parts)
