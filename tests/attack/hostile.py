"""What an attacker types: one value for a field of a form that is otherwise right, bodies that are no form at all, files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.factories import hostile_files as made
from tests.factories.signing import plain_pdf

#: If a page shows either of these as it stands, somebody else's program runs in the reader's browser.
MARKS = ("<script>atk(1)</script>", '"><img src=x onerror=atk(1)>')
VALUES: Sequence[str] = (
    *MARKS,
    "",
    " ",
    "x",
    "-1",
    "0",
    "1e309",
    "NaN",
    "²",
    "9" * 400,
    "9" * 5000,
    "a\x00b",
    "a\r\nSet-Cookie: atk=1",
    "\u202egnp.exe",
    "\ud83e\udd86" * 300,
    "🦆" * 2000,
    "' OR 1=1 --",
    "%27%3B drop table dossiers_dossier --",
    "../../../../etc/passwd",
    "a/b",
    "{{7*7}}{% debug %}",
    "${jndi:ldap://127.0.0.1/a}",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "00000000-0000-0000-0000-000000000007",
    "not-a-uuid",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-01-01T00:00:00~" + "0" * 32,
    "true",
    "[]",
    "null",
    "javascript:atk(1)",
    "//127.0.0.1/atk",
    "x" * 70_000,
)
#: For JSON, besides the texts.
JSON_VALUES: Sequence[Any] = (
    *VALUES,
    None,
    True,
    -1,
    10**30,
    1.5e308,
    [],
    {},
    ["x"],
    {"a": {"b": ["x"] * 50}},
    [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]],
)
BODIES: Sequence[tuple[bytes, str]] = (
    (b"", "application/x-www-form-urlencoded"),
    (b"a=1&a=2&=&&%", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
    (b"x=" + b"%00" * 200, "application/x-www-form-urlencoded"),
    (b"&".join(b"f%d=1" % n for n in range(1200)), "application/x-www-form-urlencoded"),
    (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n', "multipart/form-data; boundary=b"),
    (b"no boundary", "multipart/form-data"),
    (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\nx\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
    (b"{", "application/json"),
    (b"[" * 20_000, "application/json"),
    (b'{"a": NaN}', "application/json"),
    (b'{"a": "\\ud800\\u0000"}', "application/json"),
    (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "text/xml"),
    (b"x" * 100_000, "text/plain; charset=utf-7"),
)
FILES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "postscript": ("anh.png", made.postscript),
    "huge picture": ("anh.png", lambda: made.png(60_000, 60_000, rows=1)),
    "half a picture": ("anh.png", lambda: made.png(400, 400, rows=10)),
    "huge jpeg": ("anh.jpg", lambda: made.jpeg(65_000, 65_000)),
    "huge heic": ("anh.heic", lambda: made.heic(60_000, 60_000)),
    "tiff of directories": ("quet.tif", lambda: made.directories(40_000)),
    "bomb": ("don.docx", lambda: made.docx(0.2)),
    "broken xref": ("giay.pdf", lambda: made.pdf_without_places(plain_pdf())),
    "pages in a circle": ("giay.pdf", made.pdf_of_pages_in_a_circle),
    "nested arrays": ("giay.pdf", lambda: made.pdf_of_nested_arrays(20_000)),
    "tables in a circle": ("giay.pdf", lambda: made.pdf_of_previous_tables_in_a_circle(plain_pdf())),
    "program": ("giay.pdf", lambda: made.active_pdf(plain_pdf(), "program")),
    "half a pdf": ("giay.pdf", lambda: plain_pdf()[:400]),
    "page": ("trang.html", lambda: MARKS[0].encode()),
    "svg": ("anh.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='atk(1)'/>"),
    "name that is a program": ('"><img src=x onerror=atk(1)>.pdf', plain_pdf),
    "nothing": ("giay.pdf", lambda: b""),
}


def changed_json(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to everything in a JSON value that could be something else."""
    if path:
        yield path
    items = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in items:
        yield from changed_json(value, (*path, key))


def with_value(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same body with one value changed."""
    if not path:
        return value
    copy = dict(body) if isinstance(body, dict) else list(body)
    copy[path[0]] = with_value(copy[path[0]], path[1:], value)
    return copy
