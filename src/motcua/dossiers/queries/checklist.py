"""The checklist of one application: the case's, and what a mandate adds to it."""

from collections.abc import Mapping
from dataclasses import replace

from motcua.catalogue.queries import Case, Component
from motcua.dossiers.rules.mandate import needs_authorisation
from motcua.dossiers.words import AUTHORISATION

_AUTHORISATION = Component(
    key=AUTHORISATION,
    name="Văn bản ủy quyền",
    name_en="Authorisation",
    kind_code=AUTHORISATION,
    electronic=1,
)


def checklist_of(case: Case, mandate: Mapping[str, object]) -> tuple[Component, ...]:
    """The papers wanted. Somebody who acts by authorisation brings it, whether or not the procedure lists it; a close
    relative needs none.
    """
    if not needs_authorisation(mandate):
        return case.components
    listed = {component.key for component in case.components}
    components = tuple(
        replace(component, is_required=True, condition="") if component.key == AUTHORISATION else component
        for component in case.components
    )
    return components if AUTHORISATION in listed else (*components, _AUTHORISATION)
