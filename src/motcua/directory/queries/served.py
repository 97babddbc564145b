"""Which agencies answer for what somebody did."""

from uuid import UUID

from motcua.directory.models import AgencySuccession, Assignment

#: A reorganisation of a reorganisation is rare; more steps would be a circle in the data.
_LONGEST_CHAIN = 10


def agencies_answering_for(account_id: UUID) -> frozenset[UUID]:
    """Agencies in which the account's holder has ever served, and those that took over from them since."""
    served = Assignment.objects.filter(staff__account__id=account_id)
    found = set(served.values_list("agency_id", flat=True))
    heirs = found
    for _ in range(_LONGEST_CHAIN):
        rows = AgencySuccession.objects.filter(predecessor_id__in=heirs)
        heirs = set(rows.values_list("successor_id", flat=True)) - found
        if not heirs:
            break
        found |= heirs
    return frozenset(found)
