"""Procedures, their versions and what they are found by."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from motcua.catalogue.words import CompetentLevel, DigitizationClass, OnlineLevel
from motcua.kernel.deadline import Policy
from motcua.kernel.ids import new_id


class VersionState(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Origin(models.TextChoices):
    """Where a version comes from; an import replaces only what an import wrote."""

    NATIONAL = "national"
    LOCAL = "local"
    DEMO = "demo"


class Field(models.Model):
    """A field of administration (lĩnh vực)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(unique=True)
    name = models.TextField(unique=True)
    name_en = models.TextField(blank=True)


class PaperKind(models.Model):
    """A kind of paper, as components ask for it and the warehouse keeps it.

    `must_digitize`: the class of Decree 107/2021 art 21a that obliges to digitize; null means only on demand.
    """

    code = models.TextField(primary_key=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    must_digitize = models.TextField(null=True, choices=[(c.value, c.value) for c in DigitizationClass])
    validity_months = models.PositiveSmallIntegerField(null=True)


class Procedure(models.Model):
    """A procedure under its national code. Title and tags are those of the version shown to people now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(unique=True)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="procedures")
    agency_level = models.TextField(choices=[(level.value, level.value) for level in CompetentLevel])
    level = models.TextField(choices=[(level.value, level.value) for level in OnlineLevel])
    audience = ArrayField(models.TextField(), default=list)
    is_offered = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(F("title").asc(), F("id").asc(), name="procedure_by_title"),
        ]


class ProcedureTag(models.Model):
    """A life event, or a place on a list of priority services, with the days it holds."""

    class Kind(models.TextChoices):
        LIFE_EVENT = "life_event"
        PRIORITY_LIST = "priority_list"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="tags")
    kind = models.TextField(choices=Kind.choices)
    value = models.TextField()
    valid = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="procedure_tag_value")]
        constraints = [
            ExclusionConstraint(
                name="procedure_tag_once",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("value", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class ProcedureVersion(models.Model):
    """One version of a procedure. Once published it is frozen: only the end of its effect and its withdrawal
    may still be written (trigger `catalogue_version_frozen`); dossiers are pinned to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.TextField(choices=VersionState.choices, default=VersionState.DRAFT)
    effective = DateRangeField()
    decision = models.TextField(blank=True)
    origin = models.TextField(choices=Origin.choices, default=Origin.LOCAL)
    source_digest = models.TextField(blank=True)

    title = models.TextField()
    title_en = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    level = models.TextField(choices=[(level.value, level.value) for level in OnlineLevel])
    agency_level = models.TextField(choices=[(level.value, level.value) for level in CompetentLevel])
    further_levels = ArrayField(models.TextField(), default=list)
    audience = ArrayField(models.TextField(), default=list)
    agencies = ArrayField(models.TextField(), default=list)
    has_written_result = models.BooleanField(default=True)
    cutoff = models.TimeField(null=True)
    supplement_policy = models.TextField(
        choices=[(p.value, p.value) for p in Policy], default=Policy.RESTART.value
    )
    supplements_allowed = models.PositiveSmallIntegerField(default=1)
    is_same_day = models.BooleanField(default=False)
    releases_unpaid = models.BooleanField(default=False)
    partial_reason = models.JSONField(null=True)
    conditions = models.TextField(blank=True)
    sequence = models.TextField(blank=True)
    form = models.ForeignKey("catalogue.EForm", on_delete=models.PROTECT, null=True, related_name="+")

    snapshot = models.JSONField(null=True)
    digest = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            ExclusionConstraint(
                name="one_version_in_force",
                expressions=[("procedure", RangeOperators.EQUAL), ("effective", RangeOperators.OVERLAPS)],
                condition=Q(state=VersionState.PUBLISHED),
            ),
            models.CheckConstraint(
                name="published_version_has_snapshot",
                condition=Q(state=VersionState.DRAFT)
                | (Q(snapshot__isnull=False) & ~Q(digest="") & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(name="version_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="effect_is_not_empty", condition=Q(effective__isempty=False)),
        ]


class ListedProcedure(models.Model):
    """A row of a ministry's official list: says that a procedure exists, without its content."""

    code = models.TextField(primary_key=True)
    title = models.TextField()
    issuer = models.TextField(blank=True)
    executor = models.TextField(blank=True)
    field_name = models.TextField(blank=True)
    source = models.TextField()
