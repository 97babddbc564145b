"""The engine of `DATABASES`: Django's own for PostgreSQL, with a health check that costs next to nothing."""
