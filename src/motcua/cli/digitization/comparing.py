"""`motcua digitize compare`: what was received beside its archive copy, the most different pages first."""

import sys
from pathlib import Path

import click


@click.command("compare")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--worst", default=20, show_default=True, help="Số trang khác nhiều nhất được liệt kê.")
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Ghi ảnh bản gốc | bản lưu trữ | chỗ khác của các trang đó.",
)
@click.option(
    "--most",
    default=0.02,
    show_default=True,
    help="Phần mực khác nhau tối đa của một trang; quá thì mã thoát 1.",
)
@click.option(
    "--most-bytes",
    default=1.2,
    show_default=True,
    help="Bản lưu trữ nặng tối đa mấy lần tệp đã nhận (thêm 16 kB cho mỗi tệp).",
)
def command(folder: Path, worst: int, pictures: Path | None, most: float, most_bytes: float) -> None:
    """So từng trang đã nhận với bản lưu trữ trong FOLDER, là thư mục kết quả của `motcua digitize -o FOLDER`.

    Mã thoát: 0 mọi trang giống; 1 có trang khác hoặc bản lưu trữ quá nặng; 2 không có gì để so.
    """
    from motcua.documents.digitization import compare_folder

    found = compare_folder(folder, fixed_bytes=16 << 10)
    if not found.sizes:
        raise click.ClickException(f"Không có kết quả số hóa nào trong {folder}.")
    click.echo(
        f"{len(found.sizes)} hồ sơ, {len(found.pages)} trang: "
        f"{found.share_within(most):.1%} trang khác không quá {most:.0%} mực; "
        f"bản lưu trữ nặng {found.total_ratio:.2f} lần, {found.count_heavier(most_bytes)} hồ sơ quá {most_bytes} lần."
    )
    for page in found.worst(worst):
        note = f" ({page.note})" if page.note else ""
        click.echo(f"{page.part:8.2%}  {page.record} trang {page.number}{note}")
        if pictures is not None:
            found.write_picture(page, pictures)
    for size in found.heaviest(most_bytes, worst):
        click.echo(f"{size.ratio:7.2f}×  {size.record}: {size.before} → {size.after} byte")
    sys.exit(0 if found.holds(most, most_bytes) else 1)
