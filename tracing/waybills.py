"""Waybills and freight containers in free text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.tracing import ClueKind
from reference.carriers import CARRIERS, carriers_of
from reference.check_digits import container_is_valid, s10_is_valid
from tracing.found import Found

_NAMES = "|".join(
    # After letters comes a space or a sign, or they are the beginning of the number (jdva…).
    re.escape(alias) + ("(?![a-z0-9])" if alias.isascii() else "")
    for alias in sorted({alias for carrier in CARRIERS for alias in carrier.aliases}, key=len)[::-1]
)
_BETWEEN = (
    r"(?:[ :=#\-,.。(\[]|快递|速运|速递|物流|包裹|运单|单号|号码|编号|号|已发|发出|发货|为|是){0,6}"
)
_CUED = re.compile(
    r"(?:快递单号|快递编号|运单号码|运单号|运单|物流单号|面单号|单号|waybill(?: no)?"
    rf"|tracking(?: number| no)?|(?<![a-z])(?:{_NAMES}))"
    rf"{_BETWEEN}(?P<number>(?:4px|1z[0-9a-z]{{6}}|[a-z]{{0,4}})[0-9]{{8,22}}(?:[a-z]{{2}})?)(?![0-9a-z])"
)
# Forms whose letters name the carrier; bare digits without a cue could be anything.
_DISTINCT = re.compile(
    r"(?<![0-9a-z])(?P<number>sf[0-9]{13}|yt[0-9]{13}|jt[0-9]{13}|jd[a-z][a-z0-9][0-9]{10,12}"
    r"|dpk[0-9]{12}|sto[0-9]{10}|lp[0-9]{14}|4px[0-9]{13}(?:cn)?|1z[0-9a-z]{15}[0-9]"
    r"|[a-z]{2}[0-9]{9}[a-z]{2})(?![0-9a-z])"
)
# SF 1430 9876 54321: in groups only behind the letters of a carrier.
_GROUPED = re.compile(
    r"(?<![0-9a-z])(?P<number>(?:sf|yt|jt|jd|zt|sto|dpk|ky)[0-9]{0,6}(?:[ \-][0-9]{2,6}){2,5})"
    r"(?![ \-]?[0-9a-z])"
)
_LONG_NUMBER = re.compile(r"[0-9](?:[ \-]?[0-9]){7}")
_WHOLE = re.compile(r"[A-Z0-9][A-Z0-9\-]{7,29}")


def find_waybills(text: str) -> Iterator[Found]:
    """Find waybill numbers: after a cue in a form of any carrier, else in a form with letters.

    A number of form S10 (EMS) or of UPS must have its check digit.
    """
    if not _LONG_NUMBER.search(text):
        return
    for pattern, confidence in ((_CUED, 0.85), (_DISTINCT, 0.8), (_GROUPED, 0.8)):
        for match in pattern.finditer(text):
            number = re.sub(r"[ \-]", "", match["number"]).upper()
            if carriers_of(number):  # S10 and 1Z only with the right check digit
                yield Found(
                    kind=ClueKind.WAYBILL,
                    value=number,
                    start=match.start("number"),
                    end=match.end("number"),
                    confidence=0.97 if s10_is_valid(number) else confidence,
                )


def read_waybill(text: str) -> str | None:
    """Return the waybill field of a record in upper case without spaces; None for no number."""
    value = re.sub(r"\s", "", text[:64]).upper()
    return value if _WHOLE.fullmatch(value) else None


_CONTAINER = re.compile(
    r"(?<![a-z0-9])(?P<number>[a-z]{3}[ujz][ \-]?[0-9]{6}[ \-]?[0-9])(?![0-9a-z])"
)


def find_containers(text: str) -> Iterator[Found]:
    """Find numbers of freight containers with a right check digit (ISO 6346)."""
    for match in _CONTAINER.finditer(text):
        number = re.sub(r"[ \-]", "", match["number"]).upper()
        if container_is_valid(number):
            yield Found(
                kind=ClueKind.CONTAINER,
                value=number,
                start=match.start("number"),
                end=match.end("number"),
                confidence=0.95,
            )
