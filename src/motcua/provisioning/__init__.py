"""The wing of whoever fills an installation: the demo, simulated provinces, bulk loading. The product never imports it.

It stands beside the web and is reached from commands. It may write tables of every package in bulk, by the rules that every
act obeys (a written exemption in `.importlinter`); the columns come from the models themselves (`bulk.rows`).
"""
