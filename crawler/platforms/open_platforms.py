"""What the open platforms of China share: the signature, the form that carries it, the refusals.

The time is an argument; nothing here is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from hashlib import md5
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.platforms.platform import ApiRefusal, ApiTrouble, Ask
from crawler.platforms.strict_json import Json

CHINA = timezone(timedelta(hours=8))


def sign_md5(parameters: Mapping[str, str], secret: str) -> str:
    """Return the signature by MD5 over the sorted parameters, the secret before and after them.

    Names are sorted by their bytes, each followed by its value, empty ones left out; 32 upper-case
    hex digits. So Taobao Open Platform, "API 调用协议" (open.taobao.com, document 101617), and
    Pinduoduo Open Platform, "接入指南" part 3.
    """
    joined = "".join(f"{name}{value}" for name, value in sorted(parameters.items()) if value)
    signed = f"{secret}{joined}{secret}".encode()
    return md5(signed, usedforsecurity=False).hexdigest().upper()


def parameters_of(ask: Ask) -> dict[str, str]:
    """Return the parameters that an Ask's address names."""
    return dict(parse_qsl(urlsplit(ask.url).query))


def form_of(ask: Ask, parameters: Mapping[str, str]) -> Ask:
    """Return the request that carries parameters as a form, none of them in its address."""
    return Ask(
        url=urlsplit(ask.url)._replace(query="").geturl(),
        method="POST",
        body=urlencode(parameters).encode("ascii"),
        headers={**ask.headers, "Content-Type": "application/x-www-form-urlencoded;charset=utf-8"},
    )


def time_in_china(now: datetime) -> str:
    """Return a time as "2016-01-01 12:00:00", GMT+8."""
    return now.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def refusal_of(
    error: Json, troubles: Mapping[str, ApiTrouble], *, code: str, sub_code: str = "sub_code"
) -> ApiRefusal:
    """Return what an error's code means, the names of its members given.

    Raises: PageChanged for a code of no known kind.
    """
    number, detail = error.need_text(code), error.text(sub_code)
    if number not in troubles:
        told = f"a known code, not {number} ({detail})"
        raise error.changed(told, code)
    return ApiRefusal(trouble=troubles[number], code="/".join(filter(None, (number, detail))))
