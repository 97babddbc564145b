"""Everyday words of the search: what people call a thing, what the law calls it, and since when the table says so."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models

from motcua.kernel.ids import new_id


class EverydayWord(models.Model):
    """One entry. Never edited: a change ends the entry and begins another, so that every state of the table stays known.

    `folded` is the phrase as it is compared; `in_pack` tells the entries that came with the system from those written
    here, which no later pack replaces. `written_by` and `ended_by` are accounts; null for the system.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phrase = models.TextField()
    folded = models.TextField()
    official = ArrayField(models.TextField())
    valid = DateTimeRangeField()
    in_pack = models.BooleanField(default=False)
    written_by = models.UUIDField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="everyday_word_once",
                expressions=[("folded", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]


class FindingRevision(models.Model):
    """Another token whenever something changes that a search looks at: one small row that every process asks for.

    A token rather than a count: what was seen inside a transaction that never came about equals nothing later.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=new_id)
