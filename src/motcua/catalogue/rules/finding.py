"""Finding a procedure by what people type: without accents, with a slip of the finger, in any order, in everyday words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from motcua.catalogue.words import LifeEvent
from motcua.kernel.text import fold

# Folded official words → what people call it. Appended to the search text, never shown.
EVERYDAY = {
    "khai sinh": "lam giay khai sinh em be moi sinh sinh con",
    "ket hon": "cuoi lay vo lay chong dam cuoi",
    "khai tu": "bao tu nguoi chet mat",
    "tinh trang hon nhan": "giay doc than",
    "thuong tru": "ho khau nhap khau chuyen khau",
    "tam tru": "o tro tro thue nha",
    "quyen su dung dat": "so do so hong bia do",
    "dang ky dat dai": "lam so do so hong bia do",
    "chuyen muc dich su dung dat": "len tho cu chuyen dat vuon sang dat o",
    "ho kinh doanh": "mo quan mo cua hang buon ban nho",
    "doanh nghiep": "cong ty",
    "chung thuc ban sao": "sao y cong chung photo",
    "chung thuc chu ky": "cong chung chu ky",
    "giay phep xay dung": "xay nha lam nha sua nha",
    "trich luc": "ban sao giay khai sinh trich luc ho tich",
    "can cuoc": "lam the can cuoc cmnd cccd",
    "ho chieu": "passport di nuoc ngoai",
    "mai tang": "dam ma tang le",
    "nguoi cao tuoi": "nguoi gia",
    "khuyet tat": "tan tat",
    "giay phep lai xe": "bang lai",
    "dang ky xe": "bien so ca vet",
    "bao hiem y te": "the bhyt",
    "bao hiem xa hoi": "so bhxh luong huu",
    "ly lich tu phap": "xac nhan khong tien an",
}

# Words people put around what they want.
_FILLERS = frozenset(
    [
        "thu",
        "tuc",
        "toi",
        "muon",
        "lam",
        "xin",
        "cho",
        "can",
        "the",
        "nao",
        "o",
        "dau",
        "minh",
        "giup",
        "hoi",
        "ve",
        "gi",
        "de",
        "di",
        "cua",
        "va",
    ]
)

_WORD = re.compile(r"[a-z0-9.]+")

_EVENTS: tuple[tuple[LifeEvent, str], ...] = (
    (LifeEvent.BIRTH, r"khai sinh|sinh con|thai san|nuoi con nuoi|nhan cha, me, con"),
    (LifeEvent.MARRIAGE, r"ket hon|hon nhan|ly hon"),
    (LifeEvent.DEATH, r"khai tu|mai tang|tu tuat|thua ke|hoa tang"),
    (LifeEvent.HOME, r"thuong tru|tam tru|tam vang|luu tru|cu tru|nha o|xay dung nha|giay phep xay dung"),
    (LifeEvent.LAND, r"dat dai|su dung dat|thua dat"),
    (LifeEvent.BUSINESS, r"ho kinh doanh|doanh nghiep|kinh doanh|hop tac xa|dau tu"),
    (LifeEvent.VEHICLE, r"giay phep lai xe|dang ky xe|phuong tien|xe co gioi|lai tau|kiem dinh xe"),
    (LifeEvent.WORK, r"lao dong|viec lam|that nghiep|chung chi hanh nghe"),
    (LifeEvent.RETIREMENT, r"huu tri|luong huu|nguoi cao tuoi"),
    (LifeEvent.HEALTH, r"bao hiem y te|kham chua benh|giam dinh y khoa"),
    (LifeEvent.SCHOOL, r"hoc sinh|sinh vien|giao duc|van bang|tuyen sinh"),
    (LifeEvent.SUPPORT, r"tro cap|tro giup|ho ngheo|khuyet tat|bao tro|uu dai|nguoi co cong"),
    (LifeEvent.PAPERS, r"chung thuc|trich luc|can cuoc|ho chieu|ly lich tu phap|xac nhan"),
)
_EVENT_PATTERNS = tuple((event, re.compile(rf"\b(?:{pattern})")) for event, pattern in _EVENTS)


def search_text(*parts: str) -> str:
    """The folded text a search looks in, with everyday words added; blanks on both ends mark word borders."""
    official = fold(" ".join(parts))
    words = " ".join(_WORD.findall(official))
    everyday = " ".join(common for formal, common in EVERYDAY.items() if formal in words)
    return f" {words} {everyday} "


def query_words(text: str) -> tuple[str, ...]:
    """The words that matter in what was typed, folded, each once; the fillers too when nothing else was typed."""
    words = tuple(dict.fromkeys(word.strip(".") for word in _WORD.findall(fold(text)) if word.strip(".")))
    telling = tuple(word for word in words if word not in _FILLERS)
    return telling or words


def life_events(title: str) -> tuple[LifeEvent, ...]:
    """Life events a title speaks of; used for procedures nobody has tagged by hand."""
    folded = fold(title)
    return tuple(event for event, pattern in _EVENT_PATTERNS if pattern.search(folded))


class Vocabulary:
    """All words that occur, ready to answer "which known words are one slip away from this one"."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = frozenset(word for text in texts for word in text.split())
        self._by_shorter: dict[str, list[str]] = {}
        for word in sorted(self._words):
            for shorter in _shortened(word):
                self._by_shorter.setdefault(shorter, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def near(self, word: str) -> tuple[str, ...]:
        """Known words that differ by one letter added, left out, changed, or two neighbours swapped."""
        if len(word) < 3 or not word.isalpha():
            return ()
        candidates = {
            near for shorter in (word, *_shortened(word)) for near in self._by_shorter.get(shorter, ())
        }
        candidates |= {shorter for shorter in _shortened(word) if shorter in self._words}
        return tuple(
            sorted(near for near in candidates if near != word and len(near) > 1 and _one_slip(word, near))
        )


def variants(words: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """For each word what may stand for it: itself, and its near words where nobody knows it as typed."""
    return {word: (word,) if word in vocabulary else (word, *vocabulary.near(word)) for word in words}


def _shortened(word: str) -> tuple[str, ...]:
    return tuple({word[:at] + word[at + 1 :] for at in range(len(word))})


def _one_slip(left: str, right: str) -> bool:
    if len(left) == len(right):
        wrong = [at for at in range(len(left)) if left[at] != right[at]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and left[wrong[0]] == right[wrong[1]]
            and left[wrong[1]] == right[wrong[0]]
        )
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return len(longer) == len(shorter) + 1 and shorter in _shortened(longer)
