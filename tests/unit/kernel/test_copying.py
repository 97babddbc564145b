"""COPY text as PostgreSQL reads it."""

from uuid import UUID

from motcua.kernel.copying import copy_line


def test_plain_values_stand_as_they_are() -> None:
    key = UUID(int=7)
    line = copy_line(("Nguyễn Thị Hoa", 3, True, None, {}, {"số": "1/KQ"}, "{}", key))
    assert line == f'Nguyễn Thị Hoa\t3\tTrue\t\\N\t{{}}\t{{"số": "1/KQ"}}\t{{}}\t{key}\n'


def test_what_would_end_a_value_or_a_row_is_escaped() -> None:
    assert copy_line(("a\tb", None, "c\nd", "e\\N", "f\r")) == "a\\tb\t\\N\tc\\nd\te\\\\N\tf\\r\n"
    assert copy_line(("\\N",)) == "\\\\N\n"
    assert copy_line(({"a": "x\ny"},)) == '{"a": "x\\\\ny"}\n'
