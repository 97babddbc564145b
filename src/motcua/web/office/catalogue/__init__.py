"""The catalogue manager's pages."""
