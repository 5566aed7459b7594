"""Compiled code of the search of pictures, over plain arrays."""
