"""Reading a form of the catalogue: JSON Schema says what an answer is, the UI part says how it is asked.

UI: `{"sections": [{"key", "title", "note", "visible_if", "fields": [FIELD]}]}`; FIELD: `{"path", "label", "hint", "widget",
"options", "prefill", "visible_if", "repeat": {"min", "max", "label", "add", "fields": [FIELD with path inside the item]}}`.
Texts are a string or `{"vi", "en"}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.web.kit.components import Option

_WIDGETS = {"text", "textarea", "select", "radios", "checkboxes", "checkbox", "date", "repeat", "number", "hidden"}
_RADIOS_UP_TO = 5
_MANY_ROWS = 20


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. `type` is the JSON type of its answer (`string`, `integer`, `number`, `boolean`, `array`)."""

    path: str
    label: str
    widget: str
    type: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    values: tuple[Any, ...] = ()
    is_required: bool = False
    prefill: str = ""
    visible_if: Mapping[str, Any] | None = None
    fields: tuple["FormField", ...] = ()
    rows_min: int = 0
    rows_max: int = _MANY_ROWS
    add_label: str = ""
    max_length: int = 0
    format: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together."""

    key: str
    title: str
    note: str
    fields: tuple[FormField, ...]
    visible_if: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A form, in one language, ready to be asked."""

    key: str
    digest: str
    sections: tuple[Section, ...]

    def fields(self) -> tuple[FormField, ...]:
        """Every top-level question, in order."""
        return tuple(field for section in self.sections for field in section.fields)


def read(form: Any, language: str = "vi") -> FormDefinition:
    """The definition of a catalogue `Form` (`key`, `schema`, `ui`, `digest`) in the language."""
    reader = _Reader(form.schema, language)
    sections = tuple(reader.section(part, n) for n, part in enumerate(form.ui.get("sections", ())))
    return FormDefinition(form.key, form.digest, sections)


class _Reader:
    def __init__(self, schema: Mapping[str, Any], language: str) -> None:
        self.root = schema
        self.language = language

    def section(self, part: Mapping[str, Any], n: int) -> Section:
        fields = tuple(self.field(field, self.root) for field in part.get("fields", ()))
        key = str(part.get("key", f"section-{n}"))
        return Section(key, self.text(part.get("title")), self.text(part.get("note")), fields, part.get("visible_if"))

    def field(self, ui: Mapping[str, Any], within: Mapping[str, Any]) -> FormField:
        path = str(ui["path"])
        schema, is_required = self.find(path, within)
        repeat = ui.get("repeat")
        items = self.resolve(schema.get("items", {}))
        kind = _type_of(schema)
        options, values = self.options(ui, items if kind == "array" else schema)
        inner = tuple(self.field(field, items) for field in repeat.get("fields", ())) if repeat else ()
        return FormField(
            path=path,
            label=self.text(ui.get("label")) or str(schema.get("title", path)),
            widget="repeat" if repeat else _widget(ui, schema, kind, options),
            type=kind,
            hint=self.text(ui.get("hint")) or str(schema.get("description", "")),
            options=options,
            values=values,
            is_required=bool(ui.get("required", is_required)),
            prefill=str(ui.get("prefill") or ""),
            visible_if=ui.get("visible_if"),
            fields=inner,
            rows_min=int((repeat or {}).get("min", schema.get("minItems", 0))),
            rows_max=int((repeat or {}).get("max", schema.get("maxItems", _MANY_ROWS))),
            add_label=self.text((repeat or {}).get("add")),
            max_length=int(schema.get("maxLength", 0)),
            format=str(schema.get("format", "")),
        )

    def find(self, path: str, within: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
        at, is_required = self.resolve(within), False
        for part in path.split("."):
            is_required = part in at.get("required", ())
            at = self.resolve(at.get("properties", {}).get(part, {}))
        return at, is_required

    def resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        reference = schema.get("$ref", "")
        if not reference.startswith("#/"):
            return schema
        at: Any = self.root
        for part in reference[2:].split("/"):
            at = at[part]
        return {**self.resolve(at), **{key: value for key, value in schema.items() if key != "$ref"}}

    def options(self, ui: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[tuple[Option, ...], tuple[Any, ...]]:
        named = {str(option["value"]): option for option in ui.get("options", ())}
        listed = [option["value"] for option in ui.get("options", ())]
        if not listed:
            titled = [one for one in schema.get("oneOf", ()) if "const" in one]
            named = {str(one["const"]): {"label": one.get("title", one["const"])} for one in titled}
            listed = [one["const"] for one in titled] or [one for one in schema.get("enum", ()) if one is not None]
        options = tuple(
            Option(
                str(value),
                self.text(named.get(str(value), {}).get("label")) or str(value),
                self.text(named.get(str(value), {}).get("hint")),
            )
            for value in listed
        )
        return options, tuple(listed)

    def text(self, words: Any) -> str:
        if isinstance(words, Mapping):
            return str(words.get(self.language) or words.get("vi") or "")
        return str(words or "")


def _type_of(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "string")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "string")
    return str(kind)


def _widget(ui: Mapping[str, Any], schema: Mapping[str, Any], kind: str, options: tuple[Option, ...]) -> str:
    asked = str(ui.get("widget", ""))
    if asked == "checkbox" or (not asked and schema.get("const") is True):
        return "checkbox"
    if kind == "boolean":
        return "boolean"
    if kind == "array":
        return "checkboxes"
    if asked in _WIDGETS and (options or asked not in {"select", "radios", "checkboxes"}):
        return asked
    if schema.get("format") == "date":
        return "date"
    if options:
        return "radios" if len(options) <= _RADIOS_UP_TO else "select"
    return "number" if kind in {"integer", "number"} else "text"
