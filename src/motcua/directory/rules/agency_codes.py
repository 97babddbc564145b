"""Agency codes in both legal orders.

* QCVN 102:2016/BTTTT (Circular 10/2016/TT-BTTTT): four dotted groups from the lowest level to the highest,
  ``V1V2V3.Z1Z2.Y1Y2.MX1X2``; absent levels are zeros: ``000.00.12.H41``, ``001.00.10.H47``.
* Decision 20/2020/QĐ-TTg: highest level first, absent lower levels not written: ``H41.12``; at most 35
  characters of digits, capitals and dots.

The two agree wherever every group has the width the regulation of 2016 gave it; elsewhere only the newer code
exists.
"""

import re
from dataclasses import dataclass

from motcua.directory.errors import AgencyCodeInvalid, AgencyCodeNotConvertible

#: Letters A–Y for state bodies; Z is reserved for organisations with their own scheme (Decision 20/2020).
_LEVEL_ONE = re.compile(r"[A-Z]\d{2}")
_LOWER_LEVEL = re.compile(r"[0-9A-Z]{1,6}")
#: Widths of levels 2, 3 and 4 in QCVN 102:2016.
_QCVN_WIDTHS = (2, 2, 3)
_LONGEST = 35


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """One code as its groups from the highest level down, without trailing empty levels: ``("H41", "12")``."""

    groups: tuple[str, ...]

    @property
    def level(self) -> int:
        """1 for a ministry or a province, 2 for its departments and communes, and so on."""
        return len(self.groups)

    @property
    def province_or_ministry(self) -> str:
        return self.groups[0]

    @property
    def parent(self) -> "AgencyCode | None":
        """The code one level up, skipping levels that are empty; None at the top."""
        upper = _without_trailing_zeros(self.groups[:-1])
        return AgencyCode(upper) if upper else None

    def __str__(self) -> str:
        """The order of Decision 20/2020 (the one in force)."""
        return ".".join(self.groups)

    @property
    def as_decision_20(self) -> str:
        return str(self)

    @property
    def as_qcvn_102(self) -> str:
        """The order of QCVN 102:2016, zeros filled in. Raises AgencyCodeNotConvertible where a group is too
        wide or too narrow.
        """
        lower = self.groups[1:]
        if len(lower) > len(_QCVN_WIDTHS):
            raise AgencyCodeNotConvertible(code=str(self))
        padded = [*lower, *("0" * width for width in _QCVN_WIDTHS[len(lower) :])]
        if any(
            len(group) != width or not group.isdigit()
            for group, width in zip(padded, _QCVN_WIDTHS, strict=True)
        ):
            raise AgencyCodeNotConvertible(code=str(self))
        return ".".join([*reversed(padded), self.groups[0]])


def parse_agency_code(text: str) -> AgencyCode:
    """Read a code written in either order. Raises AgencyCodeInvalid."""
    written = text.strip().upper()
    groups = tuple(written.split("."))
    if not written or len(written) > _LONGEST:
        raise AgencyCodeInvalid(code=text)
    if _is_qcvn_102(groups):
        groups = tuple(reversed(groups))
    if not _LEVEL_ONE.fullmatch(groups[0]) or not all(_LOWER_LEVEL.fullmatch(group) for group in groups[1:]):
        raise AgencyCodeInvalid(code=text)
    return AgencyCode(_without_trailing_zeros(groups))


def _is_qcvn_102(groups: tuple[str, ...]) -> bool:
    return len(groups) == 4 and bool(_LEVEL_ONE.fullmatch(groups[-1])) and not _LEVEL_ONE.fullmatch(groups[0])


def _without_trailing_zeros(groups: tuple[str, ...]) -> tuple[str, ...]:
    """An empty level below the last real one is not part of the code; one between two real levels is."""
    while len(groups) > 1 and not groups[-1].strip("0"):
        groups = groups[:-1]
    return groups
