"""Validity as a range of days: from the first day to the day before the last bound; open-ended when the bound
is absent.
"""

from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

_M = TypeVar("_M", bound=models.Model)


def days(begins_on: date | None, ends_on: date | None = None) -> DateRange:
    """The range ``[begins_on, ends_on)``."""
    return DateRange(begins_on, ends_on, "[)")


class DatedQuerySet(models.QuerySet[_M]):
    """Rows that have a validity."""

    def in_force(self, on: date) -> Self:
        return self.filter(validity__contains=on)


class Dated(models.Model):
    """A row that holds for a range of days."""

    validity: Any = DateRangeField()

    class Meta:
        abstract = True

    def is_in_force(self, on: date) -> bool:
        return on in self.validity


def never_twice(name: str, *columns: str) -> ExclusionConstraint:
    """No two rows with the same columns hold on the same day."""
    same = [(column, RangeOperators.EQUAL) for column in columns]
    return ExclusionConstraint(name=name, expressions=[*same, ("validity", RangeOperators.OVERLAPS)])
