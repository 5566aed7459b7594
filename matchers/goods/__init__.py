"""Goods and services: what a listing sells, and how similar that is to what a right covers."""
