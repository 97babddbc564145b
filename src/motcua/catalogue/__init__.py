"""Procedures, their versions, forms, fees, paper kinds and processes."""
