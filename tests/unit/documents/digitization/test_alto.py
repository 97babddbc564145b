"""ALTO as its schema wants it: nesting, required attributes, ranges; every word with its place and its confidence."""

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.documents.rules.digitization import alto
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, PageResult, PageState, Word

#: Element → elements it may hold, attributes it must have (schema 4.4, the part that is written).
GRAMMAR: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "alto": (("Description", "Layout"), frozenset()),
    "Description": (("MeasurementUnit", "sourceImageInformation", "Processing"), frozenset()),
    "MeasurementUnit": ((), frozenset()),
    "sourceImageInformation": (("fileName",), frozenset()),
    "fileName": ((), frozenset()),
    "Processing": (("processingCategory", "processingSoftware"), frozenset({"ID"})),
    "processingCategory": ((), frozenset()),
    "processingSoftware": (("softwareName",), frozenset()),
    "softwareName": ((), frozenset()),
    "Layout": (("Page",), frozenset()),
    "Page": (("PrintSpace",), frozenset({"ID", "PHYSICAL_IMG_NR"})),
    "PrintSpace": (("TextBlock",), frozenset()),
    "TextBlock": (("TextLine",), frozenset({"ID"})),
    "TextLine": (("String", "SP"), frozenset()),
    "String": ((), frozenset({"CONTENT"})),
    "SP": ((), frozenset()),
}


def read(*pages: PageResult) -> ElementTree.Element:
    text = "".join(alto.document("Hồ sơ <1> & 2", "tesseract 5", pages))
    root = ElementTree.fromstring(text)  # noqa: S314 - made by the line above
    check(root)
    return root


def check(element: ElementTree.Element) -> None:
    name = plain(element)
    children, required = GRAMMAR[name]
    assert required <= element.attrib.keys(), name
    order = [children.index(plain(child)) for child in element]
    if name not in ("TextLine",):
        assert order == sorted(order), name
    for sure in ("WC", "PC"):
        assert 0 <= float(element.attrib.get(sure, 0)) <= 1
    for child in element:
        check(child)


def plain(element: ElementTree.Element) -> str:
    space, _, name = element.tag.rpartition("}")
    assert space == "{" + alto.NAMESPACE
    return name


def page(*lines: Line, number: int = 1) -> PageResult:
    return PageResult(
        number, "a.pdf", number - 1, PageState.RECOGNISED, 2480, 3508, 300.0, lines=lines, confidence=91.4
    )


def test_words_keep_their_places_and_confidences() -> None:
    first = Line((Word("Tờ", 96.4, Box(100, 200, 150, 240)), Word('"khai"', 61, Box(160, 200, 260, 241))), 0)
    root = read(page(first, Line((Word("<&>", 0, Box(1, 2, 3, 4)),), 1)), page(number=2))
    strings = [one.attrib for one in root.iter("{" + alto.NAMESPACE + "}String")]
    assert strings[0] == {
        "CONTENT": "Tờ",
        "HPOS": "100",
        "VPOS": "200",
        "WIDTH": "50",
        "HEIGHT": "40",
        "WC": "0.964",
    }
    assert [one["CONTENT"] for one in strings] == ["Tờ", '"khai"', "<&>"]
    spaces = [one.attrib["WIDTH"] for one in root.iter("{" + alto.NAMESPACE + "}SP")]
    assert spaces == ["10"]
    pages = list(root.iter("{" + alto.NAMESPACE + "}Page"))
    assert [one.attrib["PHYSICAL_IMG_NR"] for one in pages] == ["1", "2"]


words = st.builds(
    Word,
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8),
    st.floats(0, 100),
    st.builds(lambda x, y: Box(x, y, x + 40, y + 20), st.integers(0, 2000), st.integers(0, 3000)),
)
lines = st.builds(
    lambda ws, block: Line(tuple(ws), block), st.lists(words, min_size=1, max_size=3), st.integers(0, 3)
)


@settings(max_examples=60)
@given(st.lists(st.lists(lines, max_size=4), max_size=3))
def test_whatever_is_read_is_well_formed_and_its_names_are_unique(pages: list[list[Line]]) -> None:
    made = [page(*of_page, number=number) for number, of_page in enumerate(pages, start=1)]
    root = read(*made)
    names = [one.attrib["ID"] for one in root.iter() if "ID" in one.attrib]
    assert len(names) == len(set(names))
    said = [one.attrib["CONTENT"] for one in root.iter("{" + alto.NAMESPACE + "}String")]
    assert said == [word.text for one in made for word in one.words()]
