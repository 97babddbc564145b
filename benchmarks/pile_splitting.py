"""Splitting generated piles into papers: precision and recall of the places where papers begin.

usage: pile_splitting.py [--piles 200] [--pool 3] [--seed 0]

Separators, receipts and backs are made and read anew for every pile; papers and following pages are drawn from a pool that is
read once, because reading the same page again gives the same result.
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
from pathlib import Path

# The benchmark runs from a checkout without installation.
sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

from PIL import Image  # noqa: E402 (after the path is set)
from tests.factories.printed_papers import jpeg, printed  # noqa: E402 - after the path is set
from tests.factories.scanned_piles import KEY, POOL_KINDS, following_page, pile, scanned  # noqa: E402 - after the path is set

from motcua.documents.pipeline.desk import Desk  # noqa: E402 - after the path is set
from motcua.documents.pipeline.options import Options, PageRef  # noqa: E402 - after the path is set
from motcua.documents.rules.digitization.pages import PageResult  # noqa: E402 - after the path is set
from motcua.documents.rules.digitization.split import boundaries, split  # noqa: E402 - after the path is set

_desk: tuple[Desk, Path] | None = None
_pool: dict[str, PageResult] = {}


def read(picture: Image.Image) -> PageResult:
    global _desk
    if _desk is None:
        place = Path(tempfile.mkdtemp())
        _desk = Desk(Options(), place), place
    desk, place = _desk
    file = place / f"{random.getrandbits(64):x}.jpg"
    file.write_bytes(jpeg(picture))
    try:
        return desk.process(PageRef(file, 0, 1), None, lambda _: None)
    finally:
        file.unlink()


def begin(pool: dict[str, PageResult]) -> None:
    _pool.update(pool)


def score(job: tuple[int, tuple[str, ...], tuple[str, ...]]) -> tuple[int, int, int, int]:
    """Right, found, wanted boundaries and number of pages of one pile."""
    seed, papers, following = job
    made = pile(seed, dict.fromkeys(papers), following)  # type: ignore[arg-type]  # only the names are drawn from
    pages = []
    for number, page in enumerate(made.pages, 1):
        result = _pool[page] if isinstance(page, str) else read(page)
        pages.append(result.numbered(number))
    parted = split(pages, KEY)
    found = boundaries(parted.papers)
    if found != made.begins:
        kinds = [(p.number, parted.roles.get(p.number), p.state.value, len(p.marks)) for p in pages]
        print(f"pile {seed}: wanted {sorted(made.begins)}, found {sorted(found)} {kinds}", file=sys.stderr)
    return len(found & made.begins), len(found), len(made.begins), len(pages)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--piles", type=int, default=200)
    parser.add_argument("--pool", type=int, default=3, help="papers of each kind")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    pictures = {
        f"{kind}-{n}": printed(kind, 5000 + n, skew=2.0).picture
        for kind in POOL_KINDS
        for n in range(args.pool)
    }
    papers = tuple(pictures)
    rnd = random.Random(args.seed)
    for n in range(6):
        pictures[f"following-{n}"] = scanned(following_page(n), rnd)
    following = tuple(name for name in pictures if name not in papers)
    with multiprocessing.Pool(2) as pool:
        results = dict(zip(pictures, pool.map(read, pictures.values(), chunksize=2), strict=True))
    jobs = [(args.seed + number, papers, following) for number in range(args.piles)]
    with multiprocessing.Pool(2, begin, (results,)) as pool:
        right, found, wanted, pages = (
            sum(column) for column in zip(*pool.map(score, jobs, chunksize=4), strict=True)
        )
    print("| piles | pages | papers | precision % | recall % |")
    print("|---|---|---|---|---|")
    print(f"| {args.piles} | {pages} | {wanted} | {100 * right / found:.2f} | {100 * right / wanted:.2f} |")


if __name__ == "__main__":
    main()
