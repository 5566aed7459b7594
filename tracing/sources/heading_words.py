"""Words by which headings are known, as platforms, carriers, registers and bureaus write them.

Each text is a list of regular expressions separated by blanks; they are looked for in a heading in
small letters without blanks, underlines, marks and what stands in brackets. The first that fits
counts.
"""

from __future__ import annotations

from domain.mappings import Meaning

OWN, SENDER, RECIPIENT, TENANT = "own", "sender", "recipient", "tenant"
# Of whom a column speaks: the merchant, company or warehouse of the row, or a party of a parcel.

PARTIES: tuple[tuple[str, str], ...] = (
    (
        RECIPIENT,
        "收货 收件 收方 买家 买方 购买人 消费者 进口商 "
        "购买方 购方 购货 采购方 采购单位 进货单位 需方 受票 "
        "consignee recipient receiver buyer shipto importer purchaser",
    ),
    (
        SENDER,
        "发货 寄件 寄方 发件 寄出 发运 托运 出口商 供货 供应商 供方 销货 销售方 销方 开票方 "
        "sender shipper consignor shipfrom exporter supplier vendor",
    ),
    (TENANT, "承租 租户 租客 租赁方 货主 tenant lessee"),
)

NOT_TAKEN = (
    # Of a person or machine and not of the merchant; or about a thing instead of naming it.
    "身份证 银行 账户 支付宝 开户 ip地址 mac地址 设备 网址 链接 url 经度 纬度 密码 备注 说明 "
    "金额 价格 数量 重量 件数 状态码 退货 退款 是否 类型 型号 ^(?:投诉|举报)(?:人|者) complainant "
    "序号 ^no$ ^#$"
)
"""What a heading says that no field is for: its column is kept as text."""

SINGLE: tuple[tuple[Meaning, str], ...] = (
    (
        Meaning.COMPLAINT_NUMBER,
        "(?:投诉|举报|工单|线索|受理|登记|信访)(?:编号|单号|号|id) complaint(?:no|number|id)",
    ),
    (Meaning.DECLARATION_NUMBER, "报关单 海关编号 declaration(?:no|number)"),
    (
        Meaning.DOCUMENT_NUMBER,
        "(?:发票|(?:送货|出库|入库|进货|销售|采购|供货)单|凭证|合同|单据)(?:编号|单号|号码|号) "
        "(?:invoice|deliverynote|contract|document)(?:no|number|id)",
    ),
    (
        Meaning.GOODS,
        "(?:商品|货物|货品|产品|物品|内件)(?:名称?|品名|描述)$ ^品名$ ^(?:托寄物|内件)$ "
        "^goods(?:name|description)?$ ^commodity$ productname",
    ),
    (Meaning.HS_CODE, "税则号 海关商品编[号码] hs编[码号] ^hs(?:code)?$ tariffcode"),
    (Meaning.CONTAINER, "集装箱 箱号 柜号 container"),
    (Meaning.SSCC, "sscc 物流单元代码"),
    (Meaning.GLN, "^gln$ 全球位置码 全球参与方位置代码"),
    (Meaning.SEALS, "封条 封签 封存编号 ^seals?$ sealno sealnumber"),
    (Meaning.MEDIA, "sha-?256 哈希 摘要值 校验值 media"),
    (
        Meaning.EVENT_AT,
        "(?:扫描|操作|轨迹|事件|发生|揽收|签收|更新)时间 (?:event|scan|status)(?:time|date|at)",
    ),
    (
        Meaning.EVENT_PLACE,
        "网点 所在地点 当前位置 (?:扫描|操作)(?:站|地) facility location station",
    ),
    (
        Meaning.SHIPPED_AT,
        "(?:发货|寄件|发件|发出|出库|寄出|送货|交货|供货|开票|进口|出口|进出口)(?:时间|日期) "
        "ship(?:ped|ping|ment)?(?:at|time|date|on) dispatch",
    ),
    (
        Meaning.RETRIEVED_AT,
        "(?:提取|导出|调取|查询|采集)(?:时间|日期) retrieved exported",
    ),
    (
        Meaning.WAYBILL,
        "运单 快递单 物流单 面单号 邮件号 快递号 物流号 ^单号$ "
        "tracking(?:no|number|id)?$ waybill ^awb expressno",
    ),
    (
        Meaning.ORDER_NUMBER,
        "订单(?:编?号|id|$) 交易(?:编?号|id) order(?:no|number|id|sn)?$",
    ),
    (
        Meaning.CARRIER,
        "(?:快递|物流|承运|配送)(?:公司|企业|商|人|方) ^(?:快递|物流)$ "
        "carrier courier express(?:company)?$",
    ),
    (
        Meaning.SHOP_NAME,
        "(?:店铺|网店|商铺|店)(?:名称?|昵称) ^(?:店铺|网店|店名)$ (?:shop|store)name",
    ),
    (
        Meaning.SELLER_KEY,
        "(?:店铺|网店|卖家|商家|商户|会员|用户|掌柜)(?:id|编号|标识|代码|账号|帐号|号|昵称|会员名)"
        " 旺旺 "
        "(?:shop|seller|merchant|store|user)id sellerkey",
    ),
    (
        Meaning.PLATFORM,
        "(?:电商|网络|交易|所属|销售|购买|网购|^)平台(?:名称)?$ ^platform(?:name)?$ marketplace",
    ),
    (
        Meaning.LEGAL_REPRESENTATIVE,
        "法定代表人 法人(?:代表)?(?:姓名)?$ 负责人(?:姓名)?$ 经营者姓名 投资人 legalrep",
    ),
    (
        Meaning.EVENT,
        "物流状态 轨迹 扫描类型 操作类型 ^状态$ ^事件$ 节点 物流信息 "
        "^(?:event|status|activity|scantype)$",
    ),
)
"""Meanings that belong to no party."""

ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("email", "邮箱 电子邮件 e-?mail"),
    (
        "uscc",
        "信用代码 税号 纳税人识别号 执照(?:注册|登记)?编?号 证照编?号 注册号 uscc creditcode",
    ),
    (
        "phone",
        "电话 手机 联系方式 联系号码 固话 座机 phone mobile tel(?:ephone)?$ contactnumber",
    ),
    ("address", "地址 住所 经营场所 所在地 住址 address addr$"),
    (
        "name",
        "(?:企业|公司|主体|商家|商户|经营者|字号|单位|仓库|库房|机构|注册|登记|卖家)(?:名称|全称) "
        "被(?:投诉|举报).{0,4}(?:名称|全称) ^被(?:投诉|举报)(?:人|方|企业|对象|单位|主体)$ "
        "^(?:企业|公司|商家|商户|单位|仓库)$ (?:店铺|开店|经营)主体 "
        "company enterprise legalname merchantname warehousename ^entity",
    ),
)
"""What can be said of any party."""

PARTY_ITSELF = r"(?:境内|境外)?(?:人|方|商|单位|企业|公司|户|主)?(?:姓名|名称|名字|名)?(?:name)?"
"""What is left of a heading that names just the party (收货人, 发货单位名称)."""

ADDRESS_PARTS = "省 市 区 县 镇 乡 街道 路 街 巷 弄 村 号 栋 幢 楼 室 大厦 园 road street avenue"
"""Parts of an address; two of them make one."""
