"""Forms as a browser finds them on a page, filled in as a person would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Control:
    """`kind`: the type of the input, `select` or `textarea`."""

    name: str
    kind: str
    value: str = ""
    is_required: bool = False
    is_checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """`buttons`: name and value of each that sends it."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """As a person would send it: what stands there, plausible answers where nothing does."""
        given: dict[str, list[str]] = {}
        chosen: set[str] = set()
        for one in self.controls:
            match one.kind:
                case "file":
                    continue
                case "radio" | "checkbox":
                    if one.is_checked or (
                        one.name not in chosen and (one.kind == "radio" or one.is_required)
                    ):
                        chosen.add(one.name)
                        # A radio that is checked further down replaces the first one.
                        given[one.name] = [one.value or "on"]
                case "select":
                    given[one.name] = [one.value or next((o for o in one.options if o), "")]
                case _:
                    given.setdefault(one.name, []).append(one.value or _plausible(one))
        return given

    @property
    def files(self) -> list[str]:
        return [one.name for one in self.controls if one.kind == "file" and one.name]


@dataclass(frozen=True)
class Page:
    forms: list[Form]
    links: list[str]


def read(content: str, path: str) -> Page:
    """Forms and links within the site."""
    parser = _Parser(path)
    parser.feed(content)
    return Page(parser.forms, parser.links)


def _plausible(one: Control) -> str:
    name = one.name.rpartition(".")[2]
    known = {
        "d": "12",
        "m": "5",
        "y": "1990",
        "phone": "0912345678",
        "email": "a@example.vn",
        "full_name": "Lê Thị Mai",
        "name": "Lê Thị Mai",
        "personal_number": "040199000777",
        "pin": "1234",
        "reason": "Theo đề nghị",
    }
    by_kind = {"date": "2026-12-01", "number": "1", "email": "a@example.vn", "tel": "0912345678"}
    return (
        known.get(name)
        or by_kind.get(one.kind)
        or ("Theo đề nghị" if one.is_required or one.kind == "textarea" else "")
    )


class _Parser(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self._path = path
        self._form: Form | None = None
        self._select: Control | None = None
        self._area: Control | None = None
        self.forms: list[Form] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        match tag:
            case "a":
                self.links += _within(self._path, has.get("href", ""))
            case "form":
                self._form = Form(
                    urljoin(self._path, has.get("action") or self._path), has.get("method", "get").lower()
                )
                self.forms.append(self._form)
            case "input" | "select" | "textarea" | "button" if self._form is not None:
                self._control(tag, has)
            case "option" if self._select is not None:
                self._select.options.append(has.get("value", ""))
                if "selected" in has:
                    self._select.value = has.get("value", "")

    def _control(self, tag: str, has: dict[str, str]) -> None:
        form, kind = self._form, has.get("type", "text") if tag == "input" else tag
        if form is None or "disabled" in has:
            return
        if tag == "button" or kind in ("submit", "image"):
            if has.get("type", "submit") == "submit":
                form.buttons.append((has.get("name", ""), has.get("value", "")))
            return
        if not has.get("name"):
            return
        one = Control(has["name"], kind, has.get("value", ""), "required" in has, "checked" in has)
        form.controls.append(one)
        self._select = one if tag == "select" else self._select
        self._area = one if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None


def _within(path: str, href: str) -> Iterator[str]:
    target = urlsplit(urljoin(f"http://testserver{path}", href))
    if href and target.netloc == "testserver" and target.scheme == "http":
        yield target.path + (f"?{target.query}" if target.query else "")
