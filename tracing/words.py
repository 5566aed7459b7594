"""The sentences of leads and trails, in Chinese and English.

Contact values stay out of them: who reads a reason need not see the number.
"""

from __future__ import annotations

from domain.common import Words
from domain.tracing import Clue, ClueKind
from tracing.weights import (
    COMPANY,
    DELIVERY,
    GOODS_CAME,
    GOODS_LEFT,
    RECIPIENT,
    SELLER,
    SENDER,
    SHIPMENT,
    TENANT,
    WAREHOUSE,
)

KIND_WORDS: dict[ClueKind, Words] = {
    ClueKind.PHONE: Words(zh="电话号码", en="phone number"),
    ClueKind.EMAIL: Words(zh="电子邮箱", en="e-mail address"),
    ClueKind.WECHAT: Words(zh="微信号", en="WeChat id"),
    ClueKind.QQ: Words(zh="QQ号", en="QQ number"),
    ClueKind.USCC: Words(zh="统一社会信用代码", en="social credit code"),
    ClueKind.LICENCE: Words(zh="注册号或许可证编号", en="registration or licence number"),
    ClueKind.ICP: Words(zh="ICP备案号", en="ICP filing number"),
    ClueKind.COMPANY: Words(zh="企业名称", en="company name"),
    ClueKind.ADDRESS: Words(zh="地址", en="address"),
    ClueKind.WAYBILL: Words(zh="运单号", en="waybill number"),
    ClueKind.PATENT: Words(zh="专利号", en="patent number"),
    ClueKind.ACCOUNT: Words(zh="社交平台账号", en="account on a social platform"),
    ClueKind.PAYMENT: Words(zh="收款账号", en="payment account"),
    ClueKind.BANK_ACCOUNT: Words(zh="银行账号", en="bank account"),
    ClueKind.CONTAINER: Words(zh="集装箱号", en="container number"),
    ClueKind.SSCC: Words(zh="物流单元代码（SSCC）", en="pallet number (SSCC)"),
    ClueKind.GLN: Words(zh="全球位置码（GLN）", en="location number (GLN)"),
    ClueKind.TAG: Words(zh="网页统计或收款代码", en="measuring or payment code of a page"),
    ClueKind.SHOP: Words(zh="店铺", en="shop"),
    ClueKind.SHOP_NAME: Words(zh="店铺字号", en="shop name"),
    ClueKind.PICTURE: Words(zh="商品图片", en="picture of goods"),
    ClueKind.TEXT: Words(zh="商品描述文字", en="text of goods"),
    ClueKind.PERSON: Words(zh="法定代表人姓名", en="name of the legal representative"),
}

_PLACES: tuple[tuple[str, Words], ...] = (
    ("seller.return_address", Words(zh="退货地址", en="the return address")),
    ("seller.", Words(zh="店铺资料", en="the shop's details")),
    ("title", Words(zh="商品标题", en="a listing's title")),
    ("description", Words(zh="商品描述", en="a listing's description")),
    ("attributes.", Words(zh="商品参数", en="a listing's attributes")),
    ("pictures", Words(zh="图片文字", en="words in a picture")),
    ("records.", Words(zh="平台回复", en="the platform's reply")),
)

_AGREEMENTS: dict[tuple[str, str], Words] = {
    (SELLER, SELLER): Words(zh="两家店铺使用同一{kind}", en="Both shops use the same {kind}"),
    (SELLER, COMPANY): Words(
        zh="店铺的{kind}与该企业的登记信息一致", en="The shop's {kind} is the company's own"
    ),
    (SELLER, TENANT): Words(
        zh="店铺的{kind}与仓库承租人的一致", en="The shop's {kind} is that of a tenant"
    ),
    (SELLER, WAREHOUSE): Words(
        zh="店铺的{kind}与该仓库的一致", en="The shop's {kind} is the warehouse's"
    ),
    (SELLER, SENDER): Words(
        zh="店铺的{kind}与该运单寄件人的一致", en="The shop's {kind} is the parcel's sender's"
    ),
    (COMPANY, TENANT): Words(
        zh="该企业的{kind}与仓库承租人的一致", en="The company's {kind} is that of a tenant"
    ),
    (COMPANY, WAREHOUSE): Words(
        zh="该企业的{kind}与该仓库的一致", en="The company's {kind} is the warehouse's"
    ),
    (SENDER, COMPANY): Words(
        zh="发货人的{kind}与该企业的登记信息一致", en="The sender's {kind} is the company's own"
    ),
    (SENDER, TENANT): Words(
        zh="发货人的{kind}与仓库承租人的一致", en="The sender's {kind} is that of a tenant"
    ),
    (SENDER, WAREHOUSE): Words(
        zh="发货人的{kind}与该仓库的一致", en="The sender's {kind} is the warehouse's"
    ),
    (SELLER, RECIPIENT): Words(
        zh="收货人的{kind}与店铺的一致", en="The recipient's {kind} is the shop's"
    ),
    (COMPANY, RECIPIENT): Words(
        zh="收货人的{kind}与该企业的登记信息一致",
        en="The recipient's {kind} is the company's own",
    ),
    (WAREHOUSE, RECIPIENT): Words(
        zh="收货人的{kind}与该仓库的一致", en="The recipient's {kind} is the warehouse's"
    ),
    (COMPANY, GOODS_CAME): Words(
        zh="到货地点的{kind}与该企业的登记信息一致",
        en="The {kind} of the place the goods came to is the company's own",
    ),
    (WAREHOUSE, GOODS_CAME): Words(
        zh="到货地点的{kind}与该仓库的一致",
        en="The {kind} of the place the goods came to is the warehouse's",
    ),
    (GOODS_LEFT, COMPANY): Words(
        zh="发出地点的{kind}与该企业的登记信息一致",
        en="The {kind} of the place the goods left is the company's own",
    ),
    (GOODS_LEFT, WAREHOUSE): Words(
        zh="发出地点的{kind}与该仓库的一致",
        en="The {kind} of the place the goods left is the warehouse's",
    ),
}
_SAME_GOODS = Words(zh="两条记录的{kind}相同", en="Both records have the same {kind}")
_SHOP_NAMED = Words(zh="该运单记载的发货店铺即为本店", en="The parcel's record names this shop")
_WAYBILL_SHOWN = Words(zh="店铺页面出现该运单号", en="The shop's pages show this waybill number")

CONTRADICTION = Words(
    zh="店铺公示的统一社会信用代码与该企业的不同，可能是同名企业",
    en="The shop shows another social credit code; the company may only have the same name",
)
OTHER_RECIPIENT = Words(
    zh="收货人的统一社会信用代码与此不同，货物可能是同一地址其他经营者的",
    en="The recipient has another social credit code: the goods may be those of another business "
    "at the address",
)
OTHER_FIRM = Words(
    zh="收货人是具名企业，与此只有地址相同，货物可能是同楼其他经营者的",
    en="The recipient is a firm by its own name and only the address is the same: the goods may be "
    "those of another business in the house",
)
_BOUGHT_BY_SHOP = Words(
    zh="该进货凭证由本店铺提交或载明购货方为本店铺",
    en="The proof of purchase was given by this shop or names it as the buyer",
)
OTHER_LEGAL_PERSON = Words(
    zh="两家店铺公示的经营主体不同", en="The shops show different legal persons"
)
CONFIRMED = Words(zh="该关联已经人工确认", en="A person has confirmed this link")
NAMED_BY_PAGE = Words(zh="商品页面载明该店铺", en="The listing's page names this shop")


def agreement_words(
    sides: tuple[str, str], clues: tuple[Clue, Clue], kind: ClueKind, sharers: int
) -> Words:
    """Say what two nodes have in common, where a shop shows it, and how many shops share it."""
    if sides == (SELLER, SHIPMENT):
        return _SHOP_NAMED if kind is ClueKind.SHOP else _WAYBILL_SHOWN
    if sides == (SELLER, DELIVERY):
        return _BOUGHT_BY_SHOP
    # Sides without a sentence of their own are two records of the same goods.
    pattern, name = _AGREEMENTS.get(sides, _SAME_GOODS), KIND_WORDS[kind]
    seen = [
        place_of(clue.found_in) for clue, side in zip(clues, sides, strict=True) if side == SELLER
    ]
    # The same place on both sides is said once.
    places = list(dict.fromkeys(seen))
    zh = pattern.zh.format(kind=name.zh) + f"（见于{'、'.join(place.zh for place in places)}）"
    en = pattern.en.format(kind=name.en) + f" (seen in {' and '.join(p.en for p in places)})"
    if not places:
        zh, en = pattern.zh.format(kind=name.zh), pattern.en.format(kind=name.en)
    if sides == (SELLER, SELLER) and sharers > 2:
        return Words(zh=f"{zh}，共有{sharers}家店铺使用", en=f"{en}; {sharers} shops share it")
    return Words(zh=zh, en=en)


def closeness_words(kind: ClueKind) -> Words:
    """Say that two shops show nearly the same value."""
    name = KIND_WORDS[kind]
    return Words(
        zh=f"两家店铺的{name.zh}相近，可能为误写或变体",
        en=f"The shops' {name.en} is nearly the same: a slip or a variant",
    )


def place_of(found_in: str) -> Words:
    """Say where a shop shows a clue, by the path of the field."""
    return next(
        (words for prefix, words in _PLACES if found_in.startswith(prefix)),
        Words(zh="店铺页面", en="the shop's pages"),
    )
