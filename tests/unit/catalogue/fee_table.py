"""What the procedures of the demo pack cost, transcribed from the texts by hand before any expression was written.

Sources: `N` the national entry of July 2026 (channel table and its notes), `P` the note of the demo pack, which stands for
what the province's council decided. Where a text names an amount only to refer elsewhere, or none at all, nothing is known:
the sum is None, never 0. `form` is what the e-form says, `counted` what only the desk can count, `grounds` the reliefs
shown to be due, `on` the day of asking. Sums are whole đồng.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One dossier and what it has to pay; `total` None: the texts do not say."""

    total: int | None
    channel: str = "counter"
    case: str = ""
    form: dict[str, Any] = field(default_factory=dict)
    counted: dict[str, Any] = field(default_factory=dict)
    grounds: tuple[str, ...] = ()
    on: date = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Source:
    """`text` are the words of the source that decide."""

    text: str
    asked: tuple[Asked, ...]


CHANNELS = ("counter", "online", "postal")


def everywhere(total: int | None, **facts: Any) -> tuple[Asked, ...]:
    return tuple(Asked(total, channel, **facts) for channel in CHANNELS)


def papers(*pages_copies: tuple[int, int]) -> dict[str, Any]:
    return {"documents": [{"title": "Bằng", "pages": p, "copies": c} for p, c in pages_copies]}


COUNCIL = "Người có công với cách mạng", "Hộ nghèo", "Người khuyết tật"
EXTRACT = "Phí cấp bản sao Trích lục (nếu có yêu cầu) thực hiện theo Thông tư số 281/2016/TT-BTC"


def died(on: str) -> dict[str, Any]:
    return {"death": {"on": on}}


BORN = {"child": {"birth_on": "2026-11-10"}}
BORN_LONG_AGO = {"child": {"birth_on": "2026-09-01"}}
OF_COUNCIL = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh, thành phố trực thuộc Trung ương quyết định."


def of_council(with_extract: bool) -> tuple[Asked, ...]:
    """The council decides the charge, which no text at hand names; three groups of people pay none of it."""
    waived = tuple(Asked(0, grounds=(ground,)) for ground in COUNCIL)
    extracts = (
        Asked(None, form={"copies": 2}),
        Asked(16_000, form={"copies": 2}, grounds=("Hộ nghèo",)),
        Asked(40_000, "online", form={"copies": 5}, grounds=("Người khuyết tật",)),
    )
    return (*everywhere(None), *waived, *(extracts if with_extract else ()))


def residence(online: int, counter: int) -> tuple[Asked, ...]:
    grounds = ("Trẻ em", "Người cao tuổi", "Người khuyết tật", "Người có công với cách mạng")
    return (
        Asked(online, "online"),
        Asked(counter),
        *(Asked(0, channel, grounds=(one,)) for one in grounds for channel in ("online", "counter")),
    )


FEES: dict[str, Source] = {
    # Household businesses
    "1.001612": Source(
        "P: Mức do Hội đồng nhân dân tỉnh quyết định; nộp khi nộp hồ sơ, không hoàn trả (100.000 đ). "
        "N: 150.000 trực tuyến, 50.000 trực tiếp; Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định",
        (*everywhere(100_000), Asked(100_000, case="household"), Asked(100_000, "online", case="authorised")),
    ),
    "2.000720": Source(
        "N: Miễn phí (Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", everywhere(None)
    ),
    "1.001570": Source(
        "N: Miễn phí (Mức lệ phí (nếu có) theo quy định của Hội đồng nhân dân cấp tỉnh.)", everywhere(None)
    ),
    "1.001266": Source(
        "N: Miễn phí (Mức lệ phí (nếu có) theo quy định của Hội đồng nhân dân cấp tỉnh.)", everywhere(None)
    ),
    # Certification
    "2.000815": Source(
        "N, P: 2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá 200.000 đồng/bản. "
        "Trang là căn cứ để thu phí được tính theo trang của bản chính",
        (
            Asked(2_000, form=papers((1, 1))),
            Asked(4_000, form=papers((2, 1))),
            Asked(5_000, form=papers((3, 1))),
            Asked(7_000, form=papers((5, 1))),
            Asked(70_000, form=papers((5, 10))),
            Asked(70_000, case="many", form=papers((5, 10))),
            Asked(200_000, form=papers((198, 1))),  # 4.000 + 196 × 1.000: just at the cap
            Asked(200_000, form=papers((199, 1))),
            Asked(200_000, form=papers((500, 1))),
            Asked(600_000, form=papers((500, 3))),  # the cap is of each copy
            Asked(75_000, form=papers((5, 10), (3, 1))),
            Asked(70_000, "online", form=papers((5, 10))),
        ),
    ),
    "2.000884": Source(
        "N: 10.000 đồng/trường hợp (trường hợp được tính là một hoặc nhiều chữ ký trong một giấy tờ, văn bản)",
        (Asked(10_000), Asked(30_000, form={"papers": 3}), Asked(10_000, form={"papers": 1})),
    ),
    "2.000908": Source("N: Miễn phí, không ghi chú", everywhere(0)),
    "2.001035": Source(
        "N: 50,000 (/giao dịch). Cá nhân, hộ gia đình vay vốn tại tổ chức tín dụng để phục vụ phát triển nông nghiệp, "
        "nông thôn theo Nghị định số 55/2015/NĐ-CP thì không phải nộp phí chứng thực hợp đồng thế chấp tài sản",
        (
            *everywhere(50_000),
            Asked(100_000, form={"transactions": 2}),
            Asked(0, grounds=("Vay vốn phát triển nông nghiệp, nông thôn (Nghị định 55/2015/NĐ-CP)",)),
        ),
    ),
    "2.000913": Source(
        "N: 30,000 (/giao dịch)", (*everywhere(30_000), Asked(60_000, form={"transactions": 2}))
    ),
    "2.001019": Source("N: 50,000 (/di chúc)", (*everywhere(50_000), Asked(100_000, form={"wills": 2}))),
    # Civil status
    "1.001193": Source(
        "P: Miễn lệ phí khi đăng ký đúng hạn (60 ngày từ ngày sinh); bản sao Giấy khai sinh 8.000 đ mỗi bản nếu có yêu cầu",
        (
            Asked(0, "online", form=BORN),
            Asked(8_000, "online", form={**BORN, "copies": 1}),
            Asked(24_000, form={**BORN, "copies": 3}),
            Asked(16_000, case="abandoned", form={**BORN, "copies": 2}),
            Asked(160_000, "postal", form={**BORN, "copies": 20}),
            Asked(0, form={"child": {"birth_on": "2026-10-01"}}),  # the 60th day
            Asked(None, form={"child": {"birth_on": "2026-09-30"}}),  # the 61st: the council's charge
            Asked(None, form={**BORN_LONG_AGO, "copies": 2}),
            Asked(None),  # nobody said yet when the child was born
        ),
    ),
    "1.000894": Source(
        f"P: Miễn lệ phí; bản sao trích lục 8.000 đ mỗi bản nếu có yêu cầu. N: {EXTRACT}",
        (
            *everywhere(0),
            Asked(16_000, form={"copies": 2}),
            Asked(40_000, "online", case="verified", form={"copies": 5}),
        ),
    ),
    "2.000635": Source(
        "N: 8,000 VNĐ. P: Tính theo số bản sao",
        (
            *everywhere(8_000, form={"copies": 1}),
            Asked(24_000, "online", form={"copies": 3}),
            Asked(400_000, case="organisation", form={"copies": 50}),
            Asked(0, form={"copies": 3}, grounds=("Hộ nghèo",)),
            Asked(0, "online", form={"copies": 1}, grounds=("Trẻ em",)),
            Asked(None),  # how many copies has not been said
        ),
    ),
    "1.000656": Source(
        f"N: {OF_COUNCIL} Miễn lệ phí đối với trường hợp đăng ký khai tử đúng hạn, người thuộc gia đình có công với cách "
        f"mạng; người thuộc hộ nghèo; người khuyết tật. {EXTRACT}",
        (
            *everywhere(None),
            Asked(0, form=died("2026-11-30")),
            Asked(0, form=died("2026-11-15")),  # the 15th day (Law on civil status art 33)
            Asked(None, form=died("2026-11-14")),  # the 16th: the council's charge
            Asked(None, form=died("2026-11")),  # the day is not known, nor whether it is late
            Asked(0, form=died("2026-01-02"), grounds=("Hộ nghèo",)),
            Asked(16_000, form={**died("2026-11-20"), "copies": 2}),
            Asked(24_000, form={**died("2026-01-02"), "copies": 3}, grounds=("Người khuyết tật",)),
        ),
    ),
    "1.001022": Source(f"N: {OF_COUNCIL} {EXTRACT}", of_council(with_extract=True)),
    "1.004859": Source(f"N: {OF_COUNCIL} {EXTRACT}", of_council(with_extract=True)),
    "1.004873": Source(f"N: {OF_COUNCIL}", of_council(with_extract=False)),
    "1.004884": Source(f"N: {OF_COUNCIL} {EXTRACT}", of_council(with_extract=True)),
    "1.004837": Source(f"N: Miễn phí ({EXTRACT})", (*everywhere(0), Asked(24_000, form={"copies": 3}))),
    "2.001263": Source(
        "N: Mức thu lệ phí: 400.000đ/trường hợp. Miễn ... cha dượng hoặc mẹ kế nhận con riêng ...; cô, cậu, dì, chú, bác "
        "ruột nhận cháu ...; Trẻ khuyết tật, nhiễm HIV/AIDS hoặc mắc bệnh hiểm nghèo ...; người có công với cách mạng",
        (
            *everywhere(400_000),
            Asked(0, grounds=("Cha dượng, mẹ kế nhận con riêng",)),
            Asked(0, grounds=("Cô, cậu, dì, chú, bác ruột nhận cháu",)),
            Asked(0, grounds=("Nhận trẻ khuyết tật, nhiễm HIV/AIDS, mắc bệnh hiểm nghèo",)),
            Asked(0, "online", grounds=("Người có công với cách mạng",)),
        ),
    ),
    # Construction
    "1.013225": Source(
        "P: Mức do Hội đồng nhân dân tỉnh quyết định (75.000 đ). N: Theo quy định của Hội đồng nhân dân cấp tỉnh",
        everywhere(75_000),
    ),
    "1.013229": Source("P: Mức do Hội đồng nhân dân tỉnh quyết định (75.000 đ)", everywhere(75_000)),
    "1.013227": Source("P: Mức do Hội đồng nhân dân tỉnh quyết định (15.000 đ)", everywhere(15_000)),
    # Land
    "1.013949": Source(
        "P: Theo nghị quyết của Hội đồng nhân dân tỉnh; tiền sử dụng đất nộp theo thông báo của cơ quan thuế. "
        "N: Miễn phí (Theo quy định của Luật phí và lệ phí)",
        (*everywhere(None), Asked(None, case="rice")),
    ),
    "1.013978": Source("N: Miễn phí (Theo quy định của Luật phí và lệ phí ...)", everywhere(None)),
    "1.012796": Source("N: Miễn phí (Theo quy định của Luật phí và lệ phí ...)", everywhere(None)),
    "1.013831": Source("N: Miễn phí (Theo quy định của Luật phí và lệ phí ...)", everywhere(None)),
    "1.012786": Source(
        "N: Miễn phí (- Theo quy định của Luật phí và lệ phí ...)",
        (*everywhere(None), Asked(None, case="page")),
    ),
    "1.012812": Source("N: Miễn phí (Theo quy định của Luật phí và lệ phí ...)", everywhere(None)),
    # Residence
    "1.004222": Source(
        "N: nộp hồ sơ qua cổng dịch vụ công trực tuyến thu 10.000 đồng/lần đăng ký; trực tiếp 20,000",
        residence(10_000, 20_000),
    ),
    "1.004194": Source(
        "N: (cá nhân, hộ gia đình) trực tuyến thu 7.000 đồng/lần đăng ký; theo danh sách: trực tiếp thu 10.000 đồng/người/lần",
        (*residence(7_000, 10_000), Asked(120_000, counted={"people": 12})),
    ),
    "1.002755": Source(
        "N: cột số tiền trực tuyến ghi 5,000 nhưng ghi chú: (cá nhân, hộ gia đình) trực tuyến thu 7.000 đồng/lần; "
        "theo danh sách: trực tiếp thu 10.000 đồng/người/lần",
        (*residence(7_000, 10_000), Asked(30_000, counted={"people": 3})),
    ),
    "1.010038": Source(
        "N: trực tiếp thu 10.000 đồng/lần đăng ký; trực tuyến thu 5000 đồng/lần đăng ký",
        residence(5_000, 10_000),
    ),
    "1.010039": Source(
        "N: Trực tuyến Miễn phí, không ghi chú; không nêu cách nộp khác",
        (Asked(0, "online"), Asked(None), Asked(0, "online", on=date(2025, 7, 1))),
    ),
    "1.010041": Source(
        "N: Trực tuyến Miễn phí, không ghi chú; không nêu cách nộp khác",
        (Asked(0, "online"), Asked(None), Asked(0, "online", case="unknown"), Asked(None, case="unknown")),
    ),
    "2.001159": Source(
        "N: Không có thông tin", (Asked(None, "online"), Asked(None), Asked(None, on=date(2026, 1, 5)))
    ),
    # Social protection
    "1.010380": Source("P: Không thu phí", everywhere(0)),
    "1.001731": Source("P: Không thu phí", everywhere(0)),
    "1.001699": Source("P: Không thu phí", everywhere(0)),
}
