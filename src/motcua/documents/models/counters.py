"""Running numbers of digitization codes."""

from django.db import models

from motcua.kernel.numbering import next_number


class DigitizationCounter(models.Model):
    """The last running number given to papers of one owner and kind. It outlives the papers: no number is given twice."""

    id = models.BigAutoField(primary_key=True)
    owner = models.TextField()
    kind = models.TextField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="digitization_counter_series")]


def next_of_kind(owner: str, kind: str) -> int:
    """The next running number of an owner's papers of a kind."""
    return next_number(DigitizationCounter, owner=owner, kind=kind)
