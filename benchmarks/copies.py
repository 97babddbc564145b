"""`script/bench copies FOLDER [--jobs 2] [--out OUT]`: digitize a folder, then hold the copies against what was received.

Told: pages that look alike, the most different ones, weights, and two partial checks of PDF/A that share no code: our own
on the objects of the file (`violations`, which says what it does not see), and poppler's programs (`pdfinfo`: syntax,
encryption, programs; `pdffonts`: fonts are in the file). Neither looks into glyphs and widths, ICC profiles or JPEG 2000; an
independent validator of PDF/A-2 (veraPDF) is in none of the package sources at hand.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from motcua.documents.adapters.pdf.conformance import violations
from motcua.documents.digitization import Options, compare_folder, digitize_record, record_names
from motcua.documents.pipeline.comparing import archive_of, records_in
from motcua.kernel.errors import DomainError

_ENDINGS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".webp", ".heic"})
_FIXED_BYTES = 16 << 10
_MOST, _MOST_BYTES = 0.02, 1.2


def main(folder: Path, out: Path, jobs: int) -> int:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
    refused: Counter[str] = Counter()
    for path, name in zip(files, record_names(files, out), strict=True):
        try:
            digitize_record([path], out, name, Options(), jobs=jobs)
        except DomainError as refusal:
            refused[refusal.code] += 1
        except Exception as crash:  # told with the others: the rest of the folder is still worth measuring
            refused[f"CRASHED {type(crash).__name__} in {path.name}"] += 1
    found = compare_folder(out, fixed_bytes=_FIXED_BYTES)
    print(
        f"{len(files)} files, {len(found.sizes)} records, {len(found.pages)} pages; refused: {dict(refused)}"
    )
    print(
        f"{found.share_within(_MOST):.1%} of pages differ in at most {_MOST:.0%} of their ink; "
        f"{found.total_ratio:.2f} of the bytes"
    )
    for page in found.worst(15):
        print(f"  {page.part:7.2%} {page.record} page {page.number} {page.note}")
    for size in found.heaviest(_MOST_BYTES, 15):
        print(f"  {size.ratio:6.2f}x {size.record}: {size.before} -> {size.after}")
    ours, theirs = Counter[str](), Counter[str]()
    for record in records_in(out):
        path = archive_of(record, out)
        ours.update({re.sub(r" \(.*", "", one) for one in violations(path)} or {"none"})
        theirs.update(poppler(path) or {"none"})
    print("our check:", dict(ours))
    print("poppler:", dict(theirs))
    return 0


def poppler(path: Path) -> set[str]:
    """What poppler's programs say against the file."""
    said = subprocess.run(
        ["pdfinfo", str(path)], capture_output=True, text=True, errors="replace", check=False
    )
    found = {f"pdfinfo: {line}" for line in said.stderr.splitlines() if "Syntax Error" in line}
    values = dict(line.split(":", 1) for line in said.stdout.splitlines() if ":" in line)
    found |= {
        f"pdfinfo: {key}" for key in ("Encrypted", "JavaScript") if values.get(key, "no").strip() != "no"
    }
    fonts = subprocess.run(
        ["pdffonts", str(path)], capture_output=True, text=True, errors="replace", check=False
    )
    rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
    if any(row[-5] == "no" for row in rows if len(row) >= 6):
        found.add("pdffonts: a font is only named")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        sys.exit(main(asked.folder, asked.out, asked.jobs))
    with tempfile.TemporaryDirectory() as passing:
        sys.exit(main(asked.folder, Path(passing), asked.jobs))
