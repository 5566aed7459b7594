"""E-mail addresses, WeChat and QQ numbers, also where a seller hides them from filters.

Scanners take a folded text (`reference.folding`); readers take the whole value of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import tldextract

from domain.tracing import ClueKind
from reference.folding import fold
from tracing.found import Found, found_in
from tracing.numerals import NUMERALS, digits_of

_AT = r"@|[(\[{<【] ?(?:at|@|a) ?[)\]}>】]|艾特|爱特|圈a|小老鼠|[#*]| at "
_DOT = r"\.|[(\[{【] ?(?:dot|点|\.) ?[)\]}】]|点|[,，。·•]| dot "
_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+\-])(?P<local>[a-z0-9][a-z0-9._%+\-]{{0,63}})(?P<at> ?(?:{_AT}) ?\n?)"
    rf"(?P<domain>(?:[a-z0-9][a-z0-9\-]{{0,62}} ?(?:{_DOT}) ?){{1,4}}[a-z]{{2,24}})(?![a-z0-9\-])"
)
_PLAIN_DOMAIN = re.compile(r"(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,24}(?![a-z0-9\-])")
_MAIL_CUE = re.compile(r"(?:邮箱|郵箱|邮件|e-?mail|почта)[^a-z0-9]{0,4}$")
# What hides the @ or a dot is read as one only before the mail services that sellers hide so.
_MAIL_SERVICES = frozenset(
    {
        *("qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "139.com"),
        *("vip.163.com", "188.com", "sina.com", "sina.cn", "sohu.com", "21cn.com", "aliyun.com"),
        *("gmail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "yahoo.com"),
        *("yandex.ru", "mail.ru", "proton.me", "protonmail.com"),
    }
)


@cache
def _domains() -> tldextract.TLDExtract:
    # The packaged snapshot of the Public Suffix List: no network, no cache folder. RFC 2606 keeps
    # `.example` out of the list; pages of documentation use it.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=("example",))


@lru_cache(maxsize=16_384)
def _plausible_domain(domain: str) -> bool:
    parts = _domains()(domain)
    return bool(parts.domain and parts.suffix)


def find_emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses under a public suffix; (at), 艾特, # and " dot " are read too."""
    if not any(sign in text for sign in ("@", "at", "特", "#", "*", "a)", "a】", "圈a", "老鼠")):
        return
    for match in _EMAIL.finditer(text):
        written, end = match["domain"], match.end()
        domain = re.sub(rf" ?(?:{_DOT}) ?", ".", written)
        if domain not in _MAIL_SERVICES and (plain := _PLAIN_DOMAIN.match(written)):
            # a@shop.ru, and so on: the comma was no dot.
            domain = written = plain.group()
            end = match.start("domain") + plain.end()
        at, spelt_dot = match["at"], domain != written
        cued = bool(_MAIL_CUE.search(text, max(0, match.start() - 12), match.start()))
        if at == " at " and not (spelt_dot or cued):
            continue  # meet at qq.com
        open_sign = at == "@" or "at" in at.strip() or "特" in at
        if (spelt_dot or not open_sign) and domain not in _MAIL_SERVICES:
            continue
        if _plausible_domain(domain):
            yield Found(
                kind=ClueKind.EMAIL,
                value=f"{match['local'].rstrip('.')}@{domain}",
                start=match.start(),
                end=end,
                confidence=0.9 if at == "@" and not spelt_dot else 0.75,
            )


def read_email(text: str) -> str | None:
    """Return an e-mail address in lower case, or None for what is none."""
    whole = fold(text.strip().removeprefix("mailto:")[:320]).text
    found = next(find_emails(whole), None)
    return found.value if found and (found.start, found.end) == (0, len(whole)) else None


_SPLIT = r"[^0-9a-z一-鿿]{0,2}"
"""Between the two halves of a cue: 微❤信, 微.信, a line's end."""
_VX = r"[vw][^0-9a-z一-鿿:=]{0,2}x"
"""After a colon begins the account: V：Xiao_mei88."""
_FILLER = (
    r"(?:号码?|號碼?|账号|帐号|帳號|客服|联系|聯繫|咨询|加我|同步|搜索?|看[图款货样]|拿货|[详私]聊|id|is|我|是"
    r"|[ :=>\-—_➡→👉+~.,，。、()【】\[\]「」\"'“”❤♥♡\n]){0,5}"
)
_WEI = "[微薇葳徽威维維唯]"
_WECHAT_CUE = "|".join(
    (
        rf"{_WEI}{_SPLIT}[信芯心❤♥♡]",
        rf"[微薇葳]{_SPLIT}(?:[伽嘉+➕号號x❤♥♡]|(?=[:=]))",
        "薇|葳",
        rf"[加伽嘉➕](?:我|下|个|一下)?{_SPLIT}(?:{_VX}|[v薇葳微威徽维维])(?![领型字口章孔])",
        r"(?<![0-9a-z+])\+ ?(?:[vw]x?(?=[ :])|[薇葳微威徽])",
        r"(?<![a-z])jia ?[vw]x?(?![a-z])",
        r"v号|v ?信|(?<![a-z0-9.])v ?(?=[:❤♥♡])",
        rf"(?<![a-z0-9]){_VX}(?:{_SPLIT}in)?(?![a-z]{{2}})",
        r"[❤♥]信|卫星(?=号|[ :=]*[:=])|绿泡泡?|绿色(?:软件|图标|聊天)",
        r"(?:客服|店主|老板|咨询|代理|找我) ?[微v]",
        r"(?<![a-z0-9])(?:we ?chat|wei ?xin)(?![a-z]{2})|(?<![a-z0-9])wei ?信|вичат|вейчат|вечат",
    )
)
_MORE = rf" ?(?:(?:后面|后边|後面|最后|再)(?:加上?|是|接|跟)?|后?加上?) ?[0-9{NUMERALS}]{{2,8}}"
_WECHAT = re.compile(
    rf"(?:{_WECHAT_CUE})(?P<filler>{_FILLER})(?P<id>[a-z](?:[a-z0-9_\-]{{1,14}}{_MORE}(?![元块件个%])"
    rf"|[a-z0-9_\-{NUMERALS}]{{5,19}}|(?: [a-z0-9_\-]){{5,19}}))(?![a-z0-9_@]|\.[a-z])"
)
_NAMED_AFTER = re.compile(
    r"(?<![a-z0-9_@.\-/])(?P<id>[a-z][a-z0-9_\-]{5,19}) ?"
    r"(?:[(\[【] ?(?:微信|薇信|vx|wx|v信|wechat|绿泡泡?)号?(?:同号)? ?[)\]】]"
    r"|(?:就|这)?是我?的?(?:微信|薇信|vx|wx|v信)号?)"
)
_NO_ACCOUNT = frozenset(
    {
        *("official", "account", "service", "services", "payment", "public", "number"),
        *("support", "wechat", "weixin", "message", "please", "contact", "friends", "follow"),
        *("whatsapp", "telegram", "instagram"),
    }
)
_WECHAT_FORM = re.compile(r"[a-z][a-z0-9_\-]{5,19}")
# Whoever says 微芯 or names the height of a box may mean no WeChat.
_DOUBTFUL = re.compile(r"微芯|[a-z0-9] ?[x*] ?w ?x|[lh] ?x ?$|威信|维信|唯心")


def find_wechat(text: str) -> Iterator[Found]:
    """Find WeChat ids (a letter, then 5 to 19 letters, digits, _ or -) after a cue.

    Without a colon or the like an id of letters alone is taken for a word and left. A mobile
    number after the cue is a phone clue: WeChat finds people by it.
    """
    for match in _WECHAT.finditer(text):
        lead = text[match.start() : match.start("id")]
        value = re.sub(r"[^a-z0-9_\-]", "", digits_of(match["id"]))
        marked = any(mark in lead for mark in ":=>→➡👉号號")
        if value in _NO_ACCOUNT or not _WECHAT_FORM.fullmatch(value):
            continue
        before = text[max(0, match.start() - 4) : match.start()] + lead
        bare_word = value.isalpha() or "\n" in lead or _DOUBTFUL.search(before) is not None
        if not marked and bare_word and "_" not in value:
            continue
        confidence = 0.9 if marked and not value.isalpha() else 0.8
        yield found_in(ClueKind.WECHAT, value, match, confidence, "id")
    for match in _NAMED_AFTER.finditer(text):
        if match["id"] not in _NO_ACCOUNT and not match["id"].isalpha():
            yield found_in(ClueKind.WECHAT, match["id"], match, 0.7, "id")


def read_wechat(text: str) -> str | None:
    """Return a WeChat id in lower case, or None for what cannot be one."""
    value = fold(text.strip()[:64]).text
    return value if _WECHAT_FORM.fullmatch(value) else None


_QQ = re.compile(
    r"(?:(?<![a-z0-9])(?:q ?q|q)(?![a-z])|扣扣|叩叩|抠抠|蔻蔻|寇寇|球球|秋秋|企鹅)"
    rf"(?! ?[群裙])(?:微信|微)?(?:同号)?(?:邮箱)?(?P<filler>{_FILLER})"
    rf"(?P<number>[1-9一二三四五六七八九](?:[0-9{NUMERALS}]{{4,10}}|(?: [0-9{NUMERALS}]){{4,10}}))"
    r"(?![0-9a-z@])"
)


def find_qq(text: str) -> Iterator[Found]:
    """Find QQ numbers (5 to 11 digits) after a cue; a group (QQ群) is an account of its own."""
    for match in _QQ.finditer(text):
        value = digits_of(match["number"]).replace(" ", "")
        sure = match.group().startswith(("qq", "q q", "扣扣"))
        yield found_in(ClueKind.QQ, value, match, 0.9 if sure else 0.7, "number")


def read_qq(text: str) -> str | None:
    """Return a QQ number as digits, or None for what cannot be one."""
    value = fold(text.strip()[:64]).text
    return value if re.fullmatch(r"[1-9][0-9]{4,10}", value) else None
