"""Setting official papers in type: HTML in, PDF/A out."""
