"""The demo province: Minh Sơn does not exist, nor do its people. Codes have the right shape and belong to
nobody.
"""

from dataclasses import dataclass, field
from datetime import date

from motcua.directory.words import AgencyKind, AgencyLevel, Role, Sex

PROVINCE = ("99", "Tỉnh Minh Sơn", "Minh Son Province")

#: District until 30 June 2025: code, name, and its communes of then.
DISTRICTS = (
    (
        "991",
        "Huyện An Sơn",
        (
            ("99001", "Thị trấn An Sơn"),
            ("99004", "Xã An Bình"),
            ("99007", "Xã An Thịnh"),
            ("99010", "Xã Bình Lộc"),
        ),
    ),
    (
        "992",
        "Huyện Yên Lâm",
        (
            ("99013", "Thị trấn Yên Lâm"),
            ("99016", "Xã Yên Hòa"),
            ("99019", "Xã Yên Thượng"),
            ("99022", "Xã Hòa Sơn"),
        ),
    ),
    (
        "993",
        "Thành phố Minh Sơn",
        (
            ("99025", "Phường Lê Lợi"),
            ("99028", "Phường Trần Phú"),
            ("99031", "Phường Đông Kinh"),
            ("99034", "Xã Minh Tân"),
        ),
    ),
)


@dataclass(frozen=True)
class NewCommune:
    """A commune since 1 July 2025. ``origins``: old code → the share (numerator, denominator) of it that came
    here.
    """

    code: str
    full_name: str
    full_name_en: str
    origins: dict[str, tuple[int, int]]
    outline: tuple[tuple[float, float], ...]


COMMUNES = (
    NewCommune(
        "99001",
        "Xã An Sơn",
        "An Son Commune",
        {"99001": (1, 1), "99010": (2, 5)},
        ((105.02, 20.30), (105.16, 20.34), (105.19, 20.22), (105.08, 20.16), (105.00, 20.21)),
    ),
    NewCommune(
        "99004",
        "Xã An Bình",
        "An Binh Commune",
        {"99004": (1, 1), "99007": (1, 1), "99010": (3, 5)},
        (
            (105.00, 20.21),
            (105.08, 20.16),
            (105.19, 20.22),
            (105.21, 20.09),
            (105.10, 20.03),
            (105.01, 20.08),
        ),
    ),
    NewCommune(
        "99013",
        "Xã Yên Lâm",
        "Yen Lam Commune",
        {"99013": (1, 1), "99022": (1, 1)},
        ((105.16, 20.34), (105.33, 20.36), (105.36, 20.24), (105.26, 20.19), (105.19, 20.22)),
    ),
    NewCommune(
        "99016",
        "Xã Yên Hòa",
        "Yen Hoa Commune",
        {"99016": (1, 1), "99019": (1, 1)},
        (
            (105.26, 20.19),
            (105.36, 20.24),
            (105.41, 20.13),
            (105.33, 20.04),
            (105.21, 20.09),
            (105.19, 20.22),
        ),
    ),
    NewCommune(
        "99025",
        "Phường Minh Sơn",
        "Minh Son Ward",
        {"99025": (1, 1), "99028": (1, 1), "99031": (1, 1), "99034": (1, 1)},
        ((105.10, 20.03), (105.21, 20.09), (105.33, 20.04), (105.27, 19.95), (105.15, 19.94)),
    ),
)

PROVINCE_OUTLINE = (
    (105.02, 20.30),
    (105.16, 20.34),
    (105.33, 20.36),
    (105.36, 20.24),
    (105.41, 20.13),
    (105.33, 20.04),
    (105.27, 19.95),
    (105.15, 19.94),
    (105.10, 20.03),
    (105.01, 20.08),
    (105.00, 20.21),
)


@dataclass(frozen=True)
class DemoAgency:
    """``territory`` is a GSO code; ``fields`` ministry parts of field codes the agency answers for."""

    code: str
    name: str
    name_en: str
    kind: AgencyKind
    level: AgencyLevel
    territory: str = "99"
    parent: str | None = "H99"
    fields: tuple[str, ...] = ()
    is_one_stop: bool = False
    address: str = ""
    phone: str = ""


_PROVINCE, _COMMUNE = AgencyLevel.PROVINCE, AgencyLevel.COMMUNE


def _commune(code: str, territory: str, name: str, name_en: str, phone: str) -> DemoAgency:
    return DemoAgency(
        code=code,
        name=f"Ủy ban nhân dân {name}",
        name_en=f"People's Committee of {name_en}",
        kind=AgencyKind.COMMUNE_COMMITTEE,
        level=_COMMUNE,
        territory=territory,
        is_one_stop=True,
        address=f"Trụ sở UBND {name}, tỉnh Minh Sơn",
        phone=phone,
    )


AGENCIES = (
    DemoAgency(
        "H99",
        "Ủy ban nhân dân tỉnh Minh Sơn",
        "People's Committee of Minh Son Province",
        AgencyKind.PROVINCE_COMMITTEE,
        _PROVINCE,
        parent=None,
        address="Số 1 đường Lê Lợi, phường Minh Sơn",
        phone="02990000100",
    ),
    DemoAgency(
        "H99.01",
        "Trung tâm Phục vụ hành chính công tỉnh Minh Sơn",
        "Minh Son Public Administration Service Centre",
        AgencyKind.PROVINCE_CENTRE,
        _PROVINCE,
        is_one_stop=True,
        address="Số 3 đường Lê Lợi, phường Minh Sơn",
        phone="02990000101",
    ),
    DemoAgency(
        "H99.02",
        "Sở Tư pháp",
        "Department of Justice",
        AgencyKind.DEPARTMENT,
        _PROVINCE,
        fields=("G15",),
        address="Số 5 đường Trần Phú, phường Minh Sơn",
        phone="02990000102",
    ),
    DemoAgency(
        "H99.03",
        "Sở Nông nghiệp và Môi trường",
        "Department of Agriculture and Environment",
        AgencyKind.DEPARTMENT,
        _PROVINCE,
        fields=("G10", "G13"),
        address="Số 7 đường Trần Phú, phường Minh Sơn",
        phone="02990000103",
    ),
    DemoAgency(
        "H99.04",
        "Sở Xây dựng",
        "Department of Construction",
        AgencyKind.DEPARTMENT,
        _PROVINCE,
        fields=("G17", "G04"),
        address="Số 9 đường Trần Phú, phường Minh Sơn",
        phone="02990000104",
    ),
    DemoAgency(
        "H99.05",
        "Sở Tài chính",
        "Department of Finance",
        AgencyKind.DEPARTMENT,
        _PROVINCE,
        fields=("G12", "G05"),
        address="Số 11 đường Trần Phú, phường Minh Sơn",
        phone="02990000105",
    ),
    DemoAgency(
        "H99.06",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Office of the Provincial People's Committee",
        AgencyKind.PROVINCE_OFFICE,
        _PROVINCE,
        address="Số 1 đường Lê Lợi, phường Minh Sơn",
        phone="02990000106",
    ),
    _commune("H99.11", "99004", "xã An Bình", "An Binh Commune", "02990000111"),
    _commune("H99.12", "99016", "xã Yên Hòa", "Yen Hoa Commune", "02990000112"),
    _commune("H99.13", "99001", "xã An Sơn", "An Son Commune", "02990000113"),
    _commune("H99.14", "99013", "xã Yên Lâm", "Yen Lam Commune", "02990000114"),
    _commune("H99.15", "99025", "phường Minh Sơn", "Minh Son Ward", "02990000115"),
)


@dataclass(frozen=True)
class DemoOfficer:
    """One member of the cast in service. ``post`` is the title where the person holds one."""

    username: str
    full_name: str
    number: str
    roles: dict[str, tuple[Role, ...]] = field(default_factory=dict)
    post: str = ""


_R = Role
OFFICERS = (
    DemoOfficer(
        "binh", "Trần Văn Bình", "MS-0001", {"H99.11": (_R.RECEPTION, _R.RETURN_OFFICER)}, "Công chức một cửa"
    ),
    DemoOfficer(
        "chau", "Lê Thị Châu", "MS-0002", {"H99.11": (_R.CASE_OFFICER,)}, "Công chức tư pháp - hộ tịch"
    ),
    DemoOfficer("dung", "Phạm Tiến Dũng", "MS-0003", {"H99.11": (_R.LEADER,)}, "Chủ tịch"),
    DemoOfficer("em", "Võ Văn Em", "MS-0004", {"H99.11": (_R.COORDINATING_OFFICER,)}, "Phó Chủ tịch"),
    DemoOfficer("giang", "Đỗ Trường Giang", "MS-0005", {"H99.12": (_R.RECEPTION, _R.CASE_OFFICER)}),
    DemoOfficer(
        "hanh",
        "Hoàng Thị Hạnh",
        "MS-0006",
        {"H99.11": (_R.HEAD_ONE_STOP, _R.ASSIGNER)},
        "Trưởng bộ phận một cửa",
    ),
    DemoOfficer("khanh", "Bùi Quốc Khánh", "MS-0007", {"H99.11": (_R.SEAL_CLERK,)}, "Văn thư"),
    DemoOfficer("lan", "Ngô Thị Lan", "MS-0008", {"H99.11": (_R.CASHIER,)}, "Kế toán"),
    DemoOfficer("minh", "Đặng Nhật Minh", "MS-0009", {"H99.06": (_R.SUPERVISOR,)}),
    DemoOfficer("nga", "Vũ Thị Nga", "MS-0010", {"H99.06": (_R.CATALOGUE_MANAGER,)}),
    DemoOfficer("quang", "Hồ Đăng Quang", "MS-0011", {"H99.06": (_R.ADMINISTRATOR,)}),
    DemoOfficer("son", "Dương Thái Sơn", "MS-0012", {"H99.06": (_R.AUDITOR,)}),
    # Beyond the named cast: somebody to consult in a department.
    DemoOfficer("phuc", "Mai Hồng Phúc", "MS-0013", {"H99.03": (_R.COORDINATING_OFFICER, _R.CASE_OFFICER)}),
)

TITLES_EN = {
    "Công chức một cửa": "One-stop officer",
    "Công chức tư pháp - hộ tịch": "Civil-status officer",
    "Chủ tịch": "Chairman",
    "Phó Chủ tịch": "Deputy chairman",
    "Trưởng bộ phận một cửa": "Head of the one-stop desk",
    "Văn thư": "Records clerk",
    "Kế toán": "Accountant",
}

#: Those who sign by post.
SIGNING_POSTS = frozenset({"Chủ tịch"})


@dataclass(frozen=True)
class DemoPerson:
    username: str
    full_name: str
    personal_number: str
    birth_on: date
    sex: Sex
    phone: str
    email: str
    address: str


HOA = DemoPerson(
    "hoa",
    "Nguyễn Thị Hoa",
    "040195000123",
    date(1995, 3, 12),
    Sex.FEMALE,
    "0912000123",
    "hoa@example.com",
    "Thôn Đông, xã An Bình, tỉnh Minh Sơn",
)
PHAT = DemoPerson(
    "",
    "Trần An Phát",
    "040080000456",
    date(1980, 8, 20),
    Sex.MALE,
    "0912000456",
    "phat@example.com",
    "Phường Minh Sơn, tỉnh Minh Sơn",
)
AN_PHAT = ("anphat", "Công ty TNHH An Phát", "9900000016", "lienhe@example.com", "0912000789")

#: Em signs for Dũng: civil-status extracts, certified copies and birth registration.
DELEGATED_PROCEDURES = ("1.001193", "2.000635", "2.000815")
DELEGATION_DECISION = "15/QĐ-UBND"
