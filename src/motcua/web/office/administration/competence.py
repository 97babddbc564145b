"""What an agency answers for: fields of administration, as the catalogue names them."""

from django.http import HttpRequest

from motcua.catalogue import queries as catalogue
from motcua.web.kit.components import Option


def known_fields() -> list[Option]:
    """The fields of administration of the catalogue, as choices."""
    return [
        Option(field.code, f"{field.name} ({field.code})")
        for field in catalogue.fields_offered()
        if field.code
    ]


def fields_of(request: HttpRequest, also: tuple[str, ...] = ()) -> list[str]:
    """The fields that were ticked, of those that exist; `also` are those an agency answers for that have no box (a whole
    ministry: `G15`).
    """
    known = {option.value for option in known_fields()}
    ticked = [code for code in dict.fromkeys(request.POST.getlist("fields")) if code in known]
    return [*ticked, *(code for code in also if code not in known)]
