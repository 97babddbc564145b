"""What a provider's claims mean here: those of the national portal, and the standard ones of OpenID Connect Core 5.1.

The national names are those of the portal's published interface (LoaiTaiKhoan, TechID, HoVaTen …); no sample of a token is
public, so that both are read and the national ones win.
"""

import re
from collections.abc import Mapping

from motcua.directory.adapters.identity.protocol import Identity
from motcua.directory.errors import IdentityUntrue
from motcua.directory.words import PartyKind, Sex
from motcua.kernel.values import Unreadable, read_date

_ORGANISATION = frozenset({"2", "organisation", "organization", "tochuc", "doanhnghiep"})
_SEXES = {
    "1": Sex.MALE,
    "nam": Sex.MALE,
    "male": Sex.MALE,
    "0": Sex.FEMALE,
    "2": Sex.FEMALE,
    "nữ": Sex.FEMALE,
    "female": Sex.FEMALE,
}
_LEVEL = re.compile(r"(?:.*[/:])?LoA([1-4])", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.\-]")
_LONGEST = 300


def identity_of(claims: Mapping[str, object], *, issuer: str, proof: str) -> Identity:
    """The identity in the claims of a token that was checked, with those of the user-info added. Raises `IdentityUntrue`."""

    def said(*names: str) -> str:
        found = (claims.get(name) for name in names)
        return next(
            (str(one).strip()[:_LONGEST] for one in found if isinstance(one, str | int) and str(one).strip()),
            "",
        )

    is_organisation = said("LoaiTaiKhoan").casefold().replace(" ", "") in _ORGANISATION
    name = said("TenDoanhNghiep", "HoVaTen", "name") if is_organisation else said("HoVaTen", "name")
    subject = said("TechID", "sub")
    if not name or not subject:
        raise IdentityUntrue(why="thiếu tên hoặc mã tài khoản")
    return Identity(
        issuer=issuer,
        subject=subject,
        level=level_of(claims.get("acr")),
        kind=PartyKind.ORGANISATION if is_organisation else PartyKind.PERSON,
        full_name=name,
        personal_number="" if is_organisation else _number(said("SoDinhDanh")),
        old_number="" if is_organisation else _number(said("SoCMND")),
        passport_number=said("HoChieu"),
        tax_code=said("MaSoThue"),
        enterprise_number=said("MaSoDoanhNghiep"),
        birth_on=_day(said("NgaySinh", "birthdate")),
        sex=_SEXES.get(said("GioiTinh", "gender").casefold()),
        address=said("DiaChi"),
        phone=said("SoDienThoai", "phone_number"),
        # An address that nobody proved is somebody's claim about somebody's mailbox.
        email=said("ThuDienTu", "email") if claims.get("email_verified") is not False else "",
        session_id=said("sid"),
        signed_subject=said("sub"),
        proof=proof,
    )


def level_of(acr: object) -> int:
    """1 to 4 for `LoA1` … `LoA4`, with or without an address before it; 0 for everything else."""
    found = _LEVEL.fullmatch(acr) if isinstance(acr, str) else None
    return int(found[1]) if found else 0


def _number(text: str) -> str:
    """As it is kept here: people and programs group digits as they like."""
    return _BETWEEN.sub("", text)


def _day(text: str) -> str:
    try:
        return read_date(text).isoformat() if text else ""
    except Unreadable:
        return ""
