"""Agencies, what became of them, and when their doors are open."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from motcua.directory.models.territory import Fold, Territory
from motcua.directory.models.validity import Dated, DatedQuerySet, never_twice
from motcua.directory.words import AgencyKind, AgencyLevel
from motcua.kernel.ids import new_id


class Agency(Dated):
    """An organisation of the state, or one acting for it, during its validity.

    ``code`` is the form in force (Decision 20/2020), ``code_qcvn`` the form of QCVN 102:2016 where one
    exists. ``field_codes`` are the fields the agency answers for: whole codes (``G15-TP01``) or the ministry
    part (``G15``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField()
    code_qcvn = models.TextField(null=True, blank=True)
    name = models.TextField()
    name_en = models.TextField(default="", blank=True)
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in AgencyKind])
    level = models.TextField(choices=[(level.value, level.value) for level in AgencyLevel])
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    field_codes = ArrayField(models.TextField(), default=list, blank=True)
    is_one_stop = models.BooleanField(default=False)
    address = models.TextField(default="", blank=True)
    phone = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    opened_by = models.TextField(default="", blank=True)
    closed_by = models.TextField(default="", blank=True)
    search_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = DatedQuerySet["Agency"].as_manager()

    class Meta:
        constraints = [
            never_twice("agency_code_once_a_day", "code"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z][0-9]{2}(\.[0-9A-Z]{1,6})*$"), name="agency_code_shape"
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "kind"], name="agency_of_territory"),
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="agency_search"),
        ]


class AgencySuccession(models.Model):
    """The successor takes over the predecessor's work from this day, by this decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="origins")
    decision = models.TextField()
    effective_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="agency_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="agency_not_own_successor"),
        ]


class OfficeHours(Dated):
    """Opening hours of one agency, or of every agency of a territory, for one weekday (0 = Monday).

    ``intervals`` is ``[["07:30", "11:30"], ["13:30", "17:30"]]``; an empty list means closed. Where no row
    holds, the national hours do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="office_hours")
    territory = models.ForeignKey(Territory, null=True, on_delete=models.CASCADE, related_name="+")
    weekday = models.SmallIntegerField()
    intervals = models.JSONField()
    source = models.TextField()

    objects = DatedQuerySet["OfficeHours"].as_manager()

    class Meta:
        constraints = [
            never_twice("office_hours_of_agency_once", "agency", "weekday"),
            never_twice("office_hours_of_territory_once", "territory", "weekday"),
            models.CheckConstraint(
                condition=Q(agency=None, territory__isnull=False) | Q(agency__isnull=False, territory=None),
                name="office_hours_of_one_place",
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="office_hours_weekday"),
        ]


class DayOverride(models.Model):
    """One day decided otherwise than the national calendar: off, or worked; for an agency, a territory or the
    whole country.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    territory = models.ForeignKey(Territory, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    is_worked = models.BooleanField()
    name = models.TextField()
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "territory", "day"], nulls_distinct=False, name="day_override_once"
            ),
            models.CheckConstraint(
                condition=Q(agency=None) | Q(territory=None), name="day_override_of_one_place"
            ),
        ]


class DirectoryRevision(models.Model):
    """One row whose stamp changes with every change of agencies and calendars: the key of what processes
    remember.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=new_id)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="directory_revision_single")]
