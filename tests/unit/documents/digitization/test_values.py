from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.digitization import values


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(("{0:%d/%m/%Y}", "ngày {0:%d} tháng {0:%m} năm {0:%Y}", "{0:%d-%m-%Y}")),
)
def test_every_printed_date_is_read_back(day: date, form: str) -> None:
    found = values.a_date(form.format(day))
    assert found is not None
    assert found.text == day.isoformat()


@pytest.mark.parametrize(
    ("reader", "printed", "wanted"),
    [
        (values.a_date, "1O/08/1987", "1987-08-10"),
        (values.an_amount, "15.000 đồng", "15000"),
        (values.an_amount, "1.2OO.000đ", "1200000"),
        (values.an_area, "356,8 m²", "356.8"),
        (values.an_area, "1.356,8 m2", "1356.8"),
        (values.personal_number, "số 040 187 012 345", "040187012345"),
        (values.personal_number, "O4O187012345", "040187012345"),
        (values.tax_code, "0100109106-001", "0100109106-001"),
        (values.a_gender, "Nu", "Nữ"),
        (values.a_symbol, "45 /2020/NĐ-CP", "45/2020/NĐ-CP"),
        (values.person_name, "Ông: Nguyễn Văn Hùng .....", "Nguyễn Văn Hùng"),
        (values.person_name, "NGUYÊN VĂN HÙNG", "NGUYỄN VĂN HÙNG"),
        (values.person_name, "Trấn Nguyên", "Trần Nguyên"),
        (values.a_symbol, "2345/QĐ-UBND 'Yên Hòa", "2345/QĐ-UBND"),
        (values.a_phone, "0912 345.678", "0912345678"),
        (values.a_year, "sinh năm 1987", "1987"),
    ],
)
def test_values_are_stored_in_one_form(reader: values.Reader, printed: str, wanted: str) -> None:
    found = reader(printed)
    assert found is not None
    assert found.text == wanted


def test_impossible_values_are_doubted() -> None:
    assert values.a_date("31/02/2020").proof < 0.5  # type: ignore[union-attr]  # None fails the test as it should
    assert values.tax_code("0100109107").proof < 0.5  # type: ignore[union-attr]  # None fails the test as it should
    assert values.personal_number("999187012345").proof < 0.5  # type: ignore[union-attr]  # None fails the test as it should
    assert values.person_name("Nguyễn V4n Hùng").proof < 1  # type: ignore[union-attr]  # None fails the test as it should


@pytest.mark.parametrize(
    "reader", [values.a_date, values.an_amount, values.personal_number, values.tax_code, values.a_gender]
)
def test_nothing_is_read_from_nothing(reader: values.Reader) -> None:
    assert reader("..........") is None
