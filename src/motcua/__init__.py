"""Một Cửa: the one-stop system a province runs its administrative procedures on. See docs/architecture.md."""
