"""Shops that nobody here wrote, set up for tests."""
