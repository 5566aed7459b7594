"""What the shop sells, and the marks that some of it imitates (all names are invented)."""

from __future__ import annotations

from dataclasses import dataclass

HOLDER = "临港望舒实业有限公司"
REGISTER = f"""\
right_id,kind,name,other_names,number,office,nice_classes,goods,holder,valid_from,valid_to,logos,photos
M-VELNORA,mark,VELNORA,,30117442,CN,18,handbags,{HOLDER},2015-03-01,2035-02-28,velnora.png,velnora-bag.jpg
M-KESTRO,mark,KESTRO,,30117443,CN,25,shoes,{HOLDER},2016-07-11,2036-07-10,kestro.png,
M-QINGLUAN,mark,青鸾,,30117444,CN,25,scarves,{HOLDER},2014-05-20,2034-05-19,,
M-YUNSHU,time_honoured_brand,云枢阁,,30117445,CN,21,tea sets,{HOLDER},2012-01-09,2032-01-08,,
"""

_CLASSES = {
    "Bags": "Bag",
    "Clothing": "Garment",
    "Shoes": "Shoe",
    "Home": "Household",
    "Stationery": "Paper",
    "Toys": "Toy",
}
_MATERIALS = ("cotton", "steel", "beech", "leather", "linen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One product as the shop means to sell it."""

    title: str
    price: str
    """Decimal, in major units."""
    currency: str = "GBP"
    category: str
    """Breadcrumb from the widest to the narrowest, joined by " > "."""
    imitates: str | None = None
    """right_id of the mark imitated."""
    how: str = ""
    """The disguise; "photo" and "logo" are copies of the register's own pictures."""
    says: str = ""
    """A sentence at the end of its description."""
    variants: tuple[str, ...] = ()
    """Sizes, each a product of its own with the same title; the price rises by 1 each."""
    stock: int = 12

    @property
    def material(self) -> str:
        return _MATERIALS[len(self.title) % len(_MATERIALS)]

    @property
    def product_class(self) -> str:
        """What django-oscar calls the sort of product, a facet of its lists."""
        return _CLASSES[self.category.split(" > ")[0]]


def _shelf(category: str, *rows: tuple[str, str]) -> tuple[Offered, ...]:
    return tuple(Offered(title=title, price=price, category=category) for title, price in rows)


_ORDINARY = (
    *_shelf(
        "Bags > Handbags",
        ("Canvas market tote with inner pocket", "24.50"),
        ("Felt shopper in charcoal", "31.00"),
        ("Small evening clutch, beaded", "46.90"),
        ("Woven straw basket bag", "28.75"),
        ("Leather-trimmed bucket bag", "119.00"),
        ("Foldable rain shopper", "9.99"),
    ),
    *_shelf(
        "Bags > Rucksacks",
        ("Roll-top cycling rucksack 22 l", "64.00"),
        ("School rucksack with reflectors", "38.40"),
        ("Waxed cotton day pack", "89.00"),
        ("Child's owl rucksack", "19.20"),
        ("Trekking pack 55 l with rain cover", "1149.00"),
        ("Drawstring gym sack", "7.35"),
    ),
    *_shelf(
        "Clothing > Scarves",
        ("Merino winter scarf, herringbone", "42.00"),
        ("Printed cotton bandana, set of three", "12.60"),
        ("Chunky knitted snood", "22.80"),
        ("Linen summer stole", "35.50"),
        ("Cashmere wrap in oatmeal", "145.00"),
        ("Fleece neck warmer", "8.45"),
    ),
    *_shelf(
        "Clothing > Shirts",
        ("Oxford shirt, button-down collar", "49.00"),
        ("Striped Breton top", "27.00"),
        ("Brushed flannel check shirt", "36.00"),
        ("Grandad-collar linen shirt", "44.25"),
        ("Denim work shirt", "52.30"),
        ("Plain jersey undershirt, two-pack", "15.80"),
    ),
    *_shelf(
        "Shoes",
        ("Canvas plimsolls in navy", "18.90"),
        ("Suede desert boots", "74.00"),
        ("Wellington boots, short", "33.60"),
        ("Sheepskin slippers", "29.95"),
        ("Cork-soled sandals", "57.20"),
        ("Hiking boots with ankle support", "132.00"),
    ),
    *_shelf(
        "Home > Kitchen",
        ("Cast-iron casserole 4 l", "96.00"),
        ("Beech chopping board", "17.45"),
        ("Enamel mug, speckled", "6.20"),
        ("Stoneware pie dish", "21.30"),
        ("Glass storage jars, set of five", "26.00"),
        ("Salad servers in olive wood", "13.75"),
    ),
    *_shelf(
        "Home > Garden",
        ("Kestrel-shaped weather vane", "68.00"),
        ("Galvanised watering can 9 l", "23.40"),
        ("Hand fork and trowel, ash handles", "19.60"),
        ("Terracotta pots, set of four", "16.90"),
        ("Jute twine on a spool", "3.25"),
        ("Folding kneeler and seat", "34.00"),
    ),
    *_shelf(
        "Home > Lighting",
        ("Paper lantern shade 40 cm", "11.00"),
        ("Brass reading lamp", "84.50"),
        ("Clip-on desk light", "14.95"),
        ("Storm lantern, paraffin", "27.80"),
        ("String of thirty warm bulbs", "18.15"),
        ("Ceramic table lamp base", "59.00"),
    ),
    *_shelf(
        "Stationery",
        ("Dotted notebook A5, thread-sewn", "10.40"),
        ("Fountain pen with converter", "39.00"),
        ("Recycled pencils, box of twelve", "4.80"),
        ("Wall planner, linen-backed", "15.25"),
        ("Sealing wax sticks", "8.90"),
        ("Leather desk blotter", "72.00"),
    ),
    *_shelf(
        "Toys",
        ("Wooden train with six carriages", "31.50"),
        ("Hand puppet fox", "16.20"),
        ("Stacking rings in beech", "12.35"),
        ("Kite with a long tail", "20.10"),
        ("Marble run, 80 parts", "48.00"),
        ("Jigsaw of the night sky, 1000 pieces", "17.95"),
    ),
)

_MOTIFS = (
    "heron", "lighthouse", "poppies", "steam train", "hedgehog", "snowdrops", "sailing boat",
    "orchard", "barn owl", "windmill", "bluebells", "pier", "fox cub", "teapot", "bicycle",
    "wren", "hot-air balloon", "lemon tree", "ferry", "moonlit lake", "sparrows", "bakery",
    "allotment", "beach huts",
)  # fmt: skip

# More cards than a result page shows: whoever takes only first pages misses some.
_CARDS = tuple(
    Offered(title=f"Letterpress card: {motif}", price=f"{2 + number % 3}.40", category="Stationery")
    for number, motif in enumerate(_MOTIFS)
)

_SPECIAL = (
    Offered(title='Bold <b>& brave</b> picture book "Ahoy!"', price="9.50", category="Toys"),
    Offered(title="Oak table for twelve", price="2480.00", category="Home > Kitchen", stock=0),
    Offered(title="竹编茶盘 一套三件", price="186.00", currency="CNY", category="Home > Kitchen"),
    Offered(title="Iron kettle", price="12800", currency="JPY", category="Home > Kitchen"),
    Offered(
        title="Wool jumper with crew neck",
        price="61.00",
        category="Clothing > Shirts",
        variants=("S", "M", "L"),
    ),
    Offered(
        title="Replacement insoles, compatible with KESTRO running shoes",
        price="7.90",
        category="Shoes",
    ),
)


def _imitation(title: str, price: str, category: str, of: str, how: str) -> Offered:
    return Offered(title=title, price=price, category=category, imitates=f"M-{of}", how=how)


_IMITATIONS = (
    _imitation("V-E-L-N-O-R-A tote, grained", "21.00", "Bags > Handbags", "VELNORA", "separator"),
    _imitation("VELN0RA shoulder bag", "18.50", "Bags > Handbags", "VELNORA", "leet"),
    _imitation("Zip purse Velnоrа, red", "11.90", "Bags > Handbags", "VELNORA", "homoglyph"),
    _imitation("ＶＥＬＮＯＲＡ city rucksack", "26.00", "Bags > Rucksacks", "VELNORA", "fullwidth"),
    _imitation("Velnorra weekend bag", "34.00", "Bags > Rucksacks", "VELNORA", "typo"),
    _imitation("Grained top-handle bag, tan", "22.00", "Bags > Handbags", "VELNORA", "photo"),
    _imitation("KESTRO trainers, top replica 1:1", "29.00", "Shoes", "KESTRO", "exact"),
    _imitation("K E S T R O running shoes", "27.50", "Shoes", "KESTRO", "separator"),
    _imitation("Iron-on patches for jackets", "3.60", "Clothing > Shirts", "KESTRO", "logo"),
    _imitation("青鸞真丝长巾", "15.00", "Clothing > Scarves", "QINGLUAN", "traditional"),
    _imitation("青*鸾 羊绒围巾", "17.00", "Clothing > Scarves", "QINGLUAN", "separator"),
    _imitation("云枢閣 紫砂茶具", "33.00", "Home > Kitchen", "YUNSHU", "traditional"),
    _imitation("Qingluan mulberry silk scarf", "19.00", "Clothing > Scarves", "QINGLUAN", "pinyin"),
    Offered(
        title="Quilted weekend holdall",
        price="28.00",
        category="Bags > Rucksacks",
        imitates="M-VELNORA",
        how="separator",
        says="Same factory as V.E.L.N.O.R.A, without the label.",
    ),
    Offered(
        title="VELNORA trolley, hard shell",
        price="55.00",
        category="Bags > Rucksacks",
        imitates="M-VELNORA",
        how="exact",
        variants=("S", "L"),
    ),
)

CATALOGUE = (*_ORDINARY, *_CARDS, *_SPECIAL, *_IMITATIONS)
"""Every product; those with variants stand for one product more a variant."""
