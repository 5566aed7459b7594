"""The trade name (字号) in a Chinese company's name.

A company is named by place, trade name, line of business and legal form, in this order
(企业名称登记管理规定, 2020, art. 6); the trade name alone tells it from its neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matchers.goods.tables import lexicon
from matchers.places import length_of_place

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_MASK = re.compile(r"[*＊]")
_FORM = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|公司|集团|合作联社|专业合作社|合作社|个体工商户"
    r"|(?<=.)(经营部|经销部|门市部|营业部|服务部|商行|商店|超市|便利店|专卖店|专营店|旗舰店|工作室"
    r"|俱乐部|事务所|中心|分公司|分店|总店|厂|店|行|铺|社|馆|坊|屋))+$"
)
_LINES = (
    "科技 技术 信息 网络 电子 商务 电子商务 贸易 商贸 工贸 进出口 国际 实业 发展 "
    "投资 控股 管理 咨询 服务 文化 传媒 传播 广告 设计 装饰 装潢 工程 建筑 建材 "
    "机械 设备 电器 电气 五金 塑料 橡胶 化工 医药 药业 生物 食品 餐饮 酒店 酒业 "
    "茶业 茶叶 农业 农产品 果业 水产 渔业 养殖 种植 服装 服饰 鞋业 鞋服 箱包 "
    "皮具 纺织 家纺 家居 家具 家电 日用品 百货 化妆品 美容 美发 美容美发 理发 "
    "体育 体育用品 健身 健身休闲 旅游 游乐园 娱乐 教育 培训 医疗 器械 物流 快递 "
    "快运 速递 货运 运输 供应链 汽车 汽配 汽车配件 维修 电脑 手机 数码 通讯 通信 "
    "软件 智能 互联网 金融 小额贷款 消费金融 融资租赁 租赁 保险 代理 房地产 地产 "
    "物业 物业管理 置业 环保 能源 新能源 光电 照明 玩具 文具 办公用品 礼品 工艺品 "
    "珠宝 首饰 眼镜 钟表 母婴 用品 制品 制造 产品 产业 开发 销售 批发 零售 经营 "
    "营销 推广 小吃 快餐 水果 生鲜 烘焙 饮品 奶茶 速运 饮料 银行 商业 食品饮料 "
    "乐园 租车 家政 保洁 宠物 摄影 农庄 山庄 酒家 饭店 宾馆 旅行社 幼儿园 "
    "器材 耗材 物资 材料 配件 零部件 卫浴 洁具 门窗 木业 石材 钢材 制冷 暖通 仪器 "
    "仪表 线缆 电源 粮油 米业 油脂 乳业 酒类 烟酒 副食 干货 炒货 调味品 种业 农资 "
    "饲料 园艺 花卉 苗木 牧业 果品 蔬菜 冷链 仓储 配送 货代 劳务 人力资源 人才 会展 "
    "策划 影视 影城 演艺 票务 游戏 动漫 出版 印务 包装 纸业 纺织品 针织 制衣 皮革 "
    "视光 表业 灯饰 母婴用品 婴童 日化 美业 养生 保健 大药房 药房 诊所 门诊 口腔 "
    "汽修 车行 轮胎 驾校 停车 洗车 加油站 充电 通讯器材 电脑城 打印 图文 洗衣 开锁"
)
"""Lines of business as they stand in names."""
_LONGEST = 8
"""Characters of a trade name; what is longer was not taken apart rightly."""


@lru_cache(maxsize=4_096)
def trade_name_of(company: str) -> str | None:
    """Return the trade name, or None where the name is masked or leaves none of two characters."""
    if _MASK.search(company):
        return None
    named = _FORM.sub("", _BRACKETS.sub("", company.strip()))
    rest = _without_lines(named)
    while (length := length_of_place(rest)) and len(rest) - length >= 2:
        rest = rest[length:]
    if not 2 <= len(rest) <= _LONGEST or length_of_place(rest) == len(rest):
        return None  # a place and a line of business without a name between them
    return None if rest in _LINE_WORDS or rest in lexicon().words else rest


def _without_lines(named: str) -> str:
    """Leave out lines of business and goods at the end, as long as two characters are left."""
    while True:
        ends = (named[at:] for at in range(2, len(named) - 1))
        line = next((end for end in ends if end in _LINE_WORDS or end in lexicon().words), None)
        if line is None:
            return named
        named = named.removesuffix(line)


_LINE_WORDS = frozenset(_LINES.split())
LINES_BY_LENGTH = sorted(_LINES.split(), key=len, reverse=True)
