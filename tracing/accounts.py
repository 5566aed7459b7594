"""Accounts on platforms and with banks, and freight containers, in free text.

Scanners take a folded text (`reference.folding`). Bare digits are nobody's account: all of these
stand behind a word that says what they are, or in a form with a check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.tracing import ClueKind
from reference.check_digits import container_is_valid, luhn_is_valid
from tracing.found import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where people have accounts by which sellers name themselves."""

    name: str
    """As it stands in a clue's value: douyin:name."""
    cue: str
    """Regular expression of what is written before the account."""
    form: str
    """Regular expression of an account."""


_ID = r" ?(?:号|id|账号|帐号|搜索?)[ :=]{0,3}@?"
SERVICES: tuple[Service, ...] = (
    Service(name="douyin", cue=rf"抖音{_ID}", form=r"[a-z0-9][a-z0-9_.]{3,23}"),
    Service(name="kuaishou", cue=rf"快手{_ID}", form=r"[a-z0-9][a-z0-9_\-]{4,23}"),
    Service(name="xiaohongshu", cue=rf"(?:小红书|红薯){_ID}", form=r"[a-z0-9][a-z0-9_]{4,19}"),
    Service(name="weidian", cue=rf"微店{_ID}", form=r"[a-z0-9][a-z0-9_\-]{4,23}"),
    Service(name="xianyu", cue=rf"(?:闲鱼|咸鱼){_ID}", form=r"[a-z0-9][a-z0-9_\-]{4,23}"),
    Service(name="weibo", cue=rf"微博{_ID}", form=r"[a-z0-9][a-z0-9_\-]{4,29}"),
    Service(
        name="telegram",
        cue=r"(?:(?<![a-z0-9])t\.me/|(?:(?<![a-z])(?:telegram|tg)(?:飞机)?|电报|纸飞机)[ :]{0,3}@)",
        form=r"[a-z][a-z0-9_]{4,31}",
    ),
    Service(
        name="instagram",
        cue=r"(?<![a-z])(?:instagram\.com/|instagram ?[:@][ @]{0,2}|ig ?[:@][ @]{0,2})",
        form=r"[a-z0-9_][a-z0-9_.]{2,28}[a-z0-9_]",
    ),
)
_ACCOUNTS = tuple(
    (one.name, re.compile(rf"{one.cue}(?P<id>{one.form})(?![a-z0-9_@])")) for one in SERVICES
)
_PAGES_OF_SERVICES = frozenset({"share", "joinchat", "explore", "accounts", "about", "official"})


def find_accounts(text: str) -> Iterator[Found]:
    """Find accounts on social and second-hand platforms after the platform's name and a mark."""
    for name, pattern in _ACCOUNTS:
        for match in pattern.finditer(text):
            account = match["id"]
            if account not in _PAGES_OF_SERVICES:
                yield _found(ClueKind.ACCOUNT, f"{name}:{account}", match, "id", 0.85)


_PAYMENT = re.compile(
    r"(?P<service>支付宝|(?<![a-z])(?:alipay|paypal))(?:账号|帐号|账户|帐户|号)?[ :=]{1,3}"
    r"(?P<id>[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9.\-]{4,64}|1[3-9][0-9]{9})(?![a-z0-9@])"
)


def find_payments(text: str) -> Iterator[Found]:
    """Find accounts with payment services: an e-mail address or a mobile number."""
    for match in _PAYMENT.finditer(text):
        service = "paypal" if match["service"] == "paypal" else "alipay"
        yield _found(ClueKind.PAYMENT, f"{service}:{match['id'].rstrip('.')}", match, "id", 0.9)


_BANK = re.compile(
    r"(?:银行|信用社|卡号|账号|帐号|账户|帐户|开户行|bank|iban)[^0-9\n]{0,12}"
    r"(?P<number>[0-9](?:[ \-]?[0-9]){8,29})(?![0-9a-z])"
)
_BANK_WORD = re.compile(r"银行|信用社|开户行|卡号|bank|汇款|转账")


def find_bank_accounts(text: str) -> Iterator[Found]:
    """Find numbers of payment cards (16 to 19 digits with check digit) and of bank accounts.

    An account number has no check digit: it must stand behind a bank's name.
    """
    if not _BANK_WORD.search(text):
        return
    for match in _BANK.finditer(text):
        number = re.sub(r"[ \-]", "", match["number"])
        is_card = 16 <= len(number) <= 19 and luhn_is_valid(number)
        if is_card or (9 <= len(number) <= 25 and "银行" in match.string[: match.start("number")]):
            confidence = 0.95 if is_card else 0.75
            yield _found(ClueKind.BANK_ACCOUNT, number, match, "number", confidence)


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


def _found(
    kind: ClueKind, value: str, match: re.Match[str], group: str, confidence: float
) -> Found:
    return Found(
        kind=kind,
        value=value,
        start=match.start(group),
        end=match.end(group),
        confidence=confidence,
    )
