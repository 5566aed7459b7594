"""Texts that speak of patents, and what must be found in each: the measure of fake patent marks.

Numbers are invented; those said to be right have the right check digit and belong to nobody known
to this project. All are read on 22 November 2026.
"""

from __future__ import annotations

from datetime import date

from reference.check_digits import patent_check_digit

TODAY = date(2026, 11, 22)
FALSE, EXPIRED = "patent_number_false", "patent_expired"
APPLICATION, BARE = "application_as_patent", "patent_claimed_bare"


def numbered(digits: str) -> str:
    """Return a number with its right check digit."""
    return f"{digits}.{patent_check_digit(digits)}"


def wrong(digits: str) -> str:
    """Return a number with a check digit that is wrong."""
    right = patent_check_digit(digits)
    return f"{digits}.{next(one for one in '0123456789X' if one != right)}"


INVENTION, MODEL, DESIGN = "202010566123", "202022345678", "202130456789"
OF_PCT = "201880012345"
OLD_MODEL, OLD_DESIGN, OLD_INVENTION = "201520345678", "201530123456", "99113862"

TEXTS: tuple[tuple[str, str | None, str], ...] = (
    # A number that can be: nothing to find.
    (f"专利号：ZL{numbered(INVENTION)}", None, "in force, marked as it should be"),
    (f"实用新型专利 ZL {numbered(MODEL)}", None, "a space behind ZL"),
    (f"外观设计专利号 ZL{numbered(DESIGN)}", None, "design, 15 years since June 2021"),
    (f"ZL{numbered(INVENTION).replace('.', '')}", None, "without the point"),
    (f"ＺＬ{numbered(INVENTION)}", None, "full-width letters"),
    (f"专利号:{numbered(INVENTION)}", None, "without ZL"),
    (f"专利号 CN{numbered(INVENTION)}", None, "CN for ZL"),
    (f"专利号为ZL{numbered(OF_PCT)}", None, "filed under the PCT, kind 8"),
    ("专利号：ZL 2020 1 0566123." + patent_check_digit(INVENTION), None, "written in its groups"),
    (f"专利号：ZL{INVENTION}", None, "the check digit left out proves nothing"),
    (f"国家专利产品 专利号ZL{numbered(INVENTION)}", None, "the claim has its number"),
    (f"专利 {numbered(INVENTION)}", None, "only 专利 before it"),
    (f"ZL{numbered(INVENTION)} 2024新款 8只装", None, "other digits behind"),
    (f"ZL{numbered(INVENTION)}、ZL{numbered(MODEL)}", None, "two numbers"),
    (f"patent no. ZL{numbered(INVENTION)}", None, "English"),
    ("专利号：ZL2020****5678.9", None, "masked"),
    ("专利证书号第1234567号", None, "a certificate's number is not a patent's"),
    ("美国专利号：US9123456", None, "another country's"),
    ("美国专利号：9123456", None, "another country's, digits alone"),
    ("US patent no. 9,123,456", None, "another country's, in English"),
    ("型号ZL2023100112 加厚款", None, "a model that begins with ZL"),
    ("ZL-1234567 连衣裙", None, "an article number"),
    ("XZL202010566123.4", None, "inside another code"),
    ("货号：202010566123.4", None, "no cue"),
    ("授权公告号CN112345678B", None, "publication of a granted patent"),
    ("专利号：CN212345678U", None, "publication of a granted utility model"),
    # A number that cannot be.
    (f"专利号：ZL{wrong(INVENTION)}", FALSE, "check digit"),
    (f"ZL{wrong(INVENTION)}", FALSE, "check digit, no word beside"),
    (f"ＺＬ{wrong(MODEL)}", FALSE, "check digit, full width"),
    (f"专利号:{wrong(DESIGN)}", FALSE, "check digit, without ZL"),
    (f"国家专利 {wrong(INVENTION)}", FALSE, "check digit, only 专利 before it"),
    (f"zl {wrong(INVENTION).replace('.', '')}", FALSE, "check digit, without the point"),
    ("专利号ZL 2020 1 0566123. " + wrong(INVENTION)[-1], FALSE, "check digit, in groups"),
    (f"ZL{wrong(OLD_INVENTION)} 发明专利", FALSE, "check digit, old form"),
    (f"专利号ZL{numbered('202060566123')}", FALSE, "there is no kind 6"),
    (f"专利号ZL{numbered('203010566123')}", FALSE, "a year to come"),
    (f"专利号ZL{numbered('199810566123')}", FALSE, "the long form did not exist yet"),
    (f"专利号ZL{numbered('05113862')}", FALSE, "the short form was no longer given out"),
    (f"专利号ZL{numbered('202010000000')}", FALSE, "sequence zero"),
    ("专利号：ZL20201056612", FALSE, "eleven digits"),
    ("专利号：20201056612345678", FALSE, "seventeen digits"),
    ("国家专利 ZL2020105", FALSE, "seven digits, and patents are spoken of"),
    ("中国专利号：ZL123456789012.3", FALSE, "a year that never was"),
    # A patent whose term has ended.
    (f"实用新型专利ZL{numbered(OLD_MODEL)}", None, "ended within 2025: goods may be left"),
    (f"实用新型专利ZL{numbered('201320345678')}", EXPIRED, "ten years from 2013"),
    (f"外观专利ZL{numbered('201430123456')}", EXPIRED, "a design before June 2021: ten years"),
    (f"专利号ZL{numbered(OLD_INVENTION)}", EXPIRED, "an invention of 1999"),
    (f"发明专利ZL{numbered('200510096240')}", None, "ended within 2025: goods may be left"),
    (f"发明专利ZL{numbered('200710096240')}", None, "an invention of 2007 runs until 2027"),
    (f"外观专利ZL{numbered('202030123456')}", None, "a design of 2020 runs until 2030"),
    (f"专利ZL{numbered('02213862')} 榨汁机", EXPIRED, "a utility model of 2002"),
    # An application called a patent.
    ("专利号：CN112345678A", APPLICATION, "the number of a published application"),
    ("国家专利产品，专利申请中", APPLICATION, "claimed, but under way"),
    (f"本品为国家专利产品 申请号：{numbered(INVENTION)}", APPLICATION, "application number"),
    (f"专利技术 专利申请号{numbered(INVENTION)}", APPLICATION, "the same"),
    ("已申请国家专利，专利产品仿冒必究", APPLICATION, "applied for, and called patented"),
    ("patented design, patent pending", APPLICATION, "English"),
    ("获国家专利，目前已受理", APPLICATION, "received, and called patented"),
    ("独家专利（申请中）", APPLICATION, "in brackets"),
    ("专利已受理", None, "no more than that"),
    (f"专利申请号：{numbered(INVENTION)}", None, "an application, called so"),
    ("专利申请，尚未授权", None, "as the law asks for"),
    ("本产品已申请专利", None, "says no more than that"),
    ("正在申请国家专利", None, "the same"),
    ("patent pending", None, "the same in English"),
    (f"国家专利产品 ZL{numbered(MODEL)}，另有专利申请中", None, "one granted, one under way"),
    # The claim without a number.
    ("国家专利产品 磁吸支架", BARE, "claimed"),
    ("荣获国家专利 破壁机", BARE, "claimed"),
    ("拥有多项专利的枕头", BARE, "claimed"),
    ("专利技术 防漏水杯", BARE, "claimed"),
    ("patented vegetable slicer", BARE, "English"),
    ("专利代理 专利申请服务 快速授权", None, "a service about patents"),
    ("非专利产品", None, "denied"),
    ("专利证书框 荣誉证书框 A4", None, "a frame for certificates"),
    ("专利法教程 知识产权", None, "a book"),
    ("保温杯 大容量 便携", None, "nothing is said"),
    ("PATENT leather shoes 漆皮鞋", None, "patent leather"),
)
"""Text of a title ▶ the finding that must be its reason, or None."""


LABELLED: tuple[tuple[str, bool, str], ...] = (
    (f"家用榨汁机 专利号ZL{wrong('202121234567')}", True, "check digit"),
    (f"保温杯 外观专利 ZL{wrong('202330765432')} 大容量", True, "check digit"),
    (f"ZL {wrong('201910345678')} 发明专利 净水滤芯", True, "check digit"),
    (f"国家专利 {wrong('202220987654')} 折叠凳", True, "check digit, without ZL"),
    ("专利号：ZL2021212345 手机支架", True, "ten digits"),
    ("专利产品 ZL202", True, "three digits"),
    (
        f"专利号ZL{numbered('202590123456')} 车载香薰",
        False,
        "a utility model under the PCT, kind 9",
    ),
    (f"专利号ZL{numbered('202840123456')} 瑜伽垫", True, "a year to come"),
    (f"实用新型专利 ZL{numbered('201220456789')} 拖把", True, "ended in 2022"),
    (f"外观设计专利 ZL{numbered('201230456789')} 台灯", True, "ended in 2022"),
    (f"专利ZL{numbered('201120456789')} 梯子 家用", True, "ended in 2021"),
    (f"发明专利 ZL{numbered('200110123456')} 膏药", True, "the long form of 2001 was not yet"),
    (f"专利产品 申请号{numbered('202420111222')} 衣架", True, "application called a patent"),
    ("国家专利产品 专利审查中 按摩仪", True, "claimed, but under way"),
    ("获国家专利，目前已受理 护腰带", True, "claimed, but only received"),
    ("专利号CN118765432A 空气炸锅", True, "a published application"),
    ("独家专利（申请中）防滑鞋垫", True, "claimed, but applied for"),
    (f"专利号：ZL{numbered('202121234567')} 榨汁机", False, "in force"),
    (f"外观专利ZL{numbered('202330765432')} 保温杯", False, "in force"),
    (f"发明专利 ZL{numbered('201910345678')} 滤芯", False, "in force"),
    (f"ZL{numbered('202220987654')} 折叠凳 便携", False, "in force"),
    (f"实用新型 专利号{numbered('202020123456')} 晾衣架", False, "in force"),
    (f"专利号 ZL{numbered('201810222333')} 扫地机", False, "in force"),
    (f"两项专利 ZL{numbered('202121234567')} ZL{numbered('202330765432')}", False, "both in force"),
    (f"外观设计ZL{numbered('201930456789')} 茶具", False, "a design of 2019 runs until 2029"),
    ("正在申请专利 电动牙刷", False, "says no more than that"),
    ("专利申请已受理 颈椎枕", False, "says no more than that"),
    (f"申请号：{numbered('202420111222')} 衣架", False, "an application, called so"),
    ("美国专利 US10123456B2 降噪耳机", False, "another country's"),
    ("PCT/CN2023/123456 国际申请", False, "an international application, called so"),
    ("授权公告号 CN215678901U 马桶刷", False, "publication of a granted utility model"),
    ("ZL300 挖掘机配件 斗齿", False, "a model"),
    ("ZL50装载机 变速箱", False, "a model"),
    ("型号 ZL-8899 电吹风", False, "a model"),
    ("专利证书制作 相框 A4", False, "a frame"),
    ("商标注册 专利代办 加急", False, "a service"),
    ("知识产权 专利检索与分析 教材", False, "a book"),
    ("漆皮 patent leather 高跟鞋", False, "patent leather"),
    ("专利技术 静音风扇", False, "claimed without a number: too little for a flag"),
    ("国家专利 防漏奶瓶", False, "claimed without a number: too little for a flag"),
    ("多项发明专利加持 洗衣凝珠", False, "claimed without a number: too little for a flag"),
    ("非专利 通用款 刀片", False, "denied"),
    ("无专利纠纷 出口品质 螺丝", False, "denied"),
)
"""Text of a title, whether the mark of a patent is a false one, and why; written before it was
known what is made of them, to measure how often a flag is upheld."""
