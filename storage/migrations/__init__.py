"""Alembic migrations; `storage.Database.migrate` runs them."""
