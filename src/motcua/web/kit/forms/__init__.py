"""E-forms of the catalogue as accessible pages: read the schema and its UI part, bind answers, parse what was posted.

`read(form)` → `FormDefinition`; `bind(definition, data, ...)` → what `{% eform %}` renders; `parse(definition, post)` →
`Parsed(data, faults, ...)`; `summary(definition, data)` → rows for a review page; `blank(definition)` → the form to print and
fill in by hand. Rendering, posting and parsing give the same data back. Validity is the catalogue's:
`catalogue.queries.validate_form`.
"""

from motcua.web.kit.forms.binding import (
    Bound,
    Known,
    bind,
    locked_values,
    repeating_known,
    said,
    summary,
    with_offers,
    without_defaults,
    without_filled,
)
from motcua.web.kit.forms.blank import BlankField, BlankSection, blank
from motcua.web.kit.forms.conditions import holds
from motcua.web.kit.forms.definition import FormDefinition, FormField, Section, read
from motcua.web.kit.forms.faults import fault_words
from motcua.web.kit.forms.parsing import Parsed, parse
from motcua.web.kit.forms.paths import value_at

__all__ = [
    "BlankField",
    "BlankSection",
    "Bound",
    "FormDefinition",
    "FormField",
    "Known",
    "Parsed",
    "Section",
    "bind",
    "blank",
    "fault_words",
    "holds",
    "locked_values",
    "parse",
    "read",
    "repeating_known",
    "said",
    "summary",
    "value_at",
    "with_offers",
    "without_defaults",
    "without_filled",
]
