"""Whether a notice may go out: each element its regime requires, with the article."""

from __future__ import annotations

from collections.abc import Sequence

from domain.common import NotFound, SuyuanError
from domain.notices import MissingElement, Notice
from notices.regimes import REGIMES
from notices.requirements import Regime


class NoticeRefused(SuyuanError):
    """A notice lacks elements that its regime requires; the text names each with its article."""

    def __init__(self, missing: Sequence[MissingElement]) -> None:
        self.missing = tuple(missing)
        super().__init__(self.in_language("en"))

    def in_language(self, language: str) -> str:
        """Return the refusal as one sentence, in Chinese for any `zh…` tag, else in English."""
        named = [
            f"{one.element}: {one.words.in_language(language)} [{one.rule}]" for one in self.missing
        ]
        if language.lower().startswith("zh"):
            return "通知书不予出具：" + "；".join(named)
        return "the notice is refused: " + "; ".join(named)


def find_regime(name: str) -> Regime:
    """Return the regime of a name.

    Raises: NotFound, naming those there are.
    """
    for regime in REGIMES:
        if regime.name == name:
            return regime
    known = ", ".join(regime.name for regime in REGIMES)
    raise NotFound(f"there is no notice regime {name!r}; there are: {known}")


def check_notice(notice: Notice) -> tuple[MissingElement, ...]:
    """Return what the notice lacks under its regime; empty means that it may go out.

    Raises: NotFound for an unknown regime.
    """
    required = find_regime(notice.regime).required
    return tuple(one.as_missing() for one in required if one.missing(notice))


def advise_notice(notice: Notice) -> tuple[MissingElement, ...]:
    """Return what the recipient may ask for beyond the required, or a person should look at again.

    Raises: NotFound for an unknown regime.
    """
    advised = find_regime(notice.regime).advised
    return tuple(one.as_missing() for one in advised if one.missing(notice))
