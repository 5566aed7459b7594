"""An example marketplace: three small shops on loopback, their register, and the truth about them.

`serve()` runs the shops, `build_world()` is what they sell, `write_inputs()` writes the register,
authorisations and records to import. See examples/marketplace/README.md.
"""

from examples.marketplace.catalogue import ShopListing, ShopSeller, World, build_world
from examples.marketplace.inputs import Inputs, write_inputs
from examples.marketplace.server import Marketplace, serve
from examples.marketplace.truth import TrueTrail, Truth, build_truth

__all__ = [
    "Inputs",
    "Marketplace",
    "ShopListing",
    "ShopSeller",
    "TrueTrail",
    "Truth",
    "World",
    "build_truth",
    "build_world",
    "serve",
    "write_inputs",
]
