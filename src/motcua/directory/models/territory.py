"""Administrative units, what became of them, and their outlines."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from motcua.directory.models.validity import Dated, DatedQuerySet, never_twice
from motcua.directory.words import TerritoryLevel
from motcua.kernel.ids import new_id


class Fold(Func):
    """The kernel's ``fold(text)`` in the database."""

    function = "fold"
    output_field = models.TextField()


class Territory(Dated):
    """A province, a district (until 30 June 2025) or a commune, as it was during its validity. Never edited
    into another unit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    level = models.TextField(choices=[(level.value, level.value) for level in TerritoryLevel])
    code = models.TextField()
    name = models.TextField()
    full_name = models.TextField()
    full_name_en = models.TextField(default="", blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    area_km2 = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    decree = models.TextField(default="", blank=True)
    source = models.TextField(default="", blank=True)
    search_name = models.GeneratedField(
        expression=Fold(F("full_name")), output_field=models.TextField(), db_persist=True
    )

    objects = DatedQuerySet["Territory"].as_manager()

    class Meta:
        constraints = [
            never_twice("territory_code_once_a_day", "level", "code"),
            models.CheckConstraint(
                condition=Q(level="province", code__regex=r"^\d{2}$")
                | Q(level="district", code__regex=r"^\d{3}$")
                | Q(level="commune", code__regex=r"^\d{5}$"),
                name="territory_code_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(level="province", parent=None) | (~Q(level="province") & Q(parent__isnull=False)),
                name="territory_parent_fits_level",
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="territory_search"),
        ]


class TerritorySuccession(models.Model):
    """This share of the predecessor lives on in the successor from this day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    predecessor = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="origins")
    share_numerator = models.IntegerField(default=1)
    share_denominator = models.IntegerField(default=1)
    is_main = models.BooleanField(default=True)
    decree = models.TextField()
    effective_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "effective_on"], name="territory_succession_once"
            ),
            models.CheckConstraint(
                condition=Q(share_numerator__gt=0, share_denominator__gte=F("share_numerator")),
                name="territory_share_in_range",
            ),
            models.UniqueConstraint(
                fields=["predecessor", "effective_on"],
                condition=Q(is_main=True),
                name="territory_one_main_successor",
            ),
        ]


class Boundary(Dated):
    """A simplified outline as GeoJSON geometry, with its source."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="boundaries")
    geometry = models.JSONField()
    source = models.TextField()

    objects = DatedQuerySet["Boundary"].as_manager()

    class Meta:
        constraints = [never_twice("boundary_once_a_day", "territory")]
