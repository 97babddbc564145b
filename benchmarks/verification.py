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
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

WHOLE, NOT_WHOLE, UNKNOWN = "whole", "not whole", "cannot say"
_DEADLINE = 30
_NOT_LISTED = "not listed"


def main(folder: Path) -> int:
    counts: Counter[str] = Counter()
    differences: dict[str, list[tuple[str, str]]] = {}
    slowest: list[tuple[float, str]] = []
    for path in sorted(folder.rglob("*.pdf")):
        began = time.process_time()
        ours = our_findings(path)
        slowest.append((time.process_time() - began, path.name))
        counts["files"] += 1
        others = {"pdfsig": pdfsig(path), "pyHanko": pyhanko(path)}
        for key, finding in ours.items():
            counts["signatures"] += 1
            counts[finding.word] += 1
            for name, theirs in others.items():
                said = theirs.get(key, Finding(UNKNOWN, _NOT_LISTED))
                if said.word == finding.word:
                    counts[f"agrees with {name}"] += 1
                else:
                    title = class_of(finding, said, name)
                    differences.setdefault(title, []).append(
                        (name, f"{path.name}: {key[0] or 'in no field'}")
                    )
    report(counts, differences, sorted(slowest, reverse=True)[:3])
    return (
        1 if any(title.startswith("NOT EXPLAINED") for title in differences) or len(differences) > 12 else 0
    )


@dataclass(frozen=True)
class Finding:
    word: str
    why: str = ""


#: A signature is known by its field's name and which of that name it is: the programs list them in different orders.
Key = tuple[str, int]


def our_findings(path: Path) -> dict[Key, Finding]:
    from motcua.documents.adapters.verification.reader import read_signatures
    from motcua.documents.adapters.verification.trust import Trust
    from motcua.documents.rules.signatures.findings import Indication, Sub

    reading = read_signatures(path.read_bytes(), trust=Trust(), at=datetime.now(UTC))
    odd = (Sub.FORMAT_FAILURE, Sub.ADDITION_UNREADABLE, Sub.NOT_PERMITTED)
    return _keyed(
        (
            one.field,
            Finding(
                NOT_WHOLE if one.indication is Indication.FAILED else UNKNOWN if one.sub in odd else WHOLE,
                f"{one.integrity}/{one.sub}",
            ),
        )
        for one in reading.signatures
    )


def _keyed(found: Iterable[tuple[str, Finding]]) -> dict[Key, Finding]:
    seen: Counter[str] = Counter()
    keyed = {}
    for name, finding in found:
        keyed[name, seen[name]] = finding
        seen[name] += 1
    return keyed


def pdfsig(path: Path) -> dict[Key, Finding]:
    try:
        done = subprocess.run(
            ["pdfsig", "-nocert", str(path)],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_DEADLINE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {}
    blocks = re.split(r"^Signature #\d+:$", done.stdout, flags=re.M)[1:]
    return _keyed((_said("Signature Field Name", block), _of_pdfsig(block)) for block in blocks)


def _said(title: str, block: str) -> str:
    match = re.search(rf"{title}: (.*)", block)
    return match[1].strip() if match else ""


def _of_pdfsig(block: str) -> Finding:
    word = _said("Signature Validation", block)
    if word.startswith("Signature is Valid"):
        return Finding(WHOLE)
    kind = _said("Signature Type", block)
    return Finding(NOT_WHOLE if "Invalid" in word or "Mismatch" in word else UNKNOWN, f"{word} {kind}")


def pyhanko(path: Path) -> dict[Key, Finding]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(path.read_bytes()), strict=False)
        if reader.security_handler is not None:
            reader.decrypt(b"")
        return _keyed((one.field_name or "", _of_pyhanko(one)) for one in reader.embedded_signatures)
    except Exception:
        return {}


def _of_pyhanko(one: Any) -> Finding:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko_certvalidator import ValidationContext

    judge = validate_pdf_timestamp if one.sig_object_type == "/DocTimeStamp" else validate_pdf_signature
    try:
        status = judge(one, ValidationContext(trust_roots=[]))
    except Exception as refusal:
        return Finding(UNKNOWN, f"refused {type(refusal).__name__} {refusal}")
    changed = status.modification_level is ModificationLevel.OTHER
    if status.intact and status.valid and not changed:
        return Finding(WHOLE)
    return Finding(NOT_WHOLE, "modified" if status.intact and status.valid else "not intact")


def class_of(ours: Finding, theirs: Finding, name: str) -> str:
    """Why two validators differ; one file of each class was looked at, see docs/benchmarks.md."""
    form = ours.why.endswith("/FORMAT_FAILURE")
    if theirs.why == _NOT_LISTED:
        return " 1 not listed: it stands in no field of the form, or the file cannot be opened"
    if theirs.word == UNKNOWN and ours.word == NOT_WHOLE and form:
        return " 2 the container cannot be read, by us neither"
    if name == "pdfsig" and theirs.word == UNKNOWN:
        return _unknown_to_pdfsig(theirs)
    if theirs.word == UNKNOWN:
        return (
            " 5 pyHanko stops with an error (references into nothing, its stricter rules for names and kinds)"
        )
    if ours.word == UNKNOWN:
        return " 6 we say 'cannot conclude': strange padding, or objects in later revisions against the rules"
    if ours.word == WHOLE and name == "pyHanko" and theirs.why == "modified":
        return " 7 additions compared by what they show; pyHanko refuses by a list of what is allowed"
    if ours.word == NOT_WHOLE and ours.why.endswith("/CONTENT_CHANGED"):
        return " 8 the signed revision alone is judged; the file at hand no longer shows it"
    if ours.word == NOT_WHOLE and form:
        return " 9 bytes left uncovered, a second signer or an odd digest forgiven"
    if ours.why.startswith("key_differs"):
        return "10 the named algorithm is not held against the one used"
    if ours.word == WHOLE and theirs.why.startswith("Digest Mismatch"):
        return "11 pdfsig digests data carried inside the container, not the covered bytes"
    return f"NOT EXPLAINED {name}: {theirs.word} ({theirs.why[:60]}), we: {ours.word} ({ours.why})"


def _unknown_to_pdfsig(theirs: Finding) -> str:
    if theirs.why.endswith("unknown"):
        return " 3 pdfsig does not judge document time stamps (RFC 3161)"
    return " 4 algorithms, encryption or containers that NSS cannot work with"


def report(
    counts: Counter[str],
    differences: dict[str, list[tuple[str, str]]],
    slowest: list[tuple[float, str]],
) -> None:
    for name, number in counts.items():
        print(f"{name:24} {number:5}")
    print(f"\n{'pdfsig':>6} {'pyHanko':>7}  class of difference (one signature)")
    for title, found in sorted(differences.items()):
        who = Counter(name for name, _ in found)
        print(f"{who['pdfsig']:6} {who['pyHanko']:7}  {title} ({found[0][1]})")
    print("\nslowest:", ", ".join(f"{name} {seconds:.2f} s" for seconds, name in slowest))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: script/bench verification FOLDER")
    sys.exit(main(Path(sys.argv[1])))
