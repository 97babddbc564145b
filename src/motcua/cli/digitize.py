"""`motcua digitize`: paper, photographs and files become searchable archive files, without a server."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from motcua.documents.digitization import Options, RecordResult, digitize_record, record_names
from motcua.kernel.errors import DomainError

_FAILED_PAGES = 1
_REFUSED_INPUT = 2


class _FilesOrWatch(click.Command):
    """`digitize watch …` and `digitize compare …` are other commands; everything else is files."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        if args[:1] == ["compare"]:
            from motcua.cli.digitization.comparing import command as comparing

            return comparing.make_context(f"{info_name} compare", args[1:], parent, **extra)
        if args[:1] == ["watch"]:
            from motcua.cli.digitization.watching import (
                command as watching,  # needs the database, this file does not
            )

            return watching.make_context(f"{info_name} watch", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)


@click.command("digitize", cls=_FilesOrWatch)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "-o", required=True, type=click.Path(file_okay=False, path_type=Path), help="Thư mục kết quả."
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    help="Số trang xử lý song song.",
)
@click.option("--lang", default="vie", show_default=True, help="Mô hình Tesseract: vie, Vietnamese, vie+eng…")
@click.option("--together", metavar="TÊN", help="Ghép mọi tệp vào một hồ sơ có tên này, theo thứ tự đã cho.")
@click.option(
    "--page-timeout", type=float, default=120.0, show_default=True, help="Số giây tối đa cho một trang A4."
)
@click.option("--quiet", "-q", is_flag=True, help="Không hiện thanh tiến độ.")
@click.option("--engine", default="tesseract", hidden=True)
def command(
    inputs: tuple[Path, ...],
    out: Path,
    jobs: int,
    lang: str,
    together: str | None,
    page_timeout: float,
    quiet: bool,
    engine: str,
) -> None:
    """Số hóa PDF, TIFF, JPEG, PNG, HEIC, WebP, DOCX, ODT thành PDF/A-2b có lớp chữ, văn bản, hOCR, ALTO và JSON.

    Tệp như đã nhận luôn được giữ nguyên trong TÊN.received. Hai tệp trùng tên ra hai kết quả; không kết quả nào thay kết
    quả của tệp khác. Chạy lại sau khi bị dừng giữa chừng thì tiếp tục từ trang dở dang. Mã thoát: 0 mọi trang đều đọc
    được; 1 một phần không đọc được (trang được nêu tên); 2 có tệp bị từ chối.

    `motcua digitize watch FOLDER --counter CODE` nhận tệp từ thư mục của máy quét vào hệ thống.
    `motcua digitize compare FOLDER` so từng trang đã nhận với bản lưu trữ trong một thư mục kết quả.
    """
    options = Options(language=lang, engine=engine, page_timeout=page_timeout)
    out.mkdir(parents=True, exist_ok=True)
    worst = 0
    for name, files in _records(inputs, together, out):
        worst = max(worst, _one_record(name, files, out, options, jobs, quiet=quiet))
    sys.exit(worst)


def _records(inputs: Sequence[Path], together: str | None, out: Path) -> Iterable[tuple[str, list[Path]]]:
    """Name and files of each record; what is no file is refused later, under its own name."""
    if together:
        return [(together, list(inputs))]
    files = list({path.absolute(): path for path in inputs if path.is_file()}.values())
    names = dict(zip(files, record_names(files, out), strict=True))
    missing = [path for path in inputs if not path.is_file()]
    return [(names[path], [path]) for path in files] + [(path.name, [path]) for path in missing]


def _one_record(name: str, files: list[Path], out: Path, options: Options, jobs: int, *, quiet: bool) -> int:
    try:
        for path in files:
            if not path.is_file():
                raise click.ClickException(f"Không có tệp {path}.")
        result = _with_bar(name, files, out, options, jobs, quiet=quiet)
    except DomainError as refusal:
        advice = f" {refusal.advice}" if refusal.advice else ""
        click.echo(f"{name}: {refusal.sentence()}{advice}", err=True)
        return _REFUSED_INPUT
    except click.ClickException as refusal:
        click.echo(f"{name}: {refusal.message}", err=True)
        return _REFUSED_INPUT
    return _report(result)


def _with_bar(
    name: str, files: list[Path], out: Path, options: Options, jobs: int, *, quiet: bool
) -> RecordResult:
    if quiet or not sys.stderr.isatty():
        return digitize_record(files, out, name, options, jobs=jobs)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("trang"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=None)
        return digitize_record(
            files,
            out,
            name,
            options,
            jobs=jobs,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _report(result: RecordResult) -> int:
    state = "đã có sẵn" if result.was_already_done else "xong"
    if result.problems:
        state = f"một phần không đọc được ({len(result.problems)} trên {result.pages} trang)"
    click.echo(
        f"{result.name}: {state}, {result.pages} trang"
        + (", tệp ký số được giữ nguyên" if result.is_signed else "")
    )
    for problem in result.problems:
        click.echo(f"{result.name}: {problem.sentence}", err=True)
    for number in result.unsure_directions:
        click.echo(
            f"{result.name}: Trang {number}: chưa rõ chiều giấy, để nguyên như đã nhận; cần người xem.",
            err=True,
        )
    if result.handwritten:
        places = sum(result.handwritten.values())
        pages = ", ".join(map(str, result.handwritten))
        click.echo(
            f"{result.name}: {places} chỗ viết tay không đọc, không đưa vào văn bản (trang {pages}).",
            err=True,
        )
    return _FAILED_PAGES if result.problems else 0
