"""Facts at day grain and their sums by month and year. Every row keeps the identity of the report by a constraint."""

from django.db import models
from django.db.models import F, Q

from motcua.oversight.rules.measures import MEASURES
from motcua.oversight.words import Grain


class Counts(models.Model):
    """One integer column per measure (`rules.measures`)."""

    class Meta:
        abstract = True


for _measure in MEASURES:
    _column = models.BigIntegerField if _measure.is_wide else models.IntegerField
    Counts.add_to_class(_measure.key, _column(default=0, db_default=0))


def _identity(name: str) -> models.CheckConstraint:
    came = F("received") + F("taken_over")
    went = F("resolved") + F("withdrawn") + F("stopped") + F("given_over")
    return models.CheckConstraint(condition=Q(open=came - went), name=name)


class Fact(Counts):
    """Counts of one day, receiving agency, competent agency, procedure and channel. Agencies stand by their codes."""

    pk = models.CompositePrimaryKey("day", "competent", "receiving", "procedure", "channel")
    day = models.DateField()
    competent = models.TextField()
    receiving = models.TextField()
    procedure = models.TextField()
    channel = models.TextField()
    province = models.TextField()
    level = models.TextField()

    class Meta:
        constraints = [_identity("fact_identity")]
        indexes = [
            models.Index(fields=["competent", "day"], name="fact_competent"),
            models.Index(fields=["receiving", "day"], name="fact_receiving"),
        ]


class Rollup(Counts):
    """Facts summed by agency and bucket of time, so that a page reads the same few rows at any number of dossiers.

    `side` tells whose counts: `c` the competent agency's, `r` the receiving agency's, `p` those of the whole province.
    `procedure` is empty in the sum over all procedures; single procedures are kept by month and year only.
    """

    pk = models.CompositePrimaryKey("side", "procedure", "grain", "bucket", "agency")
    side = models.CharField(max_length=1)
    procedure = models.TextField()
    grain = models.CharField(max_length=1, choices=[(grain.value, grain.value) for grain in Grain])
    bucket = models.DateField()
    agency = models.TextField()

    class Meta:
        constraints = [_identity("rollup_identity")]
        indexes = [models.Index(fields=["agency", "side", "grain", "bucket"], name="rollup_agency")]
