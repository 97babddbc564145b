"""Charges, receipts and refunds of a dossier. Money is integer đồng.

Promises: a charge is raised once and settled once; receipt numbers run without gaps within an agency's year.
Is not: the fee table (``catalogue``), nor the one who decides what a dossier owes (``dossiers``).
Door: ``queries``, ``services``, ``errors``, ``events``.
"""
