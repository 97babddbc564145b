"""A fault of a filled form in the reader's language."""

from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue


def fault_words(fault: catalogue.FormFault, *, english: bool) -> str:
    """Its template is a message of the catalogue; the label of the field is put in in the same language."""
    if english and "said_en" in fault.params:  # a sentence of the form itself
        return str(fault.params["said_en"])
    if not english or fault.kind not in catalogue.FORM_MESSAGES:
        return fault.message
    params = {**fault.params, "label": fault.params.get("label_en") or fault.params.get("label", "")}
    return gettext(catalogue.FORM_MESSAGES[fault.kind]).format_map(params)
