"""The regimes, one file each; a new one is its file, its two templates and a line here."""

from notices.regimes import cn_ecommerce_42
from notices.requirements import Regime

REGIMES: tuple[Regime, ...] = (cn_ecommerce_42.REGIME,)
