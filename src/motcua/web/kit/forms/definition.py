"""Reading a form of the catalogue: JSON Schema says what an answer is, the UI part (`catalogue.rules.forms`) how it is asked.

A section with `repeat` becomes one question of the kind `repeat` whose inner questions have paths inside the item.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.web.kit.components import Option
from motcua.web.kit.forms.conditions import posted

_WIDGETS = frozenset(
    [
        "text",
        "textarea",
        "date",
        "number",
        "money",
        "select",
        "radios",
        "checkbox",
        "checkboxes",
        "phone",
        "email",
        "identity",
    ]
)
_CHOICES = frozenset({"select", "radios", "checkboxes"})
_DATES = frozenset({"date", "partial-date", "partial-date-or-unknown"})
_RADIOS_UP_TO = 5
_MANY_ROWS = 20


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. `type` is the JSON type of its answer; `values` are the typed values behind `options`."""

    path: str
    label: str
    widget: str
    type: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    values: tuple[Any, ...] = ()
    is_required: bool = False
    prefill: str = ""
    is_lockable: bool = False
    condition: Mapping[str, Any] | None = None
    fields: tuple["FormField", ...] = ()
    rows_min: int = 0
    rows_max: int = _MANY_ROWS
    row_label: str = ""
    max_length: int = 0
    format: str = ""
    #: The official list it chooses from, and what it shows before anything was chosen.
    list_key: str = ""
    default: str = ""
    #: Its source fills it only while this holds.
    prefill_if: Mapping[str, Any] | None = None
    #: It is not shown where this source has a value.
    unless_known: str = ""

    @property
    def may_be_unknown(self) -> bool:
        """Whether "nobody knows" is an answer."""
        return self.format == "partial-date-or-unknown"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together."""

    key: str
    title: str
    hint: str
    fields: tuple[FormField, ...]
    condition: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A form, in one language, ready to be asked."""

    key: str
    digest: str
    sections: tuple[Section, ...]
    #: What must be true between answers (`catalogue.rules.forms.relations`), with `said` in the language.
    relations: tuple[Mapping[str, Any], ...] = ()

    def fields(self) -> tuple[FormField, ...]:
        """Every top-level question, in order."""
        return tuple(field for section in self.sections for field in section.fields)


def read(form: Any, language: str = "vi") -> FormDefinition:
    """The definition of a catalogue `Form` (`key`, `schema`, `ui`, `digest`) in the language."""
    reader = _Reader(form.schema, language)
    sections = tuple(reader.section(part, n) for n, part in enumerate(form.ui.get("sections", ())))
    relations = tuple(
        {**relation, "said": reader.text(relation, "message")} for relation in form.ui.get("relations", ())
    )
    return FormDefinition(form.key, form.digest, sections, relations)


class _Reader:
    def __init__(self, schema: Mapping[str, Any], language: str) -> None:
        self.root = schema
        self.language = language

    def section(self, part: Mapping[str, Any], n: int) -> Section:
        fields = (
            (self.repeated(part),)
            if part.get("repeat")
            else tuple(self.field(field, self.root) for field in part.get("fields", ()))
        )
        key = str(part.get("key", f"section-{n}"))
        return Section(key, self.text(part, "title"), self.text(part, "hint"), fields, part.get("condition"))

    def repeated(self, part: Mapping[str, Any]) -> FormField:
        repeat = part["repeat"]
        schema, is_required = self.find(repeat["path"], self.root)
        items = self.resolve(schema.get("items", {}))
        rows_min = int(repeat.get("min", schema.get("minItems", 0)))
        return FormField(
            path=str(repeat["path"]),
            label=self.text(part, "title"),
            widget="repeat",
            type="array",
            is_required=is_required or rows_min > 0,
            fields=tuple(self.field(field, items) for field in part.get("fields", ())),
            rows_min=rows_min,
            rows_max=int(repeat.get("max", schema.get("maxItems", _MANY_ROWS))),
            row_label=self.text(repeat, "item"),
        )

    def field(self, ui: Mapping[str, Any], within: Mapping[str, Any]) -> FormField:
        path = str(ui["path"])
        schema, is_required = self.find(path, within)
        kind = _type_of(schema)
        options, values = self.options(
            ui, self.resolve(schema.get("items", {})) if kind == "array" else schema
        )
        return FormField(
            path=path,
            label=self.text(ui, "label") or str(schema.get("title", path)),
            widget=_widget(ui, schema, kind, options),
            type=kind,
            hint=self.text(ui, "hint"),
            options=options,
            values=values,
            is_required=is_required,
            prefill=str(ui.get("prefill") or ""),
            is_lockable=bool(ui.get("locked")),
            condition=ui.get("condition"),
            list_key=str(ui.get("list") or ""),
            default=str(ui.get("default") or ""),
            prefill_if=ui.get("prefill_if"),
            unless_known=str(ui.get("unless_known") or ""),
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

    def options(
        self, ui: Mapping[str, Any], schema: Mapping[str, Any]
    ) -> tuple[tuple[Option, ...], tuple[Any, ...]]:
        """As the screen lists them, or an official list does today; without a list, what the schema allows."""
        if ui.get("list"):
            found = catalogue.list_entries(str(ui["list"]))
            english = self.language != "vi"
            return (
                tuple(Option(one.name, (one.name_en if english else "") or one.name) for one in found),
                tuple(one.name for one in found),
            )
        listed = ui.get("options") or [
            {"value": one["const"], "label": one.get("title")}
            for one in schema.get("oneOf", ())
            if "const" in one
        ]
        listed = listed or [{"value": value} for value in schema.get("enum", ()) if value is not None]
        options = tuple(
            Option(
                posted(one["value"]), self.text(one, "label") or posted(one["value"]), self.text(one, "hint")
            )
            for one in listed
        )
        return options, tuple(one["value"] for one in listed)

    def text(self, part: Mapping[str, Any], name: str) -> str:
        """`name` in the language: `name_en` for English where there is one."""
        translated = part.get(f"{name}_{self.language}") if self.language != "vi" else None
        return str(translated or part.get(name) or "")


def _type_of(schema: Mapping[str, object]) -> str:
    kind = schema.get("type", "boolean" if isinstance(schema.get("const"), bool) else "string")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "string")
    return str(kind)


def _widget(
    ui: Mapping[str, object], schema: Mapping[str, object], kind: str, options: tuple[Option, ...]
) -> str:
    asked = str(ui.get("widget", ""))
    if asked in _WIDGETS and (options or asked not in _CHOICES):
        return asked
    if schema.get("const") is True:
        return "checkbox"
    if kind == "boolean":
        return "boolean"
    if schema.get("format") in _DATES:
        return "date"
    if options:
        return "checkboxes" if kind == "array" else "radios" if len(options) <= _RADIOS_UP_TO else "select"
    return "number" if kind in {"integer", "number"} else "text"
