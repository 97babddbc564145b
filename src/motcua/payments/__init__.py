"""Charges, receipts and refunds of a dossier. Money is integer đồng."""
