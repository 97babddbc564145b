"""Small questions the desk's templates ask."""

from collections.abc import Collection, Mapping

from django import template

register = template.Library()

_AT_DESK = frozenset(
    {
        "receive",
        "refuse_at_door",
        "ask_completion",
        "ask_supplement",
        "complete",
        "supply",
        "hand_over",
        "withdraw",
    }
)


@register.filter
def field(faults: Mapping[str, str], name: str) -> str:
    """What is wrong with a field whose name has dots."""
    return faults.get(name, "")


@register.filter
def birth(typed: Mapping[str, str]) -> dict[str, str]:
    """The three boxes of a birthday as typed."""
    return {part: typed.get(f"birth.{part}", "") for part in "dmy"}


@register.filter
def eq(one: object, other: object) -> bool:
    """Whether two values are the same (for arguments of a tag)."""
    return one == other


@register.filter
def at_desk(moves: Collection[str]) -> bool:
    """Whether any of the acts open now is one of the desk."""
    return not _AT_DESK.isdisjoint(moves)
