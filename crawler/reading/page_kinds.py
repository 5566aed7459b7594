"""What kind of page this is, told before anything is taken from it as a product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawler.reading.document import Document
from crawler.reading.keys import (
    has_list_address,
    has_listing_address,
    has_seller_address,
    is_surely_seller,
    listing_key_of,
)
from crawler.reading.text import words
from domain.pages import PageKind

# Searched in lower-case text: without IGNORECASE the engine can skip to a first letter.
_BLOCKED = re.compile(
    r"滑块|拖动.{0,6}验证|请(?:完成|进行|输入).{0,8}验证|安全验证|人机验证|访问(?:过于|太)?频繁|访问受限"
    r"|访问被(?:拒绝|阻断)|异常(?:流量|访问)|系统检测到"
    r"|captcha|are you (?:a )?(?:human|robot)"
    r"|verify (?:that )?you are (?:a )?human|unusual traffic|access (?:to this page has been )?"
    r"denied|request blocked|attention required|just a moment|checking your browser"
    r"|too many requests|robot check|security check"
)
_BLOCK_MARKERS = re.compile(
    r"cf-challenge|challenge-platform|/_sec/|nc_wrapper|punish\?|geetest|g-recaptcha|hcaptcha"
    r"|px-captcha|distil_r_captcha",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"404(?<!\w404)\b|not found|page (?:does ?n[o']t exist|is missing|cannot be found)"
    r"|no longer exists|页面不存在|找不到(?:该|此|这个|您访问的)?(?:页面|商品|宝贝)"
    r"|(?:商品|宝贝|链接|店铺)(?:已经?)?(?:不存在|被?删除|失效)"
    r"|页面(?:走丢|丢失|无法访问)|服务器(?:错误|繁忙|开小差)|internal server error|bad gateway"
    r"|service unavailable|something went wrong|seite (?:wurde )?nicht gefunden|existiert nicht"
    r"|page (?:introuvable|non trouvée)|est introuvable|n['’]existe (?:pas|plus)"
    r"|página no encontrada|no (?:existe|se encuentra)|pagina non (?:trovata|esiste)"
    r"|página não encontrada|não encontrad[ao]|strony? nie znaleziono|nie istnieje"
    r"|pagina niet gevonden|niet gevonden|страница не найдена|ページが見つかりません|見つかりません"
    r"|페이지를 찾을 수 없|존재하지 않는|sidan (?:kunde inte hittas|finns inte)"
)
_LOGIN = re.compile(
    r"log ?in|sign ?in|登录|登入|登陆|anmelden|einloggen|connexion|iniciar sesión|accedi|ログイン"
    r"|로그인|entrar|zaloguj|inloggen|logga in|войти|вход в"
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|passport|accounts?/login|auth)\b", re.IGNORECASE)
_CART_PATH = re.compile(
    r"/(?:(?:shopping[-_]?)?(?:cart|basket|bag)|checkout|warenkorb|panier|carrito|cesta|carrello"
    r"|carrinho|koszyk|winkel(?:wagen|mand(?:je)?)|gouwuche|flow)(?:\.\w{2,5})?(?:/|$)",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(
    r"(?:^|[/.])(?:search|s|so|sousuo|results?|find|query)(?:[/.]|$)", re.IGNORECASE
)
_SEARCH_PARAMETERS = words("q query keyword keywords kw search searchterm wd text term s")
_SHORT_TEXT = 1_500
"""Characters; a block or error page says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the other readers found that tells the kind of a page."""

    has_product: bool
    """Structured data describes one product as the page's own."""
    is_subject: bool
    """That product is what the page's heading or address names."""
    listed: int
    """Products that structured data lists without being about them."""
    cards: int
    """Different listings that the page's main part links to."""
    has_price: bool
    can_buy: bool
    says_stock: bool
    """The page says whether its listing can be bought."""
    is_trader: bool
    """The page names, outside its footer, a company or licence; at a seller's address where
    the seller is."""


def kind_by_status(status: int) -> PageKind | None:
    """Tell the kind that an HTTP status alone decides (RFC 9110); None for success."""
    if status in (401, 407):
        return PageKind.LOGIN
    if status in (403, 405, 418, 429, 430, 503, 509, 999):
        return PageKind.BLOCKED
    return PageKind.ERROR if status >= 400 or status == 204 else None


def tell_kind(document: Document, signals: Signals) -> PageKind:
    """Tell the kind of a page that was answered with success.

    In this order: blocked, error and login pages show little text of their own and no product;
    an own product with a price or a buy control is a listing; many cards make a search page. Of few
    cards, that they lead to other listings, or that the address names a list, tells a short list.
    """
    text = document.lower_text
    short = len(text) <= _SHORT_TEXT
    headline = f"{document.head_title or ''} {document.h1 or ''}".lower()
    if not signals.has_product:
        if short and (_BLOCKED.search(text) or _BLOCK_MARKERS.search(document.source[:200_000])):
            return PageKind.BLOCKED
        if _BLOCKED.search(headline) and signals.cards < 4:
            return PageKind.BLOCKED
        if _is_login(document, headline, short=short):
            return PageKind.LOGIN
        if _GONE.search(headline) or (len(text) <= 400 and _GONE.search(text)):
            return PageKind.ERROR
    if not signals.has_product and (not text or _CART_PATH.search(urlsplit(document.url).path)):
        return PageKind.OTHER
    if _is_search_address(document.url) and (signals.cards > 1 or not signals.has_product):
        return PageKind.SEARCH
    if signals.is_subject or (signals.has_product and signals.listed <= 1):
        return PageKind.LISTING
    by_address = has_listing_address(document.url)
    if signals.has_product and (by_address or signals.can_buy):
        return PageKind.LISTING
    if _is_seller(document.url, signals) and not by_address:
        return PageKind.SELLER
    if signals.is_trader and not signals.has_price:
        return PageKind.SELLER
    if signals.listed > 1 or (signals.cards >= 4 and not by_address and not _looks_own(signals)):
        return PageKind.SEARCH
    if by_address and (signals.has_price or signals.says_stock):
        return PageKind.LISTING
    is_list = has_list_address(document.url)
    if signals.has_price and signals.can_buy and not (is_list and signals.cards):
        return PageKind.LISTING
    if signals.has_price and signals.cards < 4 and not is_list and _is_deep(document.url):
        return PageKind.LISTING
    if signals.cards >= 2 or is_list:
        return PageKind.SEARCH
    return PageKind.OTHER


def _is_seller(url: str, signals: Signals) -> bool:
    """Tell a seller's page; below a mere "shop" it sells nothing itself, or names its trader."""
    if not has_seller_address(url):
        return False
    sells = signals.has_price or signals.can_buy or signals.cards > 0
    return is_surely_seller(url) or signals.is_trader or not sells


def _looks_own(signals: Signals) -> bool:
    return signals.has_price and signals.can_buy and signals.cards < 30


def _is_deep(url: str) -> bool:
    parts = urlsplit(url)
    return len(parts.path.strip("/")) > 0 and listing_key_of(url) not in ("/", "/index")


def _is_search_address(url: str) -> bool:
    parts = urlsplit(url)
    if has_listing_address(url):
        return False
    names = {name.lower() for name, value in parse_qsl(parts.query)[:50] if value}
    if _SEARCH_PATH.search(parts.path):
        return True
    return bool(names & _SEARCH_PARAMETERS) and not re.search(r"\d{5,}", parts.path)


def _is_login(document: Document, headline: str, *, short: bool) -> bool:
    has_password = any(
        (element.get("type") or "").lower() == "password" for element in document.root.iter("input")
    )
    if _LOGIN_PATH.search(urlsplit(document.url).path):
        return has_password or short
    return bool(_LOGIN.search(headline)) and (has_password or short)
