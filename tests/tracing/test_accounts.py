"""Accounts on platforms and with banks, and containers, in what sellers write."""

from __future__ import annotations

import pytest

from reference.folding import fold
from tracing.accounts import find_accounts
from tracing.payments import find_bank_accounts, find_payments
from tracing.waybills import find_containers

FOUND = [
    ("抖音号：nike_putian88", "account", "douyin:nike_putian88", "the platform, a mark, the name"),
    ("快手ID：123456789", "account", "kuaishou:123456789", "digits alone after the word id"),
    ("联系 Telegram: @Fake_Shoes", "account", "telegram:fake_shoes", "capitals do not count"),
    ("HTTPS://T.ME/putian88", "account", "telegram:putian88", "its address"),
    ("D音：lvbao66", "account", "douyin:lvbao66", "a nickname of the platform"),
    ("斗音号 lvbao66", "account", "douyin:lvbao66", "a homophone"),
    ("小紅書ID: 5623418890", "account", "xiaohongshu:5623418890", "traditional characters"),
    ("weidian.com/?userid=1289374650", "account", "weidian:1289374650", "a page's address"),
    ("Телеграм: @reps_ru", "account", "telegram:reps_ru", "Russian"),
    ("纸飞机 reps_cn 私聊", "account", "telegram:reps_cn", "no mark, but a name by its _"),
    ("IG lvbao.store DM", "account", "instagram:lvbao.store", "no mark, but a name by its dot"),
    ("FB: facebook.com/lvbaobao", "account", "facebook:lvbaobao", "the page behind the colon"),
    ("http://lvbao.x.yupoo.com/albums", "account", "yupoo:lvbao", "an album of pictures"),
    ("shop1234567.taobao.com", "account", "taobao:shop1234567", "a shop's address"),
    ("zfb: zs@example.com", "payment", "alipay:zs@example.com", "short for 支付宝"),
    ("支付宝收款 15988776655", "payment", "alipay:15988776655", "said to take money"),
    ("tg频道 @reps_vip", "account", "telegram:reps_vip", "a channel"),
    ("paypal.me/reps88", "payment", "paypal:reps88", "its address"),
    (
        "USDT TRC20: TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
        "payment",
        "tron:tqn9y2khesljw1chvwfmsmerdow5kcblse",
        "a wallet",
    ),
    ("招行6225 8857 1234 5677 汇款", "bank_account", "6225885712345677", "a bank's short name"),
    ("账号 3558 1234 5678 开户行:中国银行", "bank_account", "355812345678", "its bank after it"),
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
    ("Instagram: worldwide shipping", "letters alone behind a colon: a word"),
    ("飞机模型 boeing747", "a toy"),
    ("https://detail.1688.com/offer/1.html", "a page of the platform's own"),
    ("commit 0x52908400098527886e0f7030069857d2e4169ee7", "no word of a wallet"),
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
