"""Simulated provinces: packs of published figures, and years of dossiers that meet them."""
