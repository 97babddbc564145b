"""Born-digital PDFs become PDF/A-2b through Ghostscript, when it is installed: fonts embedded, programs and attachments gone."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf

from motcua.documents.adapters.decoding.limits import Limits
from motcua.documents.adapters.decoding.programs import run_program
from motcua.documents.adapters.pdf.writer import colour_profile, description

#: And a second more for each megabyte: an honest file of this size needs no more.
_LIMITS = Limits(seconds=60, memory=4 << 30, written=4 << 30, open_files=256, may_run_programs=True)
_SETTINGS = (
    "-q",
    "-dSAFER",
    "-dBATCH",
    "-dNOPAUSE",
    "-sDEVICE=pdfwrite",
    "-dPDFA=2",
    "-dPDFACompatibilityPolicy=1",
    "-sColorConversionStrategy=RGB",
    "-dAutoRotatePages=/None",
    "-dPreserveAnnots=false",
    "-dDownsampleColorImages=false",
    "-dDownsampleGrayImages=false",
    "-dDownsampleMonoImages=false",
)


def archived(source: Path, target: Path, title: str) -> bool:
    """Write the archive form of `source` to `target`. False if it cannot be had: no Ghostscript, it gave up or lost pages."""
    program = shutil.which("gs")
    if program is None:
        return False
    with tempfile.TemporaryDirectory(dir=target.parent) as passing:
        made = Path(passing) / "made.pdf"
        arguments = [program, *_SETTINGS, f"-sOutputFile={made}", str(source)]
        try:
            run_program(arguments, _LIMITS.for_size(source.stat().st_size, bytes_per_second=1 << 20))
            return _finished(made, source, target, title)
        except (subprocess.SubprocessError, OSError, pikepdf.PdfError):
            return False


def _finished(made: Path, source: Path, target: Path, title: str) -> bool:
    """Our own description and colour profile, nothing that depends on the hour."""
    with pikepdf.open(made) as pdf, pikepdf.open(source) as before:
        if len(pdf.pages) != len(before.pages) or not all(_embedded(page) for page in pdf.pages):
            return False
        profile = pdf.make_stream(colour_profile(), N=3)
        pdf.Root.OutputIntents = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFA1,
                    OutputConditionIdentifier=pikepdf.String("sRGB"),
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            ]
        )
        pdf.Root.Metadata = pdf.make_stream(
            description(title), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        if "/Info" in pdf.trailer:
            del pdf.trailer.Info
        pdf.remove_unreferenced_resources()
        pdf.save(target, deterministic_id=True, compress_streams=True, preserve_pdfa=False, linearize=False)
    return True


def _embedded(page: pikepdf.Page) -> bool:
    fonts = page.resources.get("/Font", pikepdf.Dictionary())
    return all(_has_file(font) for _, font in fonts.items())


def _has_file(font: pikepdf.Object) -> bool:
    if str(font.get("/Subtype", "")) == "/Type3":
        return True
    if "/DescendantFonts" in font:
        font = font.DescendantFonts[0]
    described = font.get("/FontDescriptor")
    return described is not None and any(
        key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
