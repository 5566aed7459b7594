"""(Sighting, Right) become a Match: names, pictures, indications, circumstances; pure.

`screening.prepare` indexes a register once; `screening.screen` compares any number of sightings
with it, by an algorithm of `algorithm`. Nothing is imported here: who hashes a picture needs no
tables of names.
"""
