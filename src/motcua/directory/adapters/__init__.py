"""Seams to programs outside the house: Django's authentication."""
