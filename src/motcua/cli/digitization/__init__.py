"""Machinery of `motcua digitize watch`."""
