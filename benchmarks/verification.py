"""`script/bench verification FOLDER`: our judge beside poppler's pdfsig and pyHanko's validator, signature by signature.

Only the first finding is compared (is the signed content whole?): all three are asked without any trusted root. What each
difference comes from is named by one of the classes below; a difference of no class fails the run.
"""

import logging
import re
import subprocess
import sys
import time
import warnings
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

warnings.simplefilter("ignore")
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

WHOLE, NOT_WHOLE, UNKNOWN = "whole", "not whole", "cannot say"
_DEADLINE = 30


def main(folder: Path) -> int:
    counts: Counter[str] = Counter()
    differences: dict[str, list[str]] = {}
    slowest: list[tuple[float, str]] = []
    for path in sorted(folder.rglob("*.pdf")):
        began = time.process_time()
        ours, why, notes = our_findings(path)
        slowest.append((time.process_time() - began, path.name))
        counts["files"] += 1
        others = {"pdfsig": pdfsig(path), "pyHanko": pyhanko(path)}
        for end, finding in sorted(ours.items()):
            counts["signatures"] += 1
            counts[finding] += 1
            for name, theirs in others.items():
                said = theirs.get(end, UNKNOWN)
                if said == finding:
                    counts[f"agrees with {name}"] += 1
                else:
                    title = class_of(finding, said, name, why[end], notes)
                    differences.setdefault(title, []).append(f"{path.name}")
    report(counts, differences, sorted(slowest, reverse=True)[:3])
    return (
        1 if any(title.startswith("NOT EXPLAINED") for title in differences) or len(differences) > 12 else 0
    )


def our_findings(path: Path) -> tuple[dict[int, str], dict[int, str], set[str]]:
    from motcua.documents.adapters.verification.reader import read_signatures
    from motcua.documents.adapters.verification.trust import Trust
    from motcua.documents.rules.signatures.findings import Indication, Sub

    reading = read_signatures(path.read_bytes(), trust=Trust(), at=datetime.now(UTC))
    found, why, notes = {}, {}, set()
    for number, one in enumerate(reading.signatures):
        odd = one.sub in (Sub.FORMAT_FAILURE, Sub.ADDITION_UNREADABLE, Sub.NOT_PERMITTED)
        found[number] = NOT_WHOLE if one.indication is Indication.FAILED else UNKNOWN if odd else WHOLE
        why[number] = f"{one.integrity}/{one.sub}"
        notes |= {str(each.kind) for each in one.after.added}
    return found, why, notes


def pdfsig(path: Path) -> dict[int, str]:
    try:
        done = subprocess.run(
            ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, timeout=_DEADLINE, check=False
        )
    except subprocess.TimeoutExpired:
        return {}
    words = re.findall(r"Signature Validation: (.*)", done.stdout)
    return dict(enumerate(_of_pdfsig(word) for word in words))


def _of_pdfsig(word: str) -> str:
    if word.startswith("Signature is Valid"):
        return WHOLE
    return NOT_WHOLE if "Invalid" in word or "Mismatch" in word else UNKNOWN


def pyhanko(path: Path) -> dict[int, str]:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko_certvalidator import ValidationContext

    found: dict[int, str] = {}
    try:
        reader = PdfFileReader(BytesIO(path.read_bytes()), strict=False)
        if reader.security_handler is not None:
            reader.decrypt(b"")
        signatures = sorted(
            reader.embedded_signatures, key=lambda one: int(one.byte_range[2]) + int(one.byte_range[3])
        )
    except Exception:
        return found
    for number, one in enumerate(signatures):
        try:
            judge = (
                validate_pdf_timestamp if one.sig_object_type == "/DocTimeStamp" else validate_pdf_signature
            )
            status = judge(one, ValidationContext(trust_roots=[]))
            changed = status.modification_level is ModificationLevel.OTHER
            found[number] = WHOLE if status.intact and status.valid and not changed else NOT_WHOLE
        except Exception:
            found[number] = UNKNOWN
    return found


def class_of(ours: str, theirs: str, name: str, why: str, notes: set[str]) -> str:
    """Why two validators differ; each class was looked at in one file."""
    if theirs == UNKNOWN:
        return (
            f"1 {name} does not judge it (unreadable to it, other kind of signature, listed in another order)"
        )
    if ours == UNKNOWN:
        return f"2 {name} judges, we say 'cannot conclude': strange padding, or additions that follow no rule or permission"
    if ours == WHOLE and name == "pyHanko":
        return (
            "3 additions that we compare by what they show and pyHanko refuses by a list of what is allowed"
        )
    if ours == NOT_WHOLE and why.endswith("/CONTENT_CHANGED"):
        return f"4 {name} judges the signed revision alone, we see that the file at hand no longer shows it"
    if ours == NOT_WHOLE and why.startswith(("unreadable", "partial")):
        return f"5 {name} forgives a byte range or container that leaves bytes uncovered"
    if ours == NOT_WHOLE and why.startswith("key_differs"):
        return f"6 {name} does not check the named algorithm against the one used"
    if ours == WHOLE and name == "pdfsig":
        return "7 algorithms NSS does not know or no longer allows; encrypted containers"
    return f"NOT EXPLAINED {name}: {theirs}, we: {ours} ({why})"


def report(counts: Counter[str], differences: dict[str, list[str]], slowest: list[tuple[float, str]]) -> None:
    for name, number in counts.items():
        print(f"{name:24} {number:5}")
    print(f"\n{'files':>5}  {'signatures':>10}  class of difference (one file)")
    for title, files in sorted(differences.items()):
        print(f"{len(set(files)):5}  {len(files):10}  {title} ({files[0]})")
    print("\nslowest:", ", ".join(f"{name} {seconds:.2f} s" for seconds, name in slowest))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: script/bench verification FOLDER")
    sys.exit(main(Path(sys.argv[1])))
