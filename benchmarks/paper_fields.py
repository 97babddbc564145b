"""Field extraction on the generated labelled set of the ten papers.

usage: paper_fields.py [--each 10] [--seed 1000] [--misses] [--no-places]

Right: the value equals the printed one (spaces and case of capitals aside). Doubtful: shown to a person before it is used.
Marks of place names are mended by the country's units before and since July 2025 (../shared/data/units), as the scan desk
mends them by the directory; `--no-places`: without. Prints per kind: fields, right, wrong but sure, doubtful; then which
kind was taken for which.
"""

import argparse
import collections
import gzip
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# The benchmark runs from a checkout without installation.
sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

from tests.factories.printed_papers import jpeg, printed  # noqa: E402 (after the path is set)

from motcua.documents.pipeline.desk import Desk  # noqa: E402 (after the path is set)
from motcua.documents.pipeline.options import Options, PageRef  # noqa: E402 (after the path is set)
from motcua.documents.rules.digitization.papers.kinds import PaperKind  # noqa: E402 (after the path is set)
from motcua.documents.rules.digitization.papers.reading import read_paper  # noqa: E402 (after the path is set)
from motcua.documents.rules.digitization.places import known_places, with_known_places  # noqa: E402 (after the path is set)
from motcua.kernel.text import composed  # noqa: E402 (after the path is set)


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: PaperKind
    taken_for: str
    #: key, truth, read, confidence, is doubtful
    fields: tuple[tuple[str, str, str, float, bool], ...]


UNITS = Path(__file__).resolve().parents[2] / "shared" / "data" / "units"
NO_PLACES: frozenset[str] = frozenset()


@cache
def unit_names() -> frozenset[str]:
    """Provinces, districts and communes, before and since the units changed."""
    files = ("units_before_2025-07-01.json.gz", "units_from_2025-07-01.json.gz")
    return frozenset(
        name for file in files for name in _names(json.loads(gzip.decompress((UNITS / file).read_bytes())))
    )


def _names(units: list[dict[str, Any]]) -> Iterator[str]:
    for unit in units:
        yield unit["Name"]
        for parts in ("District", "Ward", "Wards"):
            yield from _names(unit.get(parts) or [])


def outcome(job: tuple[PaperKind, int, bool]) -> Outcome:
    kind, seed, knows_places = job
    paper = printed(kind, seed)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "paper.jpg"
        file.write_bytes(jpeg(paper.picture))
        result = Desk(Options(), Path(place)).process(PageRef(file, 0, 1), None, lambda _: None)
    read = read_paper([result])
    known = known_places(unit_names() if knows_places else NO_PLACES)
    by_key = {field.key: field for field in with_known_places(read.fields, known)}
    rows = []
    for key, truth in paper.truth.items():
        field = by_key.get(key)
        rows.append(
            (
                key,
                truth,
                field.text if field else "",
                field.confidence if field else 0.0,
                field is None or field.is_doubtful,
            )
        )
    return Outcome(kind, read.kind or "unknown", tuple(rows))


def is_right(truth: str, read: str) -> bool:
    return composed(truth).casefold() == composed(read).casefold()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--misses", action="store_true", help="list every field that is wrong or doubtful")
    parser.add_argument("--no-places", action="store_true")
    args = parser.parse_args()
    jobs = [
        (kind, args.seed + number, not args.no_places) for kind in PaperKind for number in range(args.each)
    ]
    with multiprocessing.Pool(2) as pool:
        outcomes = pool.map(outcome, jobs, chunksize=2)
    table(outcomes)
    if args.misses:
        for found in outcomes:
            for key, truth, read, confidence, doubtful in found.fields:
                if not is_right(truth, read) or doubtful:
                    print(
                        f"{'doubt' if doubtful else 'WRONG'} {found.kind} {key}: {truth!r} read {read!r} {confidence:.2f}"
                    )


def table(outcomes: list[Outcome]) -> None:
    print(
        "| paper | taken for it | fields | right of all % | right of the sure % | wrong and sure | doubtful % |"
    )
    print("|---|---|---|---|---|---|---|")
    totals: collections.Counter[str] = collections.Counter()
    for kind in PaperKind:
        of_kind = [found for found in outcomes if found.kind is kind]
        counts: collections.Counter[str] = collections.Counter()
        for found in of_kind:
            for _, truth, read, _, doubtful in found.fields:
                right = is_right(truth, read)
                counts.update(
                    {"fields": 1, "right": right, "doubtful": doubtful, "sure_right": right and not doubtful}
                )
        totals += counts
        taken = sum(found.taken_for == kind for found in of_kind)
        print_row(str(kind), f"{taken}/{len(of_kind)}", counts)
    print_row("**all**", "", totals)
    confused = collections.Counter((str(o.kind), o.taken_for) for o in outcomes if o.kind != o.taken_for)
    for (kind, other), count in confused.items():
        print(f"\n{kind} taken for {other}: {count}")


def print_row(name: str, taken: str, counts: collections.Counter[str]) -> None:
    fields, sure = counts["fields"], counts["fields"] - counts["doubtful"]
    right, sure_right = 100 * counts["right"] / fields, 100 * counts["sure_right"] / max(1, sure)
    doubtful = 100 * counts["doubtful"] / fields
    print(
        f"| {name} | {taken} | {fields} | {right:.1f} | {sure_right:.1f} | {sure - counts['sure_right']} | {doubtful:.1f} |"
    )


if __name__ == "__main__":
    main()
