"""Compiled code of the search of pictures, over plain arrays.

hamming ▶ codes within a radius of others, by tables of parts of them
placing ▶ which matches of single features agree on where a reference lies in a picture
"""
