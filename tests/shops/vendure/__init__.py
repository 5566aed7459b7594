"""Vendure, a shop system in JavaScript, with the sample catalogue that comes with it."""
