"""Steering within rights: what is late or will be, every figure down to its dossiers, reports, lists as files."""
