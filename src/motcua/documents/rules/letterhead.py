"""Names of agencies at the head of a paper: they break before the place, never inside it (Decree 30/2020/NĐ-CP, Annex I)."""

import re

_PLACE = re.compile(r"(?<=\s)(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s.+$", re.IGNORECASE)
_JOINED = "\N{NO-BREAK SPACE}"
#: A longer place has to break somewhere.
_LONGEST = 24


def letterhead_name(name: str) -> str:
    """The name with the words of its place held together: `Ủy ban nhân dân` over `xã An Bình`."""
    found = _PLACE.search(name)
    if found is None or len(found[0]) > _LONGEST:
        return name
    return name[: found.start()] + re.sub(r"\s+", _JOINED, found[0])
