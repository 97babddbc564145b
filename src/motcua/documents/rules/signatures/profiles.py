"""Whose certificates Vietnamese papers are signed with: the State's two hierarchies as data, so that what is missing is named.

Names are those the authorities write into their certificates, in both spellings in use. No fingerprint stands here: a root is
trusted because somebody compared it with what its operator publishes (`motcua trust add`), not because a program brought it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """`operators` = parts of names of roots and authorities of one hierarchy. `published_at` = where its operator shows them."""

    code: str
    title: str
    law: str
    published_at: str
    operators: tuple[str, ...]


PROFILES = (
    Profile(
        code="public-service",
        title="Chữ ký số chuyên dùng công vụ (Ban Cơ yếu Chính phủ)",
        law="Nghị định 68/2024/NĐ-CP",
        published_at="https://ca.gov.vn",
        operators=("Ban Cơ yếu Chính phủ",),
    ),
    Profile(
        code="public",
        title="Chữ ký số công cộng (Root CA quốc gia và các CA công cộng)",
        law="Nghị định 23/2025/NĐ-CP",
        published_at="https://rootca.gov.vn",
        operators=(
            "MIC National Root CA",
            "Vietnam National Root CA",
            "Ministry of Information and Communications",
            "Bộ Thông tin và Truyền thông",
            "Ministry of Science and Technology",
            "Bộ Khoa học và Công nghệ",
        ),
    ),
)


def profile_of(names: Iterable[str]) -> Profile | None:
    """The hierarchy to which a certificate with these names (its own, its issuer's) belongs."""
    plain = [_plain(name) for name in names]
    for profile in PROFILES:
        if any(_plain(operator) in name for operator in profile.operators for name in plain):
            return profile
    return None


def _plain(name: str) -> str:
    """Authorities write the same name with marks and without."""
    decomposed = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()
