"""Accounts on platforms and with banks, and containers, in what sellers write."""

from __future__ import annotations

import pytest

from reference.folding import fold
from tracing.accounts import find_accounts, find_bank_accounts, find_containers, find_payments

FOUND = [
    ("抖音号：nike_putian88", "account", "douyin:nike_putian88", "the platform, a mark, the name"),
    ("快手ID：123456789", "account", "kuaishou:123456789", "digits alone after the word id"),
    ("联系 Telegram: @Fake_Shoes", "account", "telegram:fake_shoes", "capitals do not count"),
    ("HTTPS://T.ME/putian88", "account", "telegram:putian88", "its address"),
    ("支付宝账号 ｚｓ＠ｅｘａｍｐｌｅ．ｃｏｍ", "payment", "alipay:zs@example.com", "full width"),
    ("PayPal: pay@shoes.example", "payment", "paypal:pay@shoes.example", "an e-mail address"),
    ("工商银行 6222 0212 3456 7890 128", "bank_account", "6222021234567890128", "a card"),
    ("账号：3558 1234 5678（中国银行）转账", "", "", "a bank named after the number is not enough"),
    ("中国银行账号 355812345678 汇款", "bank_account", "355812345678", "behind a bank's name"),
    ("柜号 csqu 305438 3", "container", "CSQU3054383", "ISO 6346, small letters and gaps"),
]
NOT_FOUND = [
    ("抖音同款爆款连衣裙", "the platform is named as a fashion"),
    ("小红书号称最火", "no account after it"),
    ("飞机杯收纳盒 tg 钛合金 gr5", "neither is Telegram"),
    ("https://t.me/joinchat/AAAA", "an invitation names no account"),
    ("支付宝到账 199 元", "a sum"),
    ("卡号 6222 0212 3456 7890 129", "a wrong check digit and no bank"),
    ("条形码 6222021234567890128", "no word of a bank"),
    ("CSQU3054384", "a wrong check digit"),
    ("XCSQU3054383", "the end of a longer code"),
]


def clues(text: str) -> list[tuple[str, str]]:
    scanners = (find_accounts, find_payments, find_bank_accounts, find_containers)
    folded = fold(text).text
    return [(found.kind.value, found.value) for scan in scanners for found in scan(folded)]


@pytest.mark.parametrize(("text", "kind", "value", "why"), FOUND)
def test_what_is_found(text: str, kind: str, value: str, why: str) -> None:
    assert clues(text) == ([(kind, value)] if kind else []), why


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_what_is_not(text: str, why: str) -> None:
    assert clues(text) == [], why
