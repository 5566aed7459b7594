"""Generated worlds of sellers with known truth: who runs which shops.

A world is drawn from a seed, operator by operator (`operators`), shop by shop (`shops`), with noise
whose amount is set by `Knobs`; `writing` turns it into sightings and records. Nothing here knows
how the product links.

What makes it hard, as on real platforms:

- An operator of several shops uses several companies, phones, WeChat accounts, e-mails and return
  addresses, and each shop shows some of them, or nothing. Siblings that show nothing in common
  cannot be found by anybody; `findable` gives the networks that are left.
- Contacts stand disguised in texts, are typed wrongly, or are those the operator gave up.
- Strangers share hotlines, markets, collection points, agents' numbers (from three shops to a
  tenth of all), numbers that changed hands, stock photographs, names of persons and shops.
- Warehouses have several tenants; registration agents give their own phone for many companies.

`python -m tests.worlds --sellers 2000 --seed 1 --out DIR` writes one as files; with `--supply .5`
also where the goods come from (`tests.worlds.supply`).
"""

from tests.worlds.making import World, findable, make_world
from tests.worlds.shops import Knobs, Shop
from tests.worlds.writing import write_records, write_sighting

__all__ = ["Knobs", "Shop", "World", "findable", "make_world", "write_records", "write_sighting"]
