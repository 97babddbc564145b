"""`motcua simulate`: a faithful year of a province, made by the real rules, loaded into the facts."""

from __future__ import annotations

import time

import click

from motcua.cli import django_ready


@click.command()
@click.option("--province", "pack_name", required=True, help="Pack: quangnam, hatinh, thanhhoa or nghean.")
@click.option("--year", type=int, default=None, help="Checked against the pack's period.")
@click.option(
    "--dossiers", type=int, default=None, help="Dossiers received in the province (default: the pack's)."
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same year.")
@click.option("--workers", default=2, show_default=True)
@click.option(
    "--facts-only",
    is_flag=True,
    help="Count only: no dossiers, so that figures open to lists but not to pages.",
)
@click.option(
    "--parquet", type=click.Path(), default=None, help="Write facts to this folder instead of the database."
)
def command(
    pack_name: str,
    year: int | None,
    dossiers: int | None,
    seed: int,
    workers: int,
    facts_only: bool,
    parquet: str | None,
) -> None:
    """Write the dossiers of a province with their passages, people and papers, and count them.

    For a database of its own: while many dossiers come in, their tables have no indexes, and they cannot be removed again.
    Killed in the middle, `motcua database mend` (or the next start of the server) puts the indexes back and `motcua facts
    rebuild` counts what had been written.
    """
    django_ready(as_owner=True)
    from pathlib import Path

    from motcua.oversight.services import write_facts
    from motcua.provisioning.simulation.facts import pack_named, plans_of, simulate_facts
    from motcua.provisioning.simulation.load import load_simulation
    from motcua.provisioning.simulation.year import load_year

    pack = pack_named(pack_name)
    if year is not None and not pack.period.first.year <= year <= pack.period.last.year:
        raise click.BadParameter(f"{pack_name} tells of {pack.period.key}", param_hint="--year")
    plans = plans_of(pack, dossiers=dossiers, seed=seed)
    total = sum(plan.received + plan.carried for plan in plans)
    started = time.monotonic()
    with click.progressbar(length=total, label=f"{pack.name} {pack.period.key}", show_pos=True) as bar:

        def progress(done: int) -> None:
            bar.update(done - bar.pos)

        if parquet is not None:
            cells = simulate_facts(pack, plans, seed=seed, workers=workers, progress=progress)
            written = write_facts(Path(parquet), cells)
        elif facts_only:
            load_simulation(pack, plans, seed=seed, workers=workers, progress=progress)
            written = 0
        else:
            load_year(pack, plans, seed=seed, workers=workers, progress=progress)
            written = 0
    seconds = time.monotonic() - started
    received = sum(plan.received for plan in plans)
    click.echo(
        f"{received:,} received, {total - received:,} carried over, in {seconds:.0f} s ({total / seconds:,.0f}/s)"
    )
    if written:
        click.echo(f"{written:,} cells written to {parquet}")
