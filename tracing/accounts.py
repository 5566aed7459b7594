"""Accounts on social, second-hand and shop platforms, in free text.

Scanners take a folded text (`reference.folding`). A bare word is nobody's account: it stands behind
the platform's name and a mark, or in the address of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.tracing import ClueKind
from tracing.found import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where people have accounts by which sellers name themselves."""

    name: str
    """As it stands in a clue's value: douyin:name."""
    hints: tuple[str, ...]
    """One of them stands in every text that names an account: looked for first, as it is fast."""
    words: str | None = None
    """Regular expression of what sellers call the platform."""
    page: str | None = None
    """Regular expression of a page's address up to the account."""
    form: str
    """Regular expression of an account."""
    after: str = ""
    """Regular expression of what follows the account."""


_SPLIT = r"[^0-9a-z一-鿿]{0,2}"
_LATIN = r"(?<![a-z0-9.])"
SERVICES: tuple[Service, ...] = (
    Service(
        name="douyin",
        hints=("抖", "斗音", "d音", "豆音", "dy", "douyin"),
        words=rf"[抖斗豆]{_SPLIT}音|{_LATIN}(?:d{_SPLIT}音|dy(?= ?(?:号|id|[:]))|douyin)",
        form=r"[a-z0-9][a-z0-9_.]{3,23}",
    ),
    Service(
        name="kuaishou",
        hints=("快", "块手", "ks"),
        words=rf"[快块]{_SPLIT}手|{_LATIN}ks(?= ?(?:号|id))",
        form=r"[a-z0-9][a-z0-9_\-]{4,23}",
    ),
    Service(
        name="xiaohongshu",
        hints=("红书", "紅書", "红薯", "红❤书", "xhs"),
        words=rf"小?红{_SPLIT}[书薯]|小紅書|{_LATIN}xhs",
        page=r"xiaohongshu\.com/user/profile/",
        form=r"[a-z0-9][a-z0-9_]{4,23}",
    ),
    Service(
        name="weidian",
        hints=("微店", "weidian.com"),
        words="微店",
        page=r"weidian\.com/[^\s?]{0,60}\?(?:[^\s?]{0,60}&)?userid=|(?<!/)(?<=shop)(?=[0-9]+\.v\.weidian)",
        form=r"[a-z0-9][a-z0-9_\-]{4,23}",
    ),
    Service(
        name="xianyu",
        hints=("闲鱼", "咸鱼", "閒魚", "贤鱼"),
        words="[闲咸贤]鱼|閒魚",
        form=r"[a-z0-9][a-z0-9_\-]{4,23}",
    ),
    Service(
        name="weibo",
        hints=("微博", "围脖", "weibo.com"),
        words="微博|围脖",
        page=r"weibo\.com/(?:u/|n/)?",
        form=r"[a-z0-9][a-z0-9_\-]{4,29}",
    ),
    Service(
        name="bilibili",
        hints=("b站", "哔哩", "bilibili"),
        words="b站|哔哩哔哩",
        page=r"space\.bilibili\.com/",
        form=r"[0-9]{4,16}",
    ),
    Service(
        name="telegram",
        hints=("tg", "t.me", "telegram", "elegram", "电报", "飞机", "телег", "тг"),
        words=rf"{_LATIN}(?:[tт]elegram|tg)(?:飞机)?|电报|纸?飞机|телегр?ам{{0,2}}|телега|(?<!\w)тг(?!\w)",
        page=rf"{_LATIN}(?:t|telegram)\.me/(?:s/)?",
        form=r"[a-z][a-z0-9_]{4,31}",
    ),
    Service(
        name="instagram",
        hints=("ins", "ig"),
        words=rf"{_LATIN}(?:instagram|insta|ins|ig)",
        page=r"instagram\.com/",
        form=r"[a-z0-9_][a-z0-9_.]{2,28}[a-z0-9_]",
    ),
    Service(
        name="facebook",
        hints=("facebook", "fb", "脸书"),
        words=rf"{_LATIN}(?:facebook|fb)|脸书",
        page=r"(?:facebook|fb)\.com/|(?<![a-z0-9.])m\.me/",
        form=r"[a-z0-9][a-z0-9.]{4,49}",
    ),
    Service(
        name="tiktok",
        hints=("tiktok",),
        words=rf"{_LATIN}tiktok",
        page=r"tiktok\.com/@",
        form=r"[a-z0-9_][a-z0-9_.]{2,23}",
    ),
    Service(
        name="vk", hints=("vk.com", "вк"), words=r"(?<!\w)вк(?!\w)",
        page=rf"{_LATIN}vk\.com/", form=r"[a-z][a-z0-9_.]{4,31}",
    ),
    Service(
        name="line", hints=("line",),
        words=rf"{_LATIN}line(?= ?(?:id|:|@))", page=r"line\.me/ti/p/~?",
        form=r"[a-z0-9][a-z0-9_.\-]{3,19}",
    ),
    Service(
        name="skype", hints=("skype",), words=rf"{_LATIN}skype",
        form=r"(?:live:)?[a-z][a-z0-9_.\-]{5,31}",
    ),
    Service(
        name="discord", hints=("discord",),
        page=r"discord(?:\.gg|\.com/invite|app\.com/invite)/", form=r"[a-z0-9\-]{4,20}",
    ),
    Service(
        name="whatsapp_group", hints=("chat.whatsapp",),
        page=r"chat\.whatsapp\.com/", form=r"[a-z0-9]{18,26}",
    ),
    Service(
        name="yupoo", hints=(".yupoo.com",),
        page=r"(?<![a-z0-9.\-])", form=r"[a-z0-9][a-z0-9\-]{1,40}", after=r"\.(?:x\.)?yupoo\.com",
    ),
    Service(name="szwego", hints=("szwego",), page=r"szwego\.com/[^\s]{0,80}?/(?=a[0-9])",
            form=r"a[0-9]{12,24}"),
    Service(
        name="taobao", hints=(".taobao.com",),
        page=r"(?<![a-z0-9.\-])(?=shop)", form=r"shop[0-9]{5,12}", after=r"\.(?:m\.)?taobao\.com",
    ),
    Service(
        name="1688", hints=(".1688.com",),
        page=r"(?<![a-z0-9.\-])", form=r"[a-z0-9][a-z0-9\-]{3,40}", after=r"\.1688\.com",
    ),
    Service(
        name="pinduoduo", hints=("mall_id=",), page=r"[?&]mall_id=", form=r"[0-9]{5,12}",
    ),
    Service(
        name="aliexpress", hints=("aliexpress",),
        page=r"aliexpress\.(?:com|ru)/store/", form=r"[0-9]{5,12}",
    ),
)  # fmt: skip
"""Invitations count as accounts: whoever sells behind them answers for the group."""

_WORD = r" ?(?:号码?|號碼?|频道|頻道|id|uid|账号|帐号|帳號|账户|用户名|搜索?|关注)"
_MARK = rf"(?P<mark>{_WORD}{{1,2}}[ :=]{{0,3}}@?| ?[:=@][ :=@]{{0,2}}| )"


# facebook: facebook.com/name; what stands behind the colon is read as a page.
_NO_PAGE = r"(?!https?:|www\.|[a-z0-9\-]{1,20}\.(?:com|me|gg|cn|ru)(?![a-z0-9]))"


def _pattern(one: Service) -> re.Pattern[str]:
    named = rf"(?:{one.words}){_MARK}" if one.words else "(?P<mark>(?!))"
    page = rf"|(?:{one.page})" if one.page else ""
    return re.compile(rf"(?:{named}{page}){_NO_PAGE}(?P<id>{one.form})(?![a-z0-9_@]){one.after}")


_ACCOUNTS = tuple((one, _pattern(one)) for one in SERVICES)
_NO_ACCOUNTS = frozenset(
    {
        *("share", "joinchat", "explore", "accounts", "about", "official", "sharer", "watch"),
        *(
            "profile",
            "groups",
            "pages",
            "reel",
            "stories",
            "login",
            "people",
            "public",
            "addstickers",
        ),
        *("detail", "login", "offer", "style", "search", "company", "market", "video", "photo"),
        *("wall", "album", "product", "feed", "whatsapp", "wechat", "telegram", "instagram"),
    }
)
_DOMAIN = re.compile(r"^www\.|\.(?:com|cn|net|org|ru|me|php|html?)$")


def find_accounts(text: str) -> Iterator[Found]:
    """Find accounts of `SERVICES`; behind a mere colon one of letters alone is taken for a word."""
    for service, pattern in _ACCOUNTS:
        if not any(hint in text for hint in service.hints):
            continue
        for match in pattern.finditer(text):
            account, mark = match["id"].rstrip("."), match["mark"]
            if account in _NO_ACCOUNTS or _DOMAIN.search(account):
                continue
            if mark is not None and not _is_name(account, mark):
                continue
            yield Found(
                kind=ClueKind.ACCOUNT,
                value=f"{service.name}:{account}",
                start=match.start("id"),
                end=match.start("id") + len(account),
                confidence=0.85 if mark is None or mark.strip() else 0.7,
            )


def _is_name(account: str, mark: str) -> bool:
    """Tell a name from a word of a sentence, by how plainly an account is announced."""
    if not mark.strip():
        return "_" in account or "." in account
    return not account.isalpha() or any(sign not in " :=" for sign in mark)
