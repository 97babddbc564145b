"""`motcua digitize watch`: what a scanner or a colleague lays into a folder comes into the system."""

import signal
import threading
from pathlib import Path

import click


@click.command("watch")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--counter", required=True, metavar="CODE", help="Mã cơ quan, hoặc mã cơ quan/quầy: H99.11/2.")
@click.option("--pause", default=3.0, show_default=True, help="Số giây giữa hai lần xem thư mục.")
@click.option("--settled", default=5.0, show_default=True, help="Số giây tệp phải đứng yên mới được lấy.")
@click.option("--once", is_flag=True, help="Xem một lần rồi thôi.")
def command(folder: Path, counter: str, pause: float, settled: float, once: bool) -> None:
    """Nhận tệp quét từ FOLDER: tệp đang ghi dở được để yên, tệp trùng được nhận ra, tệp hỏng kèm lý do."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import queries as directory
    from motcua.documents import services
    from motcua.kernel.errors import DomainError

    code, _, window = counter.partition("/")
    try:
        agency = directory.agency(code)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from None
    over = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: over.set())
    while True:
        taken = services.pick_up(agency_id=agency.id, folder=folder, counter=window, settled_seconds=settled)
        for one in taken:
            said = "đã nhận" if one.batch_id else one.problem or "đã có từ trước"
            click.echo(f"{one.name}: {said}")
        if once or over.wait(pause):
            return
