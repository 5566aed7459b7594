"""The compiled search: the rules of `matchers.names` over plain arrays, many texts at a time.

characters ▶ what is known of each code point, as rows of numbers
views ▶ texts folded into symbols       forms ▶ the ways a registered name is looked for
keys, postings ▶ which names may stand at a place
costs, alignment, ways ▶ how a name lies on a place, and what was done to it
lexicon, languages, reading, chance, latin ▶ what else may stand there
places, judging, verifying ▶ whether the name is accepted, and how sure that is
scanning ▶ all of it over a batch       choosing ▶ the hits that are given out
"""
