"""One line of the national export, read: `read_record` joins the readers of its cells."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.catalogue.rules.national.channels import ChannelTable, read_channels
from motcua.catalogue.rules.national.components import ComponentTable, read_components
from motcua.catalogue.rules.national.pieces import NOTHING_STATED, Doubt
from motcua.catalogue.rules.national.references import LegalTable, ResultTable, read_legal_bases, read_results
from motcua.catalogue.words import CompetentLevel

# Domain: national codes d.dddddd; provincial variants append .Hxx or .000.00.00.Hxx.
CODE = re.compile(r"^\d\.\d{6,7}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2}|\.H\d{2})?$")

LEVELS = {
    "Cấp xã": CompetentLevel.COMMUNE,
    "Cấp huyện": CompetentLevel.DISTRICT,
    "Cấp tỉnh": CompetentLevel.PROVINCE,
    "Cấp bộ": CompetentLevel.MINISTRY,
    "Cơ quan khác": CompetentLevel.OTHER,
}
# The audience list is comma-separated, but two of its own terms contain commas.
AUDIENCES = {
    "Công dân Việt Nam": "citizen",
    "Người Việt Nam định cư ở nước ngoài": "overseas_vietnamese",
    "Người nước ngoài": "foreigner",
    "Người nước ngoài cư trú tại Việt Nam": "foreigner",
    "Cán bộ, công chức, viên chức": "official",
    "Doanh nghiệp": "enterprise",
    "Doanh nghiệp Việt Nam": "enterprise",
    "Doanh nghiệp có vốn đầu tư nước ngoài": "foreign_invested_enterprise",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": "organisation",
    "Tổ chức nước ngoài": "foreign_organisation",
    "Hợp tác xã": "cooperative",
    "Đảng viên": "party_member",
    "Tổ chức Đảng": "party_organisation",
}
_AUDIENCE = re.compile("|".join(re.escape(name) for name in sorted(AUDIENCES, key=len, reverse=True)))


#: The keys of a line that are read.
NATIONAL_KEYS = (
    "ma_thu_tuc",
    "ten_thu_tuc",
    "so_quyet_dinh",
    "cap_thuc_hien",
    "linh_vuc",
    "doi_tuong_thuc_hien",
    "co_quan_thuc_hien",
    "trinh_tu_thuc_hien",
    "cach_thuc_thuc_hien",
    "thanh_phan_ho_so",
    "can_cu_phap_ly",
    "ket_qua_xu_ly",
    "yeu_cau_dieu_kien",
)
_TWO_LEVELS_FROM = "2025-07-01"
_DISTRICT = re.compile(r"cấp huyện|Ủy ban nhân dân huyện|UBND huyện", re.IGNORECASE)
#: Characters told around the words that show an entry to be old.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class NationalProcedure:
    """A procedure as the national database states it. `source_digest` is the SHA-256 of the line's stated facts."""

    code: str
    title: str
    decision: str
    field: str
    levels: tuple[CompetentLevel, ...]
    audiences: tuple[str, ...]
    agencies: tuple[str, ...]
    sequence: str
    conditions: str
    channels: ChannelTable
    components: ComponentTable
    legal: LegalTable
    results: ResultTable
    doubts: tuple[Doubt, ...]
    source_digest: str


def read_record(row: Mapping[str, str]) -> NationalProcedure:
    """Reads one procedure; ValueError when the line has no usable code or title (it cannot be filed at all)."""
    code = _stated(row, "ma_thu_tuc")
    if not CODE.match(code):
        raise ValueError(f"not a procedure code: {code!r}")
    title = _stated(row, "ten_thu_tuc")
    if not title:
        raise ValueError(f"procedure {code} has no title")
    channels = read_channels(row.get("cach_thuc_thuc_hien", ""))
    components = read_components(row.get("thanh_phan_ho_so", ""))
    legal = read_legal_bases(row.get("can_cu_phap_ly", ""))
    results = read_results(row.get("ket_qua_xu_ly", ""))
    levels, level_doubts = _levels(_stated(row, "cap_thuc_hien"))
    audiences, audience_doubts = _audiences(_stated(row, "doi_tuong_thuc_hien"))
    return NationalProcedure(
        code=code,
        title=title,
        decision=_stated(row, "so_quyet_dinh"),
        field=_stated(row, "linh_vuc"),
        levels=levels,
        audiences=audiences,
        agencies=_agencies(_stated(row, "co_quan_thuc_hien")),
        sequence=_stated(row, "trinh_tu_thuc_hien"),
        conditions=_stated(row, "yeu_cau_dieu_kien"),
        channels=channels,
        components=components,
        legal=legal,
        results=results,
        doubts=channels.doubts
        + components.doubts
        + legal.doubts
        + results.doubts
        + level_doubts
        + audience_doubts
        + _stale(row),
        source_digest=digest_of(row),
    )


# Address on the portal and the crawl's own label: they change without the procedure changing.
_NOT_FACTS = ("detail_url", "nguon")


#: Raised when the same line is read as another procedure: the next import then renews what the former reading made.
_READING = "2: offered in part, with the general form"


def digest_of(row: Mapping[str, str]) -> str:
    facts = {"": _READING} | {key: value for key, value in row.items() if key not in _NOT_FACTS}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _stated(row: Mapping[str, str], key: str) -> str:
    value = row.get(key, "").strip()
    return "" if value == NOTHING_STATED else value


def _stale(row: Mapping[str, str]) -> tuple[Doubt, ...]:
    """What speaks of the district level, which has not been since 1 July 2025: the entry is older than that day."""
    for key in ("trinh_tu_thuc_hien", "cach_thuc_thuc_hien", "co_quan_thuc_hien"):
        text = row.get(key, "")
        found = _DISTRICT.search(text)
        if found:
            said = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            return (Doubt(f"older_than_{_TWO_LEVELS_FROM}", said),)
    return ()


def _levels(text: str) -> tuple[tuple[CompetentLevel, ...], tuple[Doubt, ...]]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = tuple(Doubt("level", name) for name in names if name not in LEVELS)
    return tuple(LEVELS[name] for name in names if name in LEVELS), unknown


def _audiences(text: str) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    found = tuple(dict.fromkeys(AUDIENCES[name] for name in _AUDIENCE.findall(text)))
    rest = [part.strip() for part in _AUDIENCE.sub("", text).split(",") if part.strip()]
    return found, tuple(Doubt("audience", part) for part in rest)


def _agencies(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r",\s+(?=[A-ZĐỦ])", text) if part.strip())
