"""Where the money goes: payment services, wallets, cards and bank accounts, in free text.

Scanners take a folded text (`reference.folding`). Bare digits are nobody's account: they stand
behind a word that says what they are, or have a check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.tracing import ClueKind
from reference.check_digits import luhn_is_valid
from tracing.found import Found, found_in

_ALIPAY = r"支付[宝寶堡]|支fu宝|付宝|(?<![a-z])(?:alipay|zfb|zhifubao)"
_PAYMENT = re.compile(
    rf"(?:(?P<alipay>{_ALIPAY})|(?<![a-z])paypal)"
    r"(?:账号|帐号|帳號|账户|帐户|号|收款|转账|打款){0,2}[ :=]{1,3}"
    r"(?P<id>[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9.\-]{4,64}|1[3-9][0-9]{9})(?![a-z0-9@])"
)
_PAYPAL_PAGE = re.compile(r"paypal\.me/(?P<id>[a-z0-9]{3,20})(?![a-z0-9])")
# Folding has taken the capitals: what is left of a base58 address still names one wallet.
_WALLETS = (
    ("tron", re.compile(r"(?<![0-9a-z])(?P<id>t[1-9a-z]{33})(?![0-9a-z])")),
    ("ethereum", re.compile(r"(?<![0-9a-z])(?P<id>0x[0-9a-f]{40})(?![0-9a-z])")),
    (
        "bitcoin",
        re.compile(r"(?<![0-9a-z])(?P<id>bc1[0-9a-z]{39}|[13][1-9a-z]{25,33})(?![0-9a-z])"),
    ),
)
_WALLET_WORD = re.compile(
    r"usdt|trc ?20|erc ?20|btc|bitcoin|比特币|波场|泰达|虚拟币|钱包|wallet|crypto"
)


def find_payments(text: str) -> Iterator[Found]:
    """Find accounts with payment services (an e-mail address, a mobile number) and wallets.

    A wallet's address, in small letters, counts only in a text that speaks of such coins.
    """
    for match in _PAYMENT.finditer(text):
        service = "alipay" if match["alipay"] else "paypal"
        yield found_in(ClueKind.PAYMENT, f"{service}:{match['id'].rstrip('.')}", match, 0.9, "id")
    for match in _PAYPAL_PAGE.finditer(text):
        yield found_in(ClueKind.PAYMENT, f"paypal:{match['id']}", match, 0.9, "id")
    if not _WALLET_WORD.search(text):
        return
    for service, pattern in _WALLETS:
        for match in pattern.finditer(text):
            if not match["id"].isalpha() and not match["id"].isdigit():
                yield found_in(ClueKind.PAYMENT, f"{service}:{match['id']}", match, 0.85, "id")


_SHORT_BANK = r"(?<![一-鿿])(?:[工农建中交招]行|邮储|农商行|农信社)|(?<=到)[工农建中交招]行"
_BANK = re.compile(
    rf"(?:银行|銀行|信用社|卡号|卡號|账号|帐号|帳號|账户|帐户|帳戶|开户行|{_SHORT_BANK}|bank|iban)"
    r"[^0-9\n]{0,12}(?P<number>[0-9](?:[ \-]?[0-9]){8,29})(?![0-9a-z])"
)
_BANK_WORD = re.compile(
    rf"银行|銀行|信用社|开户行|卡号|卡號|bank|汇款|转账|打款|收款|{_SHORT_BANK}"
)
_BANK_NAME = re.compile(rf"银行|銀行|信用社|{_SHORT_BANK}|(?<![a-z])bank")
_BRANCH = re.compile(r"[^0-9\n]{0,4}(?:开户行|开户银行)")
# China UnionPay's cards as they are embossed; articles are not written so.
_EMBOSSED = re.compile(
    r"(?<![0-9a-z][ \-])(?<![0-9a-z])(?P<number>62[0-9]{2}(?:[ \-][0-9]{4}){3}(?:[ \-][0-9]{1,3})?)"
    r"(?![ \-]?[0-9a-z])"
)


def find_bank_accounts(text: str) -> Iterator[Found]:
    """Find numbers of payment cards (16 to 19 digits with check digit) and of bank accounts.

    An account number has no check digit: it must stand behind a bank's name.
    """
    told: set[str] = set()
    if _BANK_WORD.search(text):
        for match in _BANK.finditer(text):
            number = re.sub(r"[ \-]", "", match["number"])
            is_card = 16 <= len(number) <= 19 and luhn_is_valid(number)
            start = match.start("number")
            named = _BANK_NAME.search(text, max(0, start - 40), start) or _BRANCH.match(
                text, match.end()
            )
            if is_card or (9 <= len(number) <= 25 and named is not None):
                told.add(number)
                confidence = 0.95 if is_card else 0.75
                yield found_in(ClueKind.BANK_ACCOUNT, number, match, confidence, "number")
    for match in _EMBOSSED.finditer(text):
        number = re.sub(r"[ \-]", "", match["number"])
        if number not in told and luhn_is_valid(number):
            yield found_in(ClueKind.BANK_ACCOUNT, number, match, 0.85, "number")
