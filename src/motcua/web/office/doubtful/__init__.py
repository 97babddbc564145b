"""Verification of digitization: pages that want eyes, and how good the work is, measured."""
