"""Phones, e-mail addresses, WeChat and QQ in free text: hits, misses, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.folding import MAX_SCANNED, fold
from tracing.contacts import (
    find_emails,
    find_qq,
    find_wechat,
    read_email,
    read_qq,
    read_wechat,
)
from tracing.found import Found
from tracing.phones import find_phones, read_phone

Scan = Callable[[str], Iterator[Found]]


def scanned(scan: Scan, text: str) -> list[tuple[str, str]]:
    """Value and original writing of all that is found."""
    folded = fold(text)
    return [(found.value, folded.surface(found.start, found.end)) for found in scan(folded.text)]


MOBILE = "+8613800138000"


@pytest.mark.parametrize(
    ("text", "value", "surface"),
    [
        ("电话13800138000微信同号", MOBILE, "13800138000"),
        ("tel:138-0013-8000", MOBILE, "138-0013-8000"),
        ("+86 138 0013 8000", MOBILE, "138 0013 8000"),
        ("8613800138000", MOBILE, "13800138000"),
        ("call tel13800138000 now", MOBILE, "13800138000"),
        ("手机：１３８　００１３　８０００", MOBILE, "１３８　００１３　８０００"),
        ("电话1three8 0013 8000", MOBILE, "1three8 0013 8000"),
        ("one38oo138ooo", MOBILE, "one38oo138ooo"),
        ("一三八〇〇一三八〇〇〇", MOBILE, "一三八〇〇一三八〇〇〇"),
        ("幺三八零零幺三八零零零", MOBILE, "幺三八零零幺三八零零零"),
        ("1 3 8 0 0 1 3 8 0 0 0", MOBILE, "1 3 8 0 0 1 3 8 0 0 0"),
        ("138\u200b0013\u200b8000", MOBILE, "138\u200b0013\u200b8000"),
        ("①③⑧00138000", MOBILE, "①③⑧00138000"),
        ("𝟏𝟑𝟖00138000", MOBILE, "𝟏𝟑𝟖00138000"),
        ("座机 0571-88888888", "+8657188888888", "0571-88888888"),
        ("(010) 6234 5678", "+861062345678", "(010) 6234 5678"),
        ("客服400-820-8820", "+864008208820", "400-820-8820"),
        ("400 820 8820", "+864008208820", "400 820 8820"),
        ("4008-208-820", "+864008208820", "4008-208-820"),
        ("❶❸⑧⒈⒊⒏⓪⓪⑴⑶⑻", "+8613813800138", "❶❸⑧⒈⒊⒏⓪⓪⑴⑶⑻"),
        ("手机I38 00l3 8000", MOBILE, "I38 00l3 8000"),
        ("138后面加00138000", MOBILE, "138后面加00138000"),
        ("前三位138后八位00138000", MOBILE, "138后八位00138000"),
        ("138、0013、8000", MOBILE, "138、0013、8000"),
        ("电话138 00138000", MOBILE, "138 00138000"),
        ("倒着看 00083100831", MOBILE, "倒着看 00083100831"),
        ("传真 0086-571-88888888", "+8657188888888", "0086-571-88888888"),
        ("+86(0)571-88888888", "+8657188888888", "+86(0)571-88888888"),
        ("致电（0594）2688 999", "+865942688999", "（0594）2688 999"),
        ("wa.me/79261234567", "+79261234567", "wa.me/79261234567"),
        ("Ватсап 8 (926) 123-45-67", "+79261234567", "Ватсап 8 (926) 123-45-67"),
        ("London +44 20 7946 0958", "+442079460958", "+44 20 7946 0958"),
    ],
)
def test_phones_that_are_found(text: str, value: str, surface: str) -> None:
    assert scanned(find_phones, text) == [(value, surface)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("尺码 130 140 150 160 170", "a row of sizes also has eleven digits, grouped in threes"),
        ("139 149 159 16", "a row of prices"),
        ("货号 A13800138000", "letters that are no cue before it: an article number"),
        ("13800138000X", "a letter after it: an article number"),
        ("OE 13800138000 滤芯", "a part number, said to be one"),
        ("芯片 l38 00i3 8000", "letters for digits, and no word of a phone"),
        ("138元加0013件8000", "sums and pieces"),
        ("400-800-1200-1500 目", "a row of sizes, as a hotline would open"),
        ("单号 913800138000123", "inside a longer number"),
        ("3.13800138000", "decimals"),
        ("12800138000", "no numbering plan knows 128"),
        ("13800138000@139.com", "an e-mail address"),
        ("95338", "a short number of a delivery firm is no E.164 number"),
        ("0999-1234", "too short for a landline"),
        ("+999 1234 5678", "no such country code"),
        ("2026-11-22 08:00:00", "a time"),
        ("someone has seven", "words without enough digits"),
        ("", "nothing"),
    ],
)
def test_phones_that_are_not(text: str, why: str) -> None:
    assert scanned(find_phones, text) == [], why


def test_a_cue_makes_a_phone_surer_and_evasion_less_so() -> None:
    def confidence(text: str) -> float:
        return next(find_phones(fold(text).text)).confidence

    assert confidence("电话13800138000") > confidence("电话1three800138000")
    assert confidence("电话1three800138000") > confidence("abc, 13800138000")


@given(
    st.integers(0, 99_999_999).map(lambda rest: f"138{rest:08d}"),
    st.sampled_from([(3, 4, 4), (11,), (1,) * 11]),
    st.sampled_from([" ", "-", "."]),
    st.booleans(),
)
def test_a_phone_is_read_from_any_usual_writing(
    number: str, groups: tuple[int, ...], separator: str, wide: bool
) -> None:
    parts, at = [], 0
    for size in groups:
        parts.append(number[at : at + size])
        at += size
    written = separator.join(parts)
    if wide:
        written = written.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
    expected = phonenumbers.format_number(
        phonenumbers.parse(number, "CN"), phonenumbers.PhoneNumberFormat.E164
    )
    assert read_phone(written) == expected
    assert scanned(find_phones, f"联系电话：{written}。") == [(expected, written)]


@given(st.text(max_size=300))
def test_no_text_breaks_a_scanner_and_surfaces_stand_in_it(text: str) -> None:
    for scan in (find_phones, find_emails, find_wechat, find_qq):
        for value, surface in scanned(scan, text):
            assert value
            assert surface in text


def test_reading_a_phone_twice_changes_nothing() -> None:
    assert read_phone(read_phone("138 0013 8000") or "") == MOBILE


@pytest.mark.parametrize("text", ["", "abc", "0", "1" * 5000, "138", "￥13800"])
def test_what_is_no_phone_is_none(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("邮箱 A.B@QQ.com", "a.b@qq.com"),
        ("sales＠shop.example.com", "sales@shop.example.com"),
        ("wei (at) shop.co.uk", "wei@shop.co.uk"),
        ("kefu艾特163.com", "kefu@163.com"),
        ("12345#qq.com", "12345@qq.com"),
        ("wei[at]163[dot]com", "wei@163.com"),
        ("email wei at gmail dot com", "wei@gmail.com"),
        ("wei(a)hotmail.com", "wei@hotmail.com"),
        ("wei艾特163点com", "wei@163.com"),
        ("wei@foxmail，com", "wei@foxmail.com"),
        ("邮箱:wei@\n163.com", "wei@163.com"),
        ("wei@yandex.ru, WhatsApp", "wei@yandex.ru"),
        ("(contact@shop.example)", "contact@shop.example"),
    ],
)
def test_emails_that_are_found(text: str, value: str) -> None:
    assert [found for found, _ in scanned(find_emails, text)] == [value]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("logo@2x.png", "png is no public suffix"),
        ("a@b", "no domain"),
        ("@handle", "no local part"),
        ("page#shop.com", "# stands for @ only before mail services"),
        ("Instagram @shop.store", "a space before @ and no mail service: an account"),
        ("meet at qq.com", "a mail service's page"),
        ("meet at shop.com", "the word at alone is no @"),
    ],
)
def test_emails_that_are_not(text: str, why: str) -> None:
    assert scanned(find_emails, text) == [], why


@pytest.mark.parametrize(
    ("text", "value", "surface"),
    [
        ("微信：xiao_mei88", "xiao_mei88", "xiao_mei88"),
        ("微❤信：abc一二三", "abc123", "abc一二三"),
        ("老客户请加微❤信：yaji_fang66，备注", "yaji_fang66", "yaji_fang66"),
        ("加V：ABC12345", "abc12345", "ABC12345"),
        ("➕薇 mm_2026a", "mm_2026a", "mm_2026a"),
        ("薇信 ab1234567", "ab1234567", "ab1234567"),
        ("VX:abc12345", "abc12345", "abc12345"),
        ("wechat id: factory_gz", "factory_gz", "factory_gz"),
        ("ｗｅｃｈａｔ：ｆａｃｔｏｒｙ８", "factory8", "ｆａｃｔｏｒｙ８"),
        ("微信号：a b c 1 2 3", "abc123", "a b c 1 2 3"),
        ("微\n信\n号\nabc12345", "abc12345", "abc12345"),
        ("微.信.号：abc12345", "abc12345", "abc12345"),
        ("【薇】abc12345【信】", "abc12345", "abc12345"),
        ("加V看图 abc12345", "abc12345", "abc12345"),
        ("葳信 abc-1234", "abc-1234", "abc-1234"),
        ("伽徽：abc12345", "abc12345", "abc12345"),
        ("V：abc12345", "abc12345", "abc12345"),
        ("🆅🆇：abc12345", "abc12345", "abc12345"),
        ("微信號：abc12345，貨到付款", "abc12345", "abc12345"),
        ("微信:abcd后面加五六七八", "abcd5678", "abcd后面加五六七八"),
        ("加好友 abc12345（微信）", "abc12345", "abc12345"),
        ("直接搜 abc12345（绿泡泡）", "abc12345", "abc12345"),
        ("wei信号：abc12345", "abc12345", "abc12345"),
        ("abc12345 是我微信", "abc12345", "abc12345"),
        ("微信：onlyletters", "onlyletters", "onlyletters"),
    ],
)
def test_wechat_that_is_found(text: str, value: str, surface: str) -> None:
    assert scanned(find_wechat, text) == [(value, surface)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("支持微信 alipay 付款", "letters alone without a colon: a word"),
        ("WeChat: official account", "names a service, no account"),
        ("微信：ab12", "an id has at least six characters"),
        ("微信：1abcdef", "an id begins with a letter"),
        ("微信 13800138000", "a phone, and found as one"),
        ("微芯 pic16f877a 单片机", "a maker of chips"),
        ("加V领设计 vneck2023", "a neckline"),
        ("支持微信\nadidas2023 新款", "the next line speaks of something else"),
        ("微信支付 iphone14", "the way to pay, and an article"),
        ("maxvx:abc12345", "vx inside a word is no cue"),
        ("xiao_mei88", "no cue"),
    ],
)
def test_wechat_that_is_not(text: str, why: str) -> None:
    assert scanned(find_wechat, text) == [], why


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("QQ：12345678", "12345678"),
        ("q q 123456", "123456"),
        ("扣扣 一二三四五六", "123456"),
        ("抠抠：①②③⑧⑤⑥", "123856"),
        ("扣扣微信同号 123456", "123456"),
        ("Q Q：1 2 3 4 5 6", "123456"),
        ("企鹅号 2345678", "2345678"),
    ],
)
def test_qq_that_is_found(text: str, value: str) -> None:
    assert [found for found, _ in scanned(find_qq, text)] == [value]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("QQ群：12345678", "a group is no account"),
        ("QQ 1234", "four digits: too short"),
        ("QQ 012345", "no account begins with 0"),
        ("iq 12345678", "q inside a word is no cue"),
        ("QQ 12345678@qq.com", "an e-mail address, and found as one"),
    ],
)
def test_qq_that_is_not(text: str, why: str) -> None:
    assert scanned(find_qq, text) == [], why


def test_whole_fields() -> None:
    assert read_email(" mailto:A@Shop.example ") == "a@shop.example"
    assert read_email("a@shop.example, b@shop.example") is None
    assert read_wechat("Ｆactory_8") == "factory_8"
    assert read_wechat("微信") is None
    assert read_qq("12345") == "12345"
    assert read_qq("12") is None


def test_only_the_beginning_of_a_very_long_text_is_scanned() -> None:
    assert len(fold("a" * (MAX_SCANNED + 5)).text) == MAX_SCANNED
    assert scanned(find_phones, "x " * MAX_SCANNED + "13800138000") == []
