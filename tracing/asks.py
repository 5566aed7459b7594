"""The next document to ask for at each station of a trail.

Articles are cited from 电子商务法 (2018), 行政处罚法 (2021) and 商标法 (2019); 协助调查函 is form
17 of the set of 2021 (国市监法发〔2021〕42号). 快递暂行条例 was revised in 2025 and is named
without articles; it gives market regulators no power over carriers' data, so the way leads
through the postal administration.
"""

from __future__ import annotations

from domain.common import Words
from domain.tracing import HopKind, Record, RecordKind
from reference.bureaus import bureau_of
from tracing.placing import place_address

_LISTING = Words(
    zh="向平台调取该商品的发布信息和交易记录（《电子商务法》第二十五条；"
    "依第三十一条，平台应自交易完成之日起保存不少于三年）",
    en="From the platform: this listing's content and its transactions (E-Commerce Law art. 25; "
    "kept for at least three years after each transaction, art. 31)",
)
_SELLER = Words(
    zh="向平台调取店铺经营者的身份、地址、联系方式和行政许可登记档案"
    "（《电子商务法》第二十五条、第二十七条）",
    en="From the platform: the file on the shop's operator with identity, address, contacts and "
    "licences (E-Commerce Law arts. 25 and 27)",
)


def ask_after(kind: HopKind, record: Record | None) -> Words:
    """Return what to ask for once a trail has come to a station, and under which article."""
    match kind:
        case HopKind.LISTING:
            return _LISTING
        case HopKind.SELLER:
            return _SELLER
        case HopKind.COMPANY:
            return _ask_registrar(record)
        case HopKind.SHIPMENT:
            return _ask_postal_administration(record)
        case HopKind.WAREHOUSE:
            return _ask_warehouse(record)
        case HopKind.SUPPLIER:
            return ask_supplier(record, None)
        case HopKind.RELATED_COMPANY:
            return _ask_identity(record)


def _ask_registrar(record: Record | None) -> Words:
    code = record.uscc if record else None
    zh = f"（统一社会信用代码{code}）" if code else ""
    en = f" (social credit code {code})" if code else ""
    return Words(
        zh=f"调取该企业{zh}的登记档案并核查其经营场所；登记机关不在本辖区的，"
        "发出《协助调查函》（《行政处罚法》第二十六条）",
        en=f"The registration file of the company{en} and a check of its premises; where another "
        "bureau registered it, by letter of assistance (Administrative Penalty Law art. 26)",
    )


def _ask_identity(record: Record | None) -> Words:
    name = (record.name if record else None) or ""
    code = record.uscc if record else None
    zh = f"（统一社会信用代码{code}）" if code else ""
    en = f" (social credit code {code})" if code else ""
    return Words(
        zh=f"向两家企业的登记机关调取登记档案中法定代表人的身份证明，核对是否为同一人；属同一人的，"
        f"再核查{name or '该企业'}{zh}的经营场所和仓储；登记机关不在本辖区的，"
        "发出《协助调查函》（《行政处罚法》第二十六条）",
        en="From both companies' registrars: the proof of identity of the legal representatives in "
        f"the registration files, to see whether it is one person; if so, the premises and stores "
        f"of {name or 'the other company'}{en}; where another bureau registered it, by letter of "
        "assistance (Administrative Penalty Law art. 26)",
    )


def _ask_postal_administration(record: Record | None) -> Words:
    waybill = (record.waybill if record else None) or ""
    carrier = (record.carrier if record else None) or ""
    return Words(
        zh=f"向快递企业所在地邮政管理部门发出《协助调查函》（《行政处罚法》第二十六条），请其协查{carrier}运单{waybill}"
        "依《快递暂行条例》登记的寄件人姓名、地址、联系电话和内件名称、数量；"
        "长期批量寄件的，一并调取寄件人与快递企业签订的安全协议",
        en=f"By letter of assistance (Administrative Penalty Law art. 26) to the postal "
        f"administration of the carrier's place: sender, address, phone and contents that "
        f"{carrier or 'the carrier'} registered for waybill {waybill} under the Interim "
        "Regulations on Express Delivery; for bulk senders also their security agreement",
    )


def _ask_warehouse(record: Record | None) -> Words:
    address = (record.address if record else None) or ""
    zh = f"（{address}）" if address else ""
    en = f" ({address})" if address else ""
    return Words(
        zh=f"对仓库{zh}现场检查，查阅、复制仓储合同和出入库、发货记录"
        "（商标案件依《商标法》（2019年修正）第六十二条）；"
        "仓库不在本辖区的，向当地市场监督管理部门发出《协助调查函》（《行政处罚法》第二十六条）",
        en=f"Inspect the warehouse{en}; read and copy storage contracts and records of goods in, "
        "out and sent (in trade mark cases Trademark Law of 2019 art. 62); where it lies in "
        "another district, by letter of assistance (Administrative Penalty Law art. 26)",
    )


_OF_CUSTOMS = Words(
    zh="商请申报地海关提供报关单及随附的合同、发票、装箱单；",
    en="from the customs office of the declaration: the declaration with contract, invoice and "
    "packing list; ",
)


def ask_supplier(consignment: Record | None, company: Record | None) -> Words:
    """Return what to ask for once a supplier is named: of the seller, of customs, and of its place.

    商标法实施条例 (2014) art. 79: proof of lawful acquisition is a signed list of goods with a
    receipt that holds or that the supplier owns up to, a contract carried out, or an invoice whose
    entries are the goods. Art. 80: the bureau of the supplier's place is told of the case.
    """
    customs = consignment is not None and consignment.kind is RecordKind.CUSTOMS
    sender = consignment.sender if consignment else None
    address = (company.address if company else None) or (sender.address if sender else None)
    adcode = place_address(address).adcode if address else None
    bureau = bureau_of(adcode) if adcode else None
    if bureau is not None:
        to = bureau.name
    else:
        to = Words(
            zh="供货人所在地（先查明住所）的市场监督管理局",
            en="the bureau of the supplier's place, which has to be found first",
        )
    return Words(
        zh="要求当事人提供进货凭证：有供货单位签章的供货清单和货款收据、进货合同、与涉案商品对应的进货发票，"
        "以及付款凭证（商标案件依《商标法实施条例》第七十九条）；"
        + (_OF_CUSTOMS.zh if customs else "")
        + f"向{to.zh}发出《协助调查函》（《行政处罚法》第二十六条），"
        "商标案件并通报案情（《商标法实施条例》第八十条），核实凭证真伪、调取供货人的生产、库存和销往其他购货方的记录",
        en="From the seller its proofs of purchase: a list of goods signed by the supplier with "
        "receipts, the contract, an invoice of these goods, and proof of payment (in trade mark "
        "cases Implementing Regulations of the Trademark Law art. 79); "
        + (_OF_CUSTOMS.en if customs else "")
        + f"by letter of assistance to {to.en} (Administrative Penalty Law art. 26), which is told "
        "of the case in trade mark cases (Regulations art. 80): whether they are genuine, what the "
        "supplier makes and stores, and to whom else it sold",
    )
