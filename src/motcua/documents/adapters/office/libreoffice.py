"""LibreOffice without a window: DOCX, ODT and their relatives become PDF."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from motcua.documents.adapters.decoding.limits import Limits
from motcua.documents.adapters.decoding.programs import run_program
from motcua.documents.rules.digitization.refusals import ConversionFailed, ConverterMissing

_LIMITS = Limits(seconds=60, memory=4 << 30, written=1 << 30, open_files=1024, may_run_programs=True)


def program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(path: Path, folder: Path) -> Path:
    """The PDF of an office document, made once and kept in `folder`. Macros never run: the profile is new and empty."""
    wanted = folder / f"{path.stem}.converted.pdf"
    if wanted.is_file():
        return wanted
    command = program()
    if command is None:
        raise ConverterMissing(name=path.name)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as passing:
        profile = f"-env:UserInstallation=file://{Path(passing).resolve()}/profile"
        arguments = [
            command,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            passing,
            str(path),
        ]
        try:
            run_program(arguments, _LIMITS)
        except (subprocess.SubprocessError, OSError) as error:
            raise ConversionFailed(name=path.name) from error
        made = Path(passing) / f"{path.stem}.pdf"
        if not made.is_file():
            raise ConversionFailed(name=path.name)
        made.replace(wanted)
    return wanted
