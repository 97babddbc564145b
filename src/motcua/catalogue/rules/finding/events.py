"""Life events that a title speaks of; used for procedures nobody has tagged by hand."""

import re

from motcua.catalogue.words import LifeEvent
from motcua.kernel.text import fold

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


def life_events(title: str) -> tuple[LifeEvent, ...]:
    """Life events a title speaks of; used for procedures nobody has tagged by hand."""
    folded = fold(title)
    return tuple(event for event, pattern in _EVENT_PATTERNS if pattern.search(folded))
