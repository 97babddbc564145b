"""A page whose parts are fetched by htmx loads htmx: without it they silently stay as they were."""

import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "src" / "motcua" / "web"
_ASKS = re.compile(r"\bhx-(?:get|post)=")
_PARTS = re.compile(r"""{% (?:include|extends) ["']([^"']+)["']""")
_LOADS = "kit/htmx.js"


def templates() -> dict[str, str]:
    found = {}
    for path in WEB.glob("*/templates/**/*.html"):
        name = path.relative_to(next(one for one in path.parents if one.name == "templates"))
        found[str(name)] = path.read_text(encoding="utf-8")
    return found


def test_every_page_that_uses_htmx_loads_it() -> None:
    texts = templates()

    def has(name: str, wanted: re.Pattern[str], seen: frozenset[str] = frozenset()) -> bool:
        text = texts.get(name, "")
        if wanted.search(text):
            return True
        inner = [part for part in _PARTS.findall(text) if part not in seen]
        return any(has(part, wanted, seen | {name}) for part in inner)

    pages = [name for name in texts if not Path(name).name.startswith("_")]
    using = [name for name in pages if has(name, _ASKS)]
    assert len(using) > 1
    loads = re.compile(re.escape(_LOADS))
    assert [name for name in using if not has(name, loads)] == []
