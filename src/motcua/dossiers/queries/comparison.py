"""What scanned papers say against what the dossier, the register and other papers know."""

from collections.abc import Iterable, Sequence

from motcua.directory.queries import PartyView
from motcua.dossiers.queries.views import DossierPage
from motcua.dossiers.rules.comparison import Difference, Person, ReadValue
from motcua.dossiers.rules.comparison import differences as of_values


def differences(dossier: DossierPage, read: Iterable[ReadValue]) -> Sequence[Difference]:
    """Values of papers that differ from the form of this dossier, from its applicant and submitter as the register has
    them, or from one another. Asks the database nothing: everything stands on the page.
    """
    people = {party.id: _person(party) for party in (dossier.applicant, dossier.submitter)}
    return of_values(list(read), dossier.form_data, list(people.values()))


def _person(party: PartyView) -> Person:
    return Person(party.full_name, party.number or "", str(party.born or ""))
