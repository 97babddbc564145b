"""Digitization against the bare engine and against OCRmyPDF, alternating in one run.

usage: digitization.py [--kinds noisy,clean,bilevel] [--pages 20] [--rounds 3] [--peer-pages 20] [--no-peer] [--minutes 60]
       digitization.py --drawings 300,400,600        A0 drawings: time, memory, share of labels found
       digitization.py --long 200,1000               records of so many pages: time per page, memory, growth
       digitization.py --gazette 200,300             real born-digital pages drawn and read again: error rate
       digitization.py --real                        the real scans: pages, failures, confidence, memory

floor: Tesseract's own program on the extracted pictures, two processes, text only.
peer:  OCRmyPDF with language=vie, output_type=pdfa, clean, deskew, rotate_pages, jobs=2.
Tables are printed as Markdown for docs/benchmarks.md. Needs the folder ../shared beside the repository.

The peer reads a tenth of a page a second, so it is given the first `--peer-pages` of the same pages. `--minutes` bounds the
whole run: a round that would not end within it (by the one before) is left out, and the table says how many were done.
`--keep FOLDER` keeps the generated corpus for the next run. On a quiet machine of two cores: `--pages 200` (three rounds of three
kinds) takes about 45 minutes, `--long 200,1000` about 25, half of it making the pages.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._text_errors import error_rate, folded
from benchmarks._tree_memory import Run, run

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
CORPUS = SHARED / "tools" / "scan_corpus.py"
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True, slots=True)
class Measure:
    run: Run
    error: float
    size: int


#: Where generated pages are kept between runs, if anywhere.
_kept: list[Path] = []


def make(out: Path, *options: str) -> Path:
    """A corpus file with its truth beside it; taken from the kept ones if the same was made before."""
    if _kept:
        out = _kept[0] / ("-".join(option.strip("-") for option in options) + ".pdf")
        if out.with_suffix(".gt.txt").is_file():
            return out
    made = run([sys.executable, str(CORPUS), str(out), *options])
    if made.code:
        raise SystemExit(made.output)
    return out


def ours(scan: Path, out: Path, *options: str) -> Run:
    code = "from motcua.cli import main; main()"
    environment = {"PYTHONPATH": str(PROJECT / "src")}
    return run(
        [
            sys.executable,
            "-c",
            code,
            "digitize",
            str(scan),
            "--out",
            str(out),
            "--jobs",
            "2",
            "--quiet",
            *options,
        ],
        environment,
    )


def measure_ours(scan: Path, truth: str, folder: Path) -> Measure:
    with tempfile.TemporaryDirectory(dir=folder) as out:
        done = ours(scan, Path(out))
        if done.code:
            raise SystemExit(done.output)
        text = (Path(out) / f"{scan.stem}.txt").read_text(encoding="utf-8")
        return Measure(done, error_rate(truth, text), (Path(out) / f"{scan.stem}.pdf").stat().st_size)


def pictures_of(scan: Path, folder: Path) -> list[Path]:
    """Each page's picture as it lies in the file."""
    found = []
    with pikepdf.open(scan) as pdf:
        for number, page in enumerate(pdf.pages):
            picture = pikepdf.PdfImage(next(iter(page.get_images().values())))
            found.append(Path(picture.extract_to(fileprefix=str(folder / f"{scan.stem}-{number:05d}"))))
    return found


def measure_floor(pictures: list[Path], truth: str, folder: Path) -> Measure:
    names = "\0".join(str(path) for path in pictures)
    listing = folder / "pictures"
    listing.write_text(names)
    command = f"xargs -0 -P 2 -I@ tesseract @ @ -l vie --dpi 300 < {listing}"
    done = run(["sh", "-c", command], ONE_THREAD)
    text = "\f".join(Path(f"{path}.txt").read_text(encoding="utf-8").replace("\f", "") for path in pictures)
    return Measure(done, error_rate(truth, text), 0)


def measure_peer(scan: Path, truth: str, folder: Path) -> Measure:
    out, text = folder / "peer.pdf", folder / "peer.txt"
    command = [sys.executable, "-m", "ocrmypdf", "-l", "vie", "--output-type", "pdfa", "--clean", "--deskew"]
    done = run(
        [*command, "--rotate-pages", "--jobs", "2", "--sidecar", str(text), "-q", str(scan), str(out)],
        ONE_THREAD,
    )
    if done.code:
        raise SystemExit(done.output)
    return Measure(done, error_rate(truth, text.read_text(encoding="utf-8")), out.stat().st_size)


class Budget:
    """Rounds as long as there is time for one more like the longest so far."""

    def __init__(self, minutes: float) -> None:
        self._ends = time.monotonic() + 60 * minutes

    def rounds(self, most: int, share: float) -> Iterator[int]:
        """Up to `most` rounds within this share of what is left; at least one."""
        began = time.monotonic()
        ends = began + share * max(0.0, self._ends - began)
        longest = 0.0
        for number in range(most):
            if number and time.monotonic() + longest > ends:
                return
            this = time.monotonic()
            yield number
            longest = max(longest, time.monotonic() - this)


def compare(kinds: list[str], pages: int, rounds: int, peer_pages: int, budget: Budget) -> None:
    """`peer_pages` 0: without the peer. The order turns round from round to round."""
    print(
        "| kind | who | pages | rounds | pages/s | against floor | against peer | CPU s/page | CER % | peak MiB | size |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for left, kind in zip(range(len(kinds), 0, -1), kinds, strict=True):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            scan = make(folder / f"{kind}.pdf", "--pages", str(pages), "--kind", kind)
            truth = scan.with_suffix(".gt.txt").read_text(encoding="utf-8")
            pictures = pictures_of(scan, folder)
            few, few_truth = first_pages(scan, truth, peer_pages, folder)
            who: dict[str, Callable[[], Measure]] = {
                "floor": lambda: measure_floor(pictures, truth, folder),  # noqa: B023 (called within the round)
                "ours": lambda: measure_ours(scan, truth, folder),  # noqa: B023 - called within the round
                "peer": lambda: measure_peer(few, few_truth, folder),  # noqa: B023 - called within the round
            }
            if not peer_pages:
                who.pop("peer")
            found: dict[str, list[Measure]] = {name: [] for name in who}
            for number in budget.rounds(rounds, 1 / left):
                for name in list(who)[:: 1 if number % 2 == 0 else -1]:
                    found[name].append(who[name]())
            counts = {name: min(pages, peer_pages) if name == "peer" else pages for name in who}
            rows(kind, counts, {"ours": scan.stat().st_size, "peer": few.stat().st_size}, found)


def first_pages(scan: Path, truth: str, count: int, folder: Path) -> tuple[Path, str]:
    target = folder / "few.pdf"
    with pikepdf.open(scan) as whole, pikepdf.new() as few:
        few.pages.extend(whole.pages[: max(1, count)])
        few.save(target)
    return target, "\f".join(truth.split("\f")[: max(1, count)])


def rows(kind: str, pages: dict[str, int], sizes: dict[str, int], found: dict[str, list[Measure]]) -> None:
    speed = {
        name: pages[name] / statistics.median(m.run.seconds for m in all_) for name, all_ in found.items()
    }
    for name, all_ in found.items():
        cpu = statistics.median(m.run.cpu_seconds for m in all_) / pages[name]
        peak = max(m.run.peak_bytes for m in all_) / 2**20
        peer = f"{speed[name] / speed['peer']:.2f}" if "peer" in speed else "–"
        share = f"{all_[0].size / sizes[name]:.2f}" if all_[0].size else "–"
        print(
            f"| {kind} | {name} | {pages[name]} | {len(all_)} | {speed[name]:.2f} | {speed[name] / speed['floor']:.2f} "
            f"| {peer} | {cpu:.2f} | {100 * all_[0].error:.2f} | {peak:.0f} | {share} |",
            flush=True,
        )


def drawings(resolutions: list[str]) -> None:
    print("| A0 drawing | seconds | peak MiB | labels found | said twice | size |")
    print("|---|---|---|---|---|---|")
    for dpi in resolutions:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            scan = make(folder / f"a0-{dpi}.pdf", "--drawing", dpi)
            labels = [
                folded(line) for line in scan.with_suffix(".gt.txt").read_text(encoding="utf-8").splitlines()
            ]
            done = ours(scan, folder / "out")
            if done.code:
                raise SystemExit(done.output)
            text = folded((folder / "out" / f"{scan.stem}.txt").read_text(encoding="utf-8"))
            labels = [label.rsplit(" ", 1)[0] for label in labels]
            hits = sum(label in text for label in labels)
            twice = sum(max(0, text.count(label) - labels.count(label)) for label in set(labels))
            size = (folder / "out" / f"{scan.stem}.pdf").stat().st_size / scan.stat().st_size
            print(
                f"| {dpi} dpi | {done.seconds:.1f} | {done.peak_bytes / 2**20:.0f} "
                f"| {hits}/{len(labels)} | {twice} | {size:.2f} |",
                flush=True,
            )


def long_record(counts: list[int], kind: str) -> None:
    print("| pages | seconds | pages/s | CPU s/page | peak MiB | CER % | times the seconds of the first |")
    print("|---|---|---|---|---|---|---|")
    first = 0.0
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            scan = make(Path(place) / "long.pdf", "--pages", str(count), "--kind", kind)
            truth = scan.with_suffix(".gt.txt").read_text(encoding="utf-8")
            got = measure_ours(scan, truth, Path(place))
            seconds, cpu = got.run.seconds, got.run.cpu_seconds / count
            first = first or seconds
            print(
                f"| {count} | {seconds:.0f} | {count / seconds:.2f} | {cpu:.2f} "
                f"| {got.run.peak_bytes / 2**20:.0f} | {100 * got.error:.2f} | {seconds / first:.2f} |",
                flush=True,
            )


def gazette(resolutions: list[str], pages: int) -> None:
    """Draw real pages with a text layer and read them again. The layer is the truth, in its own order of lines."""
    print("| gazette drawn at | pages | CER % ours | CER % floor |")
    print("|---|---|---|---|")
    for dpi in resolutions:
        with tempfile.TemporaryDirectory() as place:
            folder, truths, pictures = Path(place), [], []
            for source in sorted((SHARED / "data" / "scans").glob("gazette_text_layer_*.pdf")):
                document = pypdfium2.PdfDocument(source)
                for number in range(2, min(len(document), 2 + pages)):
                    picture = folder / f"{source.stem}-{number:03d}.png"
                    document[number].render(scale=int(dpi) / 72, grayscale=True).to_pil().save(
                        picture, dpi=(int(dpi),) * 2
                    )
                    pictures.append(picture)
                    truths.append(document[number].get_textpage().get_text_range())
            truth = "\f".join(truths)
            floor = measure_floor(pictures, truth, folder)
            done = ours(pictures[0], folder / "out", *map(str, pictures[1:]), "--together", "all")
            if done.code:
                raise SystemExit(done.output)
            text = (folder / "out" / "all.txt").read_text(encoding="utf-8")
            print(
                f"| {dpi} dpi | {len(pictures)} | {100 * error_rate(truth, text):.2f} | {100 * floor.error:.2f} |",
                flush=True,
            )


def real() -> None:
    import json

    print("| real scan | pages | s | pages/s | unread | blank | mean confidence | peak MiB |")
    print("|---|---|---|---|---|---|---|---|")
    for source in sorted((SHARED / "data" / "scans").glob("scan_*.pdf")):
        with tempfile.TemporaryDirectory() as place:
            done = ours(source, Path(place))
            pages = json.loads((Path(place) / f"{source.stem}.json").read_text(encoding="utf-8"))["pages"]
            read = [page["confidence"] for page in pages if page["state"] == "recognised"]
            states = [page["state"] for page in pages]
            print(
                f"| {source.name} | {len(pages)} | {done.seconds:.0f} | {len(pages) / done.seconds:.2f} "
                f"| {states.count('unread') + states.count('lost')} | {states.count('blank')} | {statistics.mean(read):.1f} "
                f"| {done.peak_bytes / 2**20:.0f} |",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kinds", default="noisy,clean,bilevel")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-pages", type=int, default=20)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--drawings")
    parser.add_argument("--long")
    parser.add_argument("--gazette")
    parser.add_argument("--real", action="store_true")
    args = parser.parse_args()
    if not CORPUS.is_file():
        raise SystemExit("this benchmark needs ../shared/tools/scan_corpus.py")
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        _kept.append(args.keep)
    if args.drawings:
        drawings(args.drawings.split(","))
    elif args.long:
        long_record([int(count) for count in args.long.split(",")], args.kinds.split(",")[0])
    elif args.gazette:
        gazette(args.gazette.split(","), args.pages)
    elif args.real:
        real()
    else:
        peer_pages = 0 if args.no_peer else min(args.peer_pages, args.pages)
        compare(args.kinds.split(","), args.pages, args.rounds, peer_pages, Budget(args.minutes))


if __name__ == "__main__":
    main()
