"""Messages through the outbox: put in transactions of their own, then claimed, sent and noted by lanes side by side.

usage: outbox.py [--messages 6000] [--subjects 500] [--lanes 2]

The other side answers at once over a real socket on this machine, so that what is measured is the outbox: claim under a lease,
send outside every transaction, note the receipt. Works in a database of its own beside the one DATABASE_URL names, dropped at the
end. Wanted: 300 messages a second.
"""

import argparse
import os
import socket
import socketserver
import sys
import threading
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]

from benchmarks import dossiers_database as database  # noqa: E402 - the path comes first

NAME = "benchmark.there"


class Answering(socketserver.StreamRequestHandler):
    """Takes a line, says it back: one connection a message, as HTTP or SMTP would at best."""

    def handle(self) -> None:
        self.wfile.write(b"taken " + self.rfile.readline())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--messages", type=int, default=6000)
    parser.add_argument("--subjects", type=int, default=500, help="messages of one subject leave in order")
    parser.add_argument("--lanes", type=int, default=2)
    asked = parser.parse_args()
    with database.server() as server:
        target = database.of_size(server, 0).replace("_0", "_outbox")
        database.make(server, target)
        try:
            run(target, asked.messages, asked.subjects, asked.lanes)
        finally:
            database.drop(server, target)


def run(target: str, messages: int, subjects: int, lanes: int) -> None:
    from motcua.cli import environment

    os.environ["DATABASE_URL"] = target
    os.environ["MOTCUA_LOG_LEVEL"] = "WARNING"
    environment.complete()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections, transaction

    from motcua.kernel import outbox
    from motcua.kernel.models import OutboxMessage
    from motcua.kernel.outbox import Destination, Outgoing

    call_command("migrate", verbosity=0)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as there:
        threading.Thread(target=there.serve_forever, daemon=True).start()

        def send(message: Outgoing) -> str:
            with socket.create_connection(there.server_address, timeout=10) as line:  # type: ignore[arg-type]  # IPv4
                line.sendall(f"{message.key}\n".encode())
                return line.makefile().readline().strip()

        outbox.register(Destination(NAME, send, lambda _: None, lanes=lanes))
        began = time.monotonic()
        for number in range(messages):
            with transaction.atomic():
                outbox.put(
                    destination=NAME,
                    key=str(number),
                    reference=f"test:{number}",
                    subject=str(number % subjects),
                )
        put = time.monotonic() - began
        began = time.monotonic()
        while outbox.drain(NAME):
            pass
        sent = time.monotonic() - began
        there.shutdown()
    rows = OutboxMessage.objects.filter(destination=NAME)
    wrong = sum(row.state != "sent" or row.receipt != f"taken {row.key}" for row in rows.iterator())
    connections.close_all()
    if wrong or OutboxMessage.objects.count() != messages:
        raise SystemExit(f"{wrong} messages are not sent as they should be")
    print(f"{messages:,} messages of {subjects} subjects, {lanes} lanes, load {os.getloadavg()[0]:.1f}\n")
    print("| step | seconds | messages a second |\n|---|---|---|")
    print(f"| put, each in a transaction | {put:.1f} | {messages / put:,.0f} |")
    print(f"| sent | {sent:.1f} | {messages / sent:,.0f} |")


if __name__ == "__main__":
    main()
