"""Money in minor units, ISO 4217."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from domain.common import RefusedInput

# ISO 4217 currencies whose minor unit is not two decimals (list one, edition of 2024-06).
_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in minor units (fen, cents) of one currency."""

    amount_minor: int
    currency: str
    """ISO 4217 alphabetic code."""

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> Money:
        """Make money of a decimal amount in major units, rounding half to even.

        Raises: RefusedInput when the currency is no three-letter code or the amount is not finite.
        """
        if not _CODE.fullmatch(currency):
            raise RefusedInput(expected="an ISO 4217 code", got=repr(currency), where="currency")
        if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
            raise RefusedInput(
                expected="a finite amount below 10^15", got=str(amount)[:40], where="amount"
            )
        scaled = amount.scaleb(_EXPONENTS.get(currency, 2))
        minor = int(scaled.to_integral_value(ROUND_HALF_EVEN))
        return cls(amount_minor=minor, currency=currency)

    def to_decimal(self) -> Decimal:
        """Return the amount in major units with the currency's own number of decimals."""
        exponent = _EXPONENTS.get(self.currency, 2)
        return Decimal(self.amount_minor).scaleb(-exponent)

    @property
    def zh(self) -> str:
        """As a sentence in Chinese has it: 35.00元; another currency keeps its code."""
        return f"{self.to_decimal()}元" if self.currency == "CNY" else str(self)

    def __str__(self) -> str:
        return f"{self.to_decimal()} {self.currency}"
