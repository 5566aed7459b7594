"""The sentences by which a trail tells of a supplier."""

from __future__ import annotations

from datetime import timedelta, timezone

from domain.common import Words
from domain.tracing import Record, RecordKind
from tracing.consignments import moment_of

_CHINA = timezone(timedelta(hours=8))
"""The days of documents are China's."""

DROP_SHIPPED = Words(
    zh="店铺的包裹由店铺经营者以外的企业发出，可能为一件代发的供货人",
    en="A parcel of the shop was sent by another firm than the shop's: it may ship for it what it "
    "supplies",
)
GOODS_UNTOLD = Words(
    zh="该记录或商品标题未写明货物种类，是否为同种商品须核对",
    en="The record or the listing's title does not tell what the goods are: whether they are the "
    "same has to be checked",
)
TOO_LATE = Words(
    zh="货物在最近一次看到该商品之后才发出，不能说明此前所售商品的来源",
    en="The goods were sent after the listing was last seen: they do not tell the source of what "
    "was sold before",
)
SAME_PERSON = Words(
    zh="供货企业与收货企业登记的法定代表人姓名相同，可能为同一人控制，须核对身份",
    en="Both firms are registered with a legal representative of the same name: perhaps one "
    "person's; compare the identities",
)
_NAMES = {
    RecordKind.CUSTOMS: Words(zh="报关单", en="Customs declaration"),
    RecordKind.DELIVERY: Words(zh="进货凭证", en="Proof of purchase"),
    RecordKind.SHIPMENT: Words(zh="运单", en="Waybill"),
    RecordKind.TEST_PURCHASE: Words(zh="购样包裹运单", en="Waybill of the test purchase"),
    RecordKind.EVENT: Words(zh="流通追溯事件", en="Traceability event"),
}
_UNNAMED = Words(zh="记载了发货人（非企业名称，见该记录）", en="names a sender, no firm (see it)")


def document_words(record: Record, name: str | None) -> Words:
    """Say which document names whom as the sender, and of when it is."""
    called = _NAMES[record.kind]
    other = record.other
    number = other.get("declaration_number") or other.get("document_number") or record.waybill
    number = number or record.key
    when = moment_of(record)
    day = f"{when.astimezone(_CHINA):%Y-%m-%d}" if when else ""
    zh = f"{called.zh}{number}{f'（{day}）' if day else ''}"
    en = f"{called.en} {number}{f' of {day}' if day else ''}"
    if name is None:
        return Words(zh=f"{zh}{_UNNAMED.zh}", en=f"{en} {_UNNAMED.en}")
    return Words(zh=f"{zh}载明发货（供货）人为{name}", en=f"{en} names {name} as the sender")


def more_words(count: int) -> Words:
    """Say how many consignments of one sender there are."""
    return Words(
        zh=f"该发货人共有{count}批货物发来，此处列最相符的一批",
        en=f"{count} consignments came from this sender; the one that fits best is told of",
    )
