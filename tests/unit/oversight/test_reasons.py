"""Why an index changed, procedure by procedure; the nine indicators as far as facts tell; charts say what they show."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.oversight.rules.charts import Chart, ChartKind, Series, height_of, svg_of
from motcua.oversight.rules.evaluation import Class, of_counts
from motcua.oversight.rules.index766 import changes, on_hundred, parts_of_change, score, version_on
from motcua.oversight.rules.indicators import Figure

VERSION = version_on(date(2026, 3, 1))
Counts = dict[str, tuple[int, int]]
COUNTS = st.dictionaries(
    st.sampled_from(["1.1", "1.2", "2.3", "2.4"]),
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair))),
    min_size=1,
)


def whole(counts: Counts) -> Figure:
    return Figure(sum(n for n, _ in counts.values()), sum(d for _, d in counts.values()))


def figures(counts: Counts) -> dict[str, Figure]:
    return {code: Figure(*pair) for code, pair in counts.items()}


@settings(max_examples=80)
@given(COUNTS, COUNTS)
def test_the_parts_of_all_procedures_are_the_whole_change(before: Counts, after: Counts) -> None:
    old = score({"e_result": whole(before)}, VERSION)
    new = score({"e_result": whole(after)}, VERSION)
    for change in changes(old, new):
        parts = parts_of_change(change, figures(before), figures(after))
        assert sum((part.points for part in parts), Fraction(0)) == change.points


def test_the_procedure_that_fell_is_named_first() -> None:
    before = {"A": (50, 50), "B": (50, 50)}
    after = {"A": (50, 50), "B": (10, 50)}
    (change,) = changes(
        score({"e_result": whole(before)}, VERSION), score({"e_result": whole(after)}, VERSION)
    )
    (part,) = parts_of_change(change, figures(before), figures(after))
    assert (part.procedure, float(part.points)) == ("B", -2.4)
    assert part.after == Figure(10, 50)


def test_the_scaled_sum_takes_only_what_could_be_reached() -> None:
    held = score({"e_result": Figure(1, 2), "on_time_national": Figure(3, 4)}, VERSION)
    assert (held.points, held.attainable, on_hundred(held)) == (Decimal(18), 26, Decimal("69.23"))
    assert on_hundred(score({}, VERSION)) is None


def test_a_missing_indicator_is_no_zero_and_forbids_a_class() -> None:
    counts = {
        "resolved": 10,
        "early": 6,
        "on_time": 2,
        "late": 2,
        "supplemented_again": 1,
        "received": 10,
        "received_online": 4,
    }
    found = of_counts(counts, Figure(3, 10))
    assert (found.scores[1], found.scores[3], found.scores[9]) == (Decimal("1.4"), Decimal("1.9"), Decimal(1))
    assert found.scores[8] is None
    assert found.total == Decimal("4.3")
    assert found.classification is None
    assert of_counts(counts | {"late": 0}, Figure(3, 10)).scores[9] == 2
    assert of_counts(dict.fromkeys(counts, 0), Figure(0, 0)).scores[1] is None
    assert Class.WEAK


def test_a_chart_says_every_number_and_escapes_every_word() -> None:
    bars = Chart("A <b>", ChartKind.BARS, ["<x>", "y"], [Series("n", [1, None], ["1", "–"])], frozenset({0}))
    drawn = svg_of(bars, key="k")
    assert "<b>" not in drawn
    assert "<title" in drawn
    assert "A &lt;b&gt;. &lt;x&gt;: 1; y: –" in drawn
    assert 'fill="#b3261e"' in drawn
    assert "style=" not in drawn
    columns = Chart("C", ChartKind.COLUMNS, ["01"], [Series("a", [3], ["3"]), Series("b", [5], ["5"])])
    assert svg_of(columns).count("<rect") == 4  # two keys of the legend, two columns
    assert height_of(columns) > height_of(bars) > 0
