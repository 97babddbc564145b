"""Rows by COPY: people, lives of dossiers and charges, many at once."""
