"""The compiled search: the rules of `matchers.names` over plain arrays, many texts at a time.

docs/design.md says how the steps follow one another. What they are made of:

characters ▶ what is known of each code point, as rows of numbers      alike ▶ a quick no
entries, views ▶ texts folded into symbols, in two steps      bits ▶ what is asked of 64 at once
composing, signs, seams ▶ where neighbours count in that
gathering ▶ the names of a register folded        forms ▶ the ways in which a name is looked for
lexicon, languages ▶ sets and tables of words     latin_words ▶ which Latin words are in them
word_keys ▶ numbers for words, and for letters
han_words ▶ Han words and how rare they are       reading, chance ▶ Han symbols among other words
gates ▶ where in a text a changed name may stand at all      ends ▶ where it may end

keys, frames ▶ numbers by which names are found   indexing ▶ those of the names of a register
latin_keys, han_keys ▶ those of a place of a text   collecting, seeking ▶ which any name has
postings ▶ a table from keys to names             candidates ▶ what it answers for a text
lanes, distance, sifting ▶ quick looks that send most candidates away

costs, alignment ▶ how a name lies on a place     ways ▶ what was done to it
latin, places, judging ▶ whether it is accepted there, and how sure that is
verifying ▶ one candidate through all of these    scanning ▶ all candidates of all texts
choosing ▶ which of overlapping hits are given out

heard, hearing, laying ▶ Latin names written in Chinese characters by their sound

marks, sieving ▶ which of very many stored texts are worth a search for a few new names
beginnings, latin_sieving ▶ the same of names in letters
texts ▶ texts as bytes in one array
"""
