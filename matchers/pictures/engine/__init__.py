"""Compiled code of the search of pictures, over plain arrays.

edges ▶ the edges of a small picture without their polarity
fitting ▶ where a drawing lies in a picture, as most of its keypoints say
hamming ▶ codes within a radius of others, by tables of parts of them
placing ▶ which matches of single features agree on where a reference lies in a picture
"""
