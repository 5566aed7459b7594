"""Pages in the shapes that the world's shop systems emit are read right, field by field.

Each file of `systems/` is small and written for this test after a system's own templates: the
price stands among prices that are not the listing's (list price, unit price, instalment, shipping,
other listings), in the system's own language and marks. A field that a row names as None must be
absent: what the page does not say is never invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.reading import read_page
from domain.listings import Offer, Sighting
from domain.pages import Page
from domain.sellers import Seller

FOLDER = Path(__file__).parent / "systems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is expected of one page; fields left out are not compared."""

    url: str
    why: str
    kind: str = "listing"
    fields: dict[str, str | None] = field(default_factory=dict)


CASES = {
    "magento_luma": Case(
        url="https://shop.example/joust-duffle-bag.html",
        why="special price before the regular one; tier and related prices are others",
        fields={
            "title": "Joust Duffle Bag", "price": "29.50 USD", "list_price": "34.00 USD",
            "availability": "InStock", "sku": "24-MB01", "brand": "Joust",
        },
    ),
    "prestashop": Case(
        url="https://shop.example/fr/accueil/6-11-tasse-mountain-fox.html",
        why="unit price a litre, shipping costs; the JSON of an attribute knows the EAN",
        fields={
            "title": "Tasse Mountain Fox", "price": "11.42 EUR", "list_price": "14.28 EUR",
            "availability": "InStock", "sku": "demo_11", "brand": "Studio Design",
            "gtin": "4006381333931",
        },
    ),
    "shopware6": Case(
        url="https://shop.example/Bergschuh-Alpin/SW10023",
        why="microdata of the page around that of the product; a list price in another block",
        fields={
            "title": "Bergschuh Alpin", "price": "1199.95 EUR", "list_price": "1299.00 EUR",
            "availability": "InStock", "sku": "SW10023", "brand": "Gipfelwerk",
            "gtin": "4006381333931", "mpn": "GW-77",
        },
    ),
    "bigcommerce": Case(
        url="https://shop.example/fog-linen-chambray-towel/",
        why="sold out: the button is there, but disabled; shipping is no price",
        fields={
            "title": "[Sample] Fog Linen Chambray Towel", "price": "49.00 USD",
            "list_price": None, "availability": "OutOfStock", "sku": "SLCTBS", "brand": "OFS",
            "gtin": "036000291452",
        },
    ),
    "opencart": Case(
        url="https://shop.example/index.php?route=product/product&product_id=42",
        why="list price struck by style; tax-free, points and tier prices are others",
        fields={
            "title": 'Apple Cinema 30"', "price": "110.00 USD", "list_price": "122.00 USD",
            "availability": "InStock", "sku": "Product 15", "brand": "Apple",
        },
    ),
    "sfcc": Case(
        url="https://shop.example/it/vestito-lungo-in-lino/701643108633M.html",
        why="instalments are no price",
        fields={
            "title": "Vestito lungo in lino", "price": "94.50 EUR", "list_price": "189.00 EUR",
            "availability": "InStock", "sku": "701643108633M",
        },
    ),
    "hybris": Case(
        url="https://shop.example/ja/p/1934793",
        why="yen by the language; shipping is no price",
        fields={"price": "9985 JPY", "availability": "InStock", "sku": "1934793"},
    ),
    "squarespace": Case(
        url="https://shop.example/shop/p/stoneware-bowl",
        why="labels that only screen readers hear tell sale and original price",
        fields={
            "title": "Stoneware Bowl", "price": "38.00 GBP", "list_price": "45.00 GBP",
            "availability": "InStock",
        },
    ),
    "wix": Case(
        url="https://shop.example/product-page/vela-de-soja",
        why="JSON-LD whose property names begin with capitals",
        fields={
            "title": "Vela de Soja", "price": "79.90 BRL", "availability": "OutOfStock",
            "sku": "364215376135191",
        },
    ),
    "ecwid": Case(
        url="https://shop.example/products/Aceite-de-oliva-500-ml-p12345678",
        why="a unit price for 100 ml",
        fields={
            "title": "Aceite de oliva 500 ml", "price": "12.50 EUR", "availability": "InStock",
            "sku": "00012",
        },
    ),
    "nopcommerce": Case(
        url="https://shop.example/build-your-own-computer",
        why="numbers in labelled spans; a button to be told stands for sold out",
        fields={
            "title": "Build your own computer", "price": "1200.00 USD",
            "list_price": "1500.00 USD", "availability": "OutOfStock", "sku": "COMP_CUST",
            "brand": "Zeta", "mpn": "ZB-2000", "gtin": "5901234123457",
        },
    ),
    "sylius": Case(
        url="https://shop.example/pl_PL/products/koszulka-sport-basic-white",
        why="the lowest price of thirty days (Omnibus directive) is not the price",
        fields={
            "title": "Koszulka Sport basic white", "price": "39.99 PLN",
            "list_price": "49.99 PLN", "availability": "InStock",
            "sku": "Sport_basic_white_T_shirt",
        },
    ),
    "spree": Case(
        url="https://shop.example/products/rugtas-dagtocht",
        why="Dutch labels",
        fields={
            "title": "Rugtas Dagtocht", "price": "59.95 EUR", "list_price": "79.95 EUR",
            "availability": "InStock", "sku": "RT-2201", "brand": "Padvinder",
        },
    ),
    "bagisto": Case(
        url="https://shop.example/arctic-cozy-knit-unisex-beanie",
        why="JSON-LD with escaped slashes and a number for a price",
        fields={"price": "1299.50 INR", "availability": "InStock", "sku": "SP-001"},
    ),
    "medusa_next_rsc": Case(
        url="https://shop.example/gb/products/sweatshirt",
        why="a name in h2; the flight payload knows the numbers",
        fields={
            "title": "Medusa Sweatshirt", "price": "29.50 GBP", "availability": "InStock",
            "sku": "SWEATSHIRT-S", "gtin": "4006381333931",
        },
    ),
    "next_data_shell": Case(
        url="https://shop.example/p/holzuhr-nussbaum",
        why="nothing but state: amounts in cents, as their names say",
        fields={
            "title": "Holzuhr Nussbaum", "price": "129.50 EUR", "list_price": "149.50 EUR",
            "availability": "OutOfStock", "sku": "ZW-88", "brand": "Zeitwerk",
            "gtin": "4006381333931",
        },
    ),
    "nuxt_function": Case(
        url="https://shop.example/goods/10021",
        why="state as the call of a function with the values for arguments",
        fields={
            "title": "무선 이어폰 프로", "price": "89000 KRW", "brand": "소리", "sku": "EAR-PRO",
            "availability": "OutOfStock",
        },
    ),
    "nuxt3_payload": Case(
        url="https://shop.example/lamps/trail-lamp-400",
        why="state as a flat list whose numbers are places in it",
        fields={
            "title": "Trail Lamp 400", "price": "49.90 USD", "brand": "Northlite",
            "sku": "TL-400", "availability": "InStock",
        },
    ),
    "initial_state": Case(
        url="https://shop.example/goods/3321",
        why="state with bare names, single quotes and a trailing comma",
        fields={
            "title": "有机铁观音 250g", "price": "128.00 CNY", "list_price": "168.00 CNY",
            "brand": "安溪茗香", "sku": "TGY-250", "availability": "InStock",
        },
    ),
    "datalayer": Case(
        url="https://shop.example/sv/ullstrumpor-2-pack",
        why="the measuring tag names brand and number",
        fields={
            "title": "Ullstrumpor 2-pack", "price": "149.00 SEK", "brand": "Fjällgarn",
            "sku": "US-2P", "availability": "InStock",
        },
    ),
    "sveltekit": Case(
        url="https://shop.example/products/canvas-tote",
        why="state inside a call; its whole number is cents, as the page shows",
        fields={
            "title": "Canvas Tote", "price": "24.00 USD", "brand": "Loomly", "sku": "TOTE-N",
            "gtin": "036000291452",
        },
    ),
    "ecshop": Case(
        url="https://shop.example/goods.php?id=32",
        why="no heading at all; market price; the footer is the shop's own",
        fields={
            "price": "3010.00 CNY", "list_price": "3612.00 CNY", "sku": "ECS000032",
            "brand": "诺基亚", "availability": "InStock",
            "seller.company": "杭州示例网络科技有限公司",
            "seller.icp": "浙ICP备12345678号", "seller.uscc": "91330106MA27XXXX1K",
            "seller.address": "杭州市西湖区文三路1号", "seller.phones": "0571-88886666",
            "seller.emails": "kefu@shop.example",
        },
    ),
    "shopxo": Case(
        url="https://shop.example/goods-7.html",
        why="the sign stands in an element of its own; freight is no price",
        fields={
            "title": "纯色针织衫", "price": "168.00 CNY", "list_price": "268.00 CNY",
            "availability": "InStock",
        },
    ),
    "youzan": Case(
        url="https://shop.example/goods/2fxyz12345",
        why="the price in two elements; sold out by word and number",
        fields={
            "title": "手工桂花糕 礼盒装", "price": "59.90 CNY", "list_price": "79.00 CNY",
            "availability": "OutOfStock",
        },
    ),
    "vip_price": Case(
        url="https://shop.example/item/889911",
        why="what any buyer pays: not the members' price, with a coupon, or a third of it",
        fields={"price": "299.00 CNY", "availability": "InStock"},
    ),
    "woocommerce_range": Case(
        url="https://shop.example/product/linen-apron/",
        why="a range is read as what it begins at; no number where the page says N/A",
        fields={"price": "45.00 AUD", "availability": "InStock", "list_price": None},
    ),
    "korean_footer": Case(
        url="https://shop.example/product/detail.html?product_no=77",
        why="a coupon's price is not any buyer's; a footer in Korean",
        fields={
            "price": "12900 KRW", "list_price": "15000 KRW", "brand": "차마루",
            "availability": "InStock", "seller.company": "(주)차마루",
            "seller.address": "제주특별자치도 제주시 첨단로 1", "seller.phones": "064-123-4567",
            "seller.emails": "help@chamaru.example",
        },
    ),
    "shopify_footer": Case(
        url="https://shop.example/products/ceramic-mug",
        why="instalments are no price; the footer names the company",
        fields={
            "price": "24.00 CAD", "brand": "Kiln & Co", "sku": "MUG-1", "availability": "InStock",
            "seller.company": "Kiln & Co Ceramics Ltd.", "seller.emails": "hello@kiln.example",
            "seller.phones": "+1 416-555-0142",
        },
    ),
    "impressum": Case(
        url="https://shop.example/impressum", kind="seller", why="a German imprint",
        fields={
            "seller.company": "Gipfelwerk Outdoor GmbH", "seller.phones": "+49 89 1234567",
            "seller.address": "Bergstraße 12, 80331 München", "seller.licence": "HRB 123456",
            "seller.emails": "info@gipfelwerk.example",
        },
    ),
    "liangzhao": Case(
        url="https://shop.example/about/license", kind="seller", why="a table of the licence",
        fields={
            "seller.company": "安溪县茗香茶业有限公司", "seller.uscc": "91350524MA2XXXXX3D",
            "seller.address": "福建省泉州市安溪县城厢镇茶都1号",
            "seller.licence": "JY13505240012345", "seller.phones": "400-123-4567",
        },
    ),
    "tokushoho": Case(
        url="https://shop.example/info/law", kind="seller",
        why="what Japanese law wants shown (特定商取引法 art. 11)",
        fields={
            "seller.company": "株式会社みどり茶園", "seller.address": "京都府宇治市宇治1-2-3",
            "seller.phones": "0774-12-3456",
        },
    ),
    "magento_category": Case(
        url="https://shop.example/gear/bags.html", kind="search",
        why="a category of three, each with a button to buy",
        fields={"offer": None},
    ),
    "blog_with_card": Case(
        url="https://shop.example/blogs/journal/how-to-brew-oolong", kind="other",
        why="an article with one card of a product sells nothing itself",
        fields={"offer": None},
    ),
    "cart_empty": Case(
        url="https://shop.example/cart/", kind="other", why="a cart is no listing",
        fields={"offer": None},
    ),
    "soft_404_de": Case(
        url="https://shop.example/artikel/99999", kind="error",
        why="answered with 200, and shows other listings", fields={"offer": None},
    ),
    "soft_404_fr": Case(
        url="https://shop.example/produit/99999", kind="error", why="answered with 200",
        fields={"offer": None},
    ),
    "login_ja": Case(
        url="https://shop.example/member", kind="login", why="a password is asked for",
        fields={"offer": None},
    ),
}  # fmt: skip


def test_every_page_has_a_case() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_system_is_read_field_by_field(name: str, make_page: Callable[..., Page]) -> None:
    case = CASES[name]
    sighting = read_page(make_page((FOLDER / f"{name}.html").read_bytes(), url=case.url))
    assert sighting.kind.value == case.kind, case.why
    found = {field: _value(sighting, field) for field in case.fields}
    assert found == case.fields, case.why


def _value(sighting: Sighting, name: str) -> str | None:
    if name == "offer":
        return None if sighting.offer is None else "an offer"
    first, _, last = name.partition(".")
    if first == "seller":
        seller: Seller | None = sighting.seller
        value = getattr(seller, last) if seller else None
        return ", ".join(value) if isinstance(value, tuple) else value
    offer = sighting.offer or Offer()
    if name in ("price", "list_price"):
        money = getattr(offer, name)
        return str(money) if money else None
    if name == "availability":
        return offer.availability.value
    value = getattr(sighting, name)
    assert value is None or isinstance(value, str)
    return value
