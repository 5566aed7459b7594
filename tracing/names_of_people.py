"""Names of people, as registers write them and as they are compared."""

from __future__ import annotations

import re
import unicodedata

_PERSON = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff·]{0,14}[\u4e00-\u9fff]|[a-z][a-z ]{3,40}[a-z]")
_FIRM = re.compile(r"公司|中心|合伙|委员会|集团|企业|工厂|limited|company| inc$| ltd$")


def read_person(text: str) -> str | None:
    """Return a person's name as it is compared: Chinese without spaces, others in small letters.

    None for a firm (执行事务合伙人), for several people and for what is no name.
    """
    plain = unicodedata.normalize("NFKC", text[:100]).casefold()
    plain = re.sub(r"[•・‧∙.]", "·", re.sub(r"\([^)]*\)", "", plain)).strip()
    plain = re.sub(r"(?<=[\u4e00-\u9fff·])\s+|\s+(?=[\u4e00-\u9fff·])", "", plain)
    plain = re.sub(r"\s+", " ", plain)
    return plain if _PERSON.fullmatch(plain) and not _FIRM.search(plain) else None
