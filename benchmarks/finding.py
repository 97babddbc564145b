"""Finding procedures by what people type: which stands first, which among five, how long it takes.

usage: finding.py --catalogue FILE [--copies 8] [--show] [--half 1]

FILE is a national export (JSON lines). The phrasings of benchmarks/data/finding_phrasings.tsv were written before the
ranking; their halves are told apart by a hash of the text, the ranking was tuned by looking at the first only.
finding_phrasings_2.tsv was written later by somebody who saw neither the ranking nor its table, finding_questions.tsv has
questions that name their procedure nearly as its title does, finding_portal.tsv questions as people put them on a portal's page.
The reference in the same run is plain BM25 over single words
and pairs of titles, accents folded. `--copies` times the search again over that many copies of the catalogue; times are of
the processor. Nothing but the index is measured: no database.
"""

import argparse
import gzip
import hashlib
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

# The benchmark runs from a checkout without installation.
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from motcua.catalogue.adapters.everyday import everyday_entries  # noqa: E402 - after the path is set
from motcua.catalogue.rules.finding.everyday import EverydayTable  # noqa: E402 - after the path is set
from motcua.catalogue.rules.finding.index import ListedTitle, TitleIndex  # noqa: E402 - after the path is set
from motcua.catalogue.rules.finding.typed import pairs, words_of  # noqa: E402 - after the path is set
from motcua.catalogue.words import CompetentLevel  # noqa: E402 - after the path is set
from motcua.kernel.text import fold  # noqa: E402 - after the path is set
from motcua.provisioning.demo.pack import demo_entries  # noqa: E402 - after the path is set

SETS = ("finding_phrasings.tsv", "finding_phrasings_2.tsv", "finding_questions.tsv", "finding_portal.tsv")
Search = Callable[[str], Sequence[str]]
_LEVELS = (("Cấp xã", CompetentLevel.COMMUNE), ("Cấp tỉnh", CompetentLevel.PROVINCE))
#: More words than this are a question in a sentence.
_SENTENCE = 11


def read_catalogue(path: Path) -> list[ListedTitle]:
    """Titles of the export, and those of the demo pack that it lacks."""
    import json

    demo = {entry.content.code: entry.content for entry in demo_entries()}
    listed = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            level = next(
                (one for name, one in _LEVELS if name in row["cap_thuc_hien"]), CompetentLevel.MINISTRY
            )
            listed[row["ma_thu_tuc"]] = ListedTitle(
                row["ma_thu_tuc"],
                row["ten_thu_tuc"],
                "",
                row["linh_vuc"],
                level,
                "Công dân" in row["doi_tuong_thuc_hien"],
                row["ma_thu_tuc"] in demo,
            )
    for code, content in demo.items():
        listed.setdefault(
            code,
            ListedTitle(
                code, content.title, content.title_en, content.field_name, content.agency_level, True, True
            ),
        )
    return list(listed.values())


def read_phrasings(path: Path) -> list[tuple[frozenset[str], str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [(frozenset(codes.split("|")), text) for codes, text in (line.split("\t") for line in lines)]


def product(listed: list[ListedTitle]) -> Search:
    index = TitleIndex(listed, EverydayTable(everyday_entries()))
    return lambda text: [listed[place].code for _, place in index.search(text)[:5]]


def plain(listed: list[ListedTitle]) -> Search:
    """BM25 (k1 1.2, b 0.75) over words and pairs of folded titles: the yardstick."""
    documents = [[*(words := words_of(one.title)), *pairs(words)] for one in listed]
    usual = sum(map(len, documents)) / len(documents)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, document in enumerate(documents):
        for word, often in Counter(document).items():
            held = 1.2 * (0.25 + 0.75 * len(document) / usual)
            postings[word].append((place, often * 2.2 / (often + held)))

    def search(text: str) -> list[str]:
        scores: Counter[int] = Counter()
        typed = words_of(text)
        for word in {*typed, *pairs(typed)}:
            found = postings.get(word, [])
            rarity = log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for place, value in found:
                scores[place] += rarity * value  # type: ignore[assignment]  # a counter of fractions
        return [listed[place].code for place, _ in scores.most_common(5)]

    return search


def half_of(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2


def score(search: Search, wanted: Sequence[tuple[frozenset[str], str]]) -> tuple[float, float]:
    first = among = 0
    for codes, text in wanted:
        found = search(text)
        first += bool(found) and found[0] in codes
        among += any(code in codes for code in found)
    return 100 * first / len(wanted), 100 * among / len(wanted)


def median_ms(search: Search, texts: Sequence[str]) -> float:
    taken = []
    for text in texts:
        began = time.process_time()
        search(text)
        taken.append(1000 * (time.process_time() - began))
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument(
        "--show", action="store_true", help="also print what did not stand first in the first halves"
    )
    parser.add_argument(
        "--half", type=int, choices=(1, 2), help="measure this half only (1 while the ranking is worked on)"
    )
    wanted = parser.parse_args()
    listed = read_catalogue(wanted.catalogue)
    began = time.perf_counter()
    ours, reference = product(listed), plain(listed)
    print(
        f"{len(listed)} procedures, {len(everyday_entries())} everyday phrases, both built in {time.perf_counter() - began:.1f} s"
    )
    groups = []
    for name in SETS:
        path = ROOT / "benchmarks" / "data" / name
        if not path.exists():
            continue
        phrasings = read_phrasings(path)
        for half in (0, 1) if wanted.half is None else (wanted.half - 1,):
            for kind, fits in (("few words", False), ("sentences", True)):
                chosen = [
                    one
                    for one in phrasings
                    if half_of(one[1]) == half and (len(one[1].split()) > _SENTENCE) is fits
                ]
                if chosen:
                    groups.append((f"{name.removesuffix('.tsv')} half {half + 1}, {kind}", chosen))
    print(f"{'':58}{'n':>5}  first/five   without accents   plain BM25")
    for name, chosen in groups:
        bare = [(codes, fold(text)) for codes, text in chosen]
        figures = [score(ours, chosen), score(ours, bare), score(reference, chosen)]
        print(
            f"{name:58}{len(chosen):>5}"
            + "".join(f"  {first:5.1f} {among:5.1f}" + "    " for first, among in figures)
        )
    texts = [text for _, chosen in groups for _, text in chosen]
    print(f"median {median_ms(ours, texts):.1f} ms a search at {len(listed)}")
    many = product(listed * wanted.copies)
    print(f"median {median_ms(many, texts):.1f} ms a search at {len(listed) * wanted.copies}")
    if wanted.show:
        for name, chosen in groups:
            if "half 1" not in name:
                continue
            for codes, text in chosen:
                if not (found := ours(text)) or found[0] not in codes:
                    print(f"  {name} | {text} | {sorted(codes)} | {list(found)[:3]}")


if __name__ == "__main__":
    main()
