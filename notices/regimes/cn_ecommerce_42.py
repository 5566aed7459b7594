"""Notice to a platform under the E-Commerce Law of the People's Republic of China, art. 42.

Sources
- 电子商务法 (adopted 2018-08-31, in force 2019-01-01) arts. 42-45, read in the text of the law:
  the measures that may be asked and the prima facie evidence (42(1)), forwarding (42(2)),
  liability for a wrong notice, doubled when malicious (42(3)), the seller's declaration and the
  15 days (43(2)), publication of notices (44).
- 最高人民法院 法发〔2020〕32号 (2020-09-10) art. 5(1): written form, proof of the right, the true
  identity, exact location of the goods, prima facie evidence, written guarantee; art. 5(2): what
  a platform may ask for patents; art. 6: signs of malice. Taken from secondary sources.

A right that has lapsed, or is not yet in force, on the day of the notice (Chinese time) is refused,
and so is one registered abroad only: asserting it is a wrong notice.
"""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from domain.common import Words
from domain.grounds import MAINLAND
from domain.notices import Notice
from domain.rights import RightKind
from notices.labels import CAPACITIES, MEASURES, day_in_china, is_known_identity
from notices.requirements import Regime, Requirement

_LAW = "电子商务法 第四十二条第一款"
_GUIDANCE = "法发〔2020〕32号 第五条第一款"
_BOTH = f"{_LAW}；{_GUIDANCE}"

_LONGEST_WAIT = timedelta(days=90)
_PATENTS = frozenset({RightKind.INVENTION_PATENT, RightKind.UTILITY_MODEL, RightKind.DESIGN})
_NUMBERED = _PATENTS | {
    RightKind.MARK,
    RightKind.CERTIFICATION_MARK,
    RightKind.COLLECTIVE_MARK,
    RightKind.SPECIAL_SIGN,
}
"""Kinds that come into being by registration: their number is part of the proof."""


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _lacks_authority(notice: Notice) -> bool:
    acts_for_another = notice.sender.capacity in ("agent", "licensee")
    return acts_for_another and _blank(notice.sender.authority)


def _not_in_force(notice: Notice) -> bool:
    day = day_in_china(notice.made_at)
    right = notice.right
    too_early = right.valid_from is not None and day < right.valid_from
    too_late = right.valid_to is not None and day > right.valid_to
    return too_early or too_late


def _is_foreign(notice: Notice) -> bool:
    """A right is territorial; one whose office is not stated is taken at the sender's word."""
    return not _blank(notice.right.office) and notice.right.office not in MAINLAND


def _is_timely(notice: Notice) -> bool:
    """A notice is signed when it is made: a day far off is a slip of the pen."""
    day = day_in_china(notice.made_at)
    return notice.signed_on is not None and day - _LONGEST_WAIT <= notice.signed_on <= day


def _lacks_location(notice: Notice) -> bool:
    return any(_blank(target.listing_key) or not _is_web(target.url) for target in notice.targets)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _elsewhere(notice: Notice) -> bool:
    return any(target.platform != notice.platform for target in notice.targets)


def _lacks_ground(notice: Notice) -> bool:
    explained = {
        ground.listing_key
        for ground in notice.grounds
        if not _blank(ground.reason) and not _blank(ground.explanation.zh)
    }
    return any(target.listing_key not in explained for target in notice.targets)


def _lacks_exhibit(notice: Notice) -> bool:
    listed = {exhibit.sha256 for exhibit in notice.exhibits}
    return not listed or any(target.capture_sha256 not in listed for target in notice.targets)


REQUIRED = (
    Requirement(
        element="platform",
        rule=_LAW,
        words=Words(
            zh="缺少接收通知的电子商务平台经营者",
            en="the platform that the notice is addressed to is missing",
        ),
        missing=lambda notice: _blank(notice.platform),
    ),
    Requirement(
        element="sender.name",
        rule=_GUIDANCE,
        words=Words(zh="缺少通知人的真实姓名或者名称", en="the sender's true name is missing"),
        missing=lambda notice: _blank(notice.sender.name),
    ),
    Requirement(
        element="sender.identity_number",
        rule=_GUIDANCE,
        words=Words(
            zh="缺少通知人的统一社会信用代码或者身份证件号码",
            en="the sender's unified social credit code or identity document number is missing",
        ),
        missing=lambda notice: _blank(notice.sender.identity_number),
    ),
    Requirement(
        element="sender.capacity",
        rule=_BOTH,
        words=Words(
            zh="未说明通知人是权利人、被许可人还是代理人",
            en="whether the sender is the right holder, a licensee or an agent is not stated",
        ),
        missing=lambda notice: notice.sender.capacity not in CAPACITIES,
    ),
    Requirement(
        element="sender.authority",
        rule=_BOTH,
        words=Words(
            zh="代理人或者被许可人发出通知，缺少授权委托书或者许可合同",
            en="an agent or licensee gives notice without a power of attorney or licence",
        ),
        missing=_lacks_authority,
    ),
    Requirement(
        element="sender.contact",
        rule="电子商务法 第四十三条第二款；法发〔2020〕32号 第五条第一款",
        words=Words(
            zh="缺少联系方式，平台无法核实身份，也无法转送平台内经营者的声明",
            en="contact details are missing: the platform can neither check the identity nor "
            "forward the seller's declaration",
        ),
        missing=lambda notice: _blank(notice.sender.contact),
    ),
    Requirement(
        element="right.holder",
        rule=_GUIDANCE,
        words=Words(zh="缺少权利人名称", en="the right holder is not named"),
        missing=lambda notice: _blank(notice.right.holder),
    ),
    Requirement(
        element="right.number",
        rule=_GUIDANCE,
        words=Words(
            zh="缺少注册号、登记号或者专利号", en="the number of the registered right is missing"
        ),
        missing=lambda notice: notice.right.kind in _NUMBERED and _blank(notice.right.number),
    ),
    Requirement(
        element="right.valid_to",
        rule="电子商务法 第四十二条第一款、第三款；法发〔2020〕32号 第六条",
        words=Words(
            zh="权利在通知之日已经失效或者尚未生效，据此发出通知属于错误通知",
            en="the right has lapsed or is not yet in force on the day of the notice: "
            "asserting it is a wrong notice",
        ),
        missing=_not_in_force,
    ),
    Requirement(
        element="right.office",
        rule="商标法 第三条；专利法 第十一条；法发〔2020〕32号 第五条第一款",
        words=Words(
            zh="权利仅在境外注册，在中国境内不受保护，据此发出通知属于错误通知",
            en="the right is registered abroad only and not protected in China: asserting it is a "
            "wrong notice",
        ),
        missing=_is_foreign,
    ),
    Requirement(
        element="right.proof",
        rule=_GUIDANCE,
        words=Words(
            zh="缺少权利证明（注册证、登记证书、专利证书等）",
            en="proof of the right is missing (certificate of registration or patent)",
        ),
        missing=lambda notice: not any(not _blank(proof) for proof in notice.right.proof),
    ),
    Requirement(
        element="targets",
        rule=_BOTH,
        words=Words(zh="没有列明涉嫌侵权的商品", en="no infringing listing is named"),
        missing=lambda notice: not notice.targets,
    ),
    Requirement(
        element="targets.url",
        rule=_GUIDANCE,
        words=Words(
            zh="有商品缺少能够准确定位的网址或者商品编号",
            en="a listing lacks the web address or listing id that locates it exactly",
        ),
        missing=_lacks_location,
    ),
    Requirement(
        element="targets.platform",
        rule=_LAW,
        words=Words(
            zh="有商品不在接收通知的平台上", en="a listing is not on the platform addressed"
        ),
        missing=_elsewhere,
    ),
    Requirement(
        element="grounds",
        rule=_BOTH,
        words=Words(
            zh="有商品未说明构成侵权的理由", en="for a listing no reason for infringement is given"
        ),
        missing=_lacks_ground,
    ),
    Requirement(
        element="exhibits",
        rule=_BOTH,
        words=Words(
            zh="缺少构成侵权的初步证据（每件商品的取证网页均应列入证据目录）",
            en="prima facie evidence is missing (the capture of each listing must be an exhibit)",
        ),
        missing=_lacks_exhibit,
    ),
    Requirement(
        element="measures",
        rule=_LAW,
        words=Words(
            zh="没有写明请求采取的必要措施（删除、屏蔽、断开链接、终止交易和服务）",
            en="no measure is asked (delete, block, disconnect, end transactions and services)",
        ),
        missing=lambda notice: not notice.measures or not MEASURES.keys() >= set(notice.measures),
    ),
    Requirement(
        element="guarantee",
        rule=_GUIDANCE,
        words=Words(
            zh="缺少对通知真实性的书面保证", en="the written guarantee of truth was not given"
        ),
        missing=lambda notice: not notice.guarantee,
    ),
    Requirement(
        element="signatory",
        rule=_GUIDANCE,
        words=Words(zh="缺少签名或者盖章", en="the signature or seal is missing"),
        missing=lambda notice: _blank(notice.signatory),
    ),
    Requirement(
        element="signed_on",
        rule=_GUIDANCE,
        words=Words(zh="缺少签署日期", en="the date of signature is missing"),
        missing=lambda notice: notice.signed_on is None,
    ),
    Requirement(
        element="signed_on",
        rule=_GUIDANCE,
        words=Words(
            zh="签署日期在制作通知之后，或者早于制作通知九十日以上，请核对",
            en="the date of signature lies after the notice was made, or more than 90 days before",
        ),
        missing=lambda notice: notice.signed_on is not None and not _is_timely(notice),
    ),
)

ADVISED = (
    Requirement(
        element="targets.gone_at",
        rule="电子商务法 第四十二条第一款",
        words=Words(
            zh="有商品在最近一次采集时已下架：要求删除之前请核对，并说明已发生的侵权",
            en="a listing was gone at the last visit: check it before asking for its removal, and "
            "say what was infringed before",
        ),
        missing=lambda notice: any(target.gone_at is not None for target in notice.targets),
    ),
    Requirement(
        element="right.kind",
        rule="法发〔2020〕32号 第五条第二款",
        words=Words(
            zh="涉及专利权：平台可以要求提交技术特征或者设计特征对比说明；"
            "涉及实用新型、外观设计的，还可以要求提交专利权评价报告",
            en="a patent is relied on: the platform may ask for a comparison of technical or "
            "design features and, for utility models and designs, for the evaluation report",
        ),
        missing=lambda notice: notice.right.kind in _PATENTS,
    ),
    Requirement(
        element="right.valid_to",
        rule=_GUIDANCE,
        words=Words(
            zh="未载明权利有效期：发出前查询登记机关并核对权利证明",
            en="the term of the right is not stated: ask the office and check the "
            "certificate before sending",
        ),
        missing=lambda notice: notice.right.valid_to is None,
    ),
    Requirement(
        element="right.holder",
        rule=_GUIDANCE,
        words=Words(
            zh="通知人以权利人身份发出通知，但登记的权利人名称不同；如已更名或者转让，请附变更证明",
            en="the sender claims to be the right holder, but the register names another: "
            "attach the proof of a change of name or owner",
        ),
        missing=lambda notice: (
            notice.sender.capacity == "right_holder"
            and (notice.sender.name or "").split() != (notice.right.holder or "").split()
        ),
    ),
    Requirement(
        element="sender.identity_number",
        rule=_GUIDANCE,
        words=Words(
            zh="证件号码不是有效的统一社会信用代码或者居民身份证号码，请核对",
            en="the number is no valid unified social credit code or resident identity number: "
            "check it",
        ),
        missing=lambda notice: not is_known_identity(notice.sender.identity_number or ""),
    ),
)

REGIME = Regime(
    name="cn_ecommerce_42",
    title=Words(zh="知识产权侵权通知书", en="Notice of Intellectual Property Infringement"),
    law=Words(
        zh="《中华人民共和国电子商务法》第四十二条",
        en="E-Commerce Law of the People's Republic of China, art. 42",
    ),
    in_force_from=date(2019, 1, 1),
    required=REQUIRED,
    advised=ADVISED,
)
