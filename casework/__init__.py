"""What the product does: one module an activity, one function one unit of work.

Each function reads, calls pure rooms, writes: in that order. Running any of them twice changes
nothing. The only caller of storage; crawler, web and cli all come in through here.
"""
