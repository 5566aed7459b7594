"""Trains the two small networks of matchers/pictures: where a mark may stand, and what it is like.

All they learn from is made here: icons of permissive licence and words in open fonts, laid on
photographs by `scenes`. No mark of simple-icons or of the set `logos` takes part: those are for
measuring. See docs/logo-networks.md for the commands, the data and the figures.
"""
