"""Geographical indications: what of them a listing names, and what speaks against its seller.

`cutting` parts a name into place and product, `index` and `search` find both in texts; `products`
holds which words name one product. Each reason for or against a flag is a file of features:
`naming`, `wording`, `origins`, `users`, `seasons`, `standards`, `processing`; `ground` tells
whether any of them is one to flag for. `law` holds the rules that they cite.
"""
