"""A rough guess of the Nice classes that a listing's words belong to.

Words and classes were typed for this project after the headings of the Nice Classification, NCL 13.
A text without any of these words has no class, which means "not known".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS: dict[int, str] = {
    1: "化肥 复合肥 肥料 水溶肥 fertiliser fertilizer",
    2: "油漆 涂料 颜料 paint",
    3: "化妆 护肤 面膜 面霜 口红 唇膏 粉底 眼影 香水 洗发 护发 沐浴 香皂 手工皂 牙膏 洗衣液 "
    "洗面奶 精华液 "
    "cosmetic cosmetics lipstick serum shampoo soap perfume skincare toothpaste",
    4: "机油 润滑油 蜡烛 candle candles",
    5: "药品 胶囊 冲剂 保健品 膏药 农药 消毒 阿胶 vitamin supplement",
    6: "五金 螺丝 铁丝 hardware",
    7: "电钻 电动工具 破壁机 榨汁机 洗衣机 吸尘器 drill blender vacuum",
    8: "厨刀 菜刀 剪刀 扳手 螺丝刀 剃须刀 knife knives scissors wrench",
    9: "手机 耳机 音箱 充电器 充电宝 移动电源 数据线 电脑 键盘 鼠标 相机 电视 眼镜 "
    "phone headphones earphones earbuds charger laptop camera speaker",
    10: "医疗器械 口罩 血压计 按摩器",
    11: "灯具 台灯 电饭煲 空气炸锅 电水壶 空调 冰箱 热水器 风扇 lamp fryer kettle",
    12: "刹车片 雨刮器 轮胎 汽车配件 自行车 电动车 brake tyre bicycle",
    14: "手表 项链 戒指 手链 珠宝 首饰 watch necklace ring bracelet jewellery jewelry",
    15: "吉他 钢琴 笛子 guitar piano",
    16: "毛笔 宣纸 钢笔 铅笔 文具 图书 书籍 笔记本 砚台 纸巾 "
    "book books pen pencil stationery novel",
    18: "双肩包 背包 书包 手提包 钱包 行李箱 登山包 雨伞 backpack handbag tote wallet suitcase",
    20: "家具 沙发 桌子 椅子 床垫 书柜 衣柜 木雕 furniture sofa chair table",
    21: "茶具 茶杯 水杯 保温杯 炒锅 锅具 瓷碗 餐具 花瓶 cup mug teapot pan cookware",
    24: "床单 被子 被套 四件套 毛巾 窗帘 枕套 bedding towel curtain",
    25: "衣服 外套 冲锋衣 羽绒服 卫衣 衬衫 裤子 连衣裙 内衣 鞋 帽子 袜子 围巾 皮带 "
    "jacket hoodie shirt shoes sneakers boots dress trousers hat socks belt",
    27: "地毯 墙纸 瑜伽垫 carpet rug",
    28: "玩具 积木 遥控车 拼图 公仔 篮球 羽毛球 鱼竿 toy toys puzzle blocks",
    29: "肉 火腿 香肠 牛奶 奶粉 酸奶 坚果 果干 鸡蛋 食用油 milk nuts",
    30: "糕点 月饼 桃酥 饼干 糖果 巧克力 蜂蜜 大米 贡米 面条 茶叶 白茶 绿茶 红茶 咖啡 酱油 "
    "tea coffee honey rice biscuit chocolate",
    31: "水果 蔬菜 种子 大闸蟹 鲜活 猫粮 狗粮 苹果树 seeds fruit",
    32: "饮料 啤酒 矿泉水 果汁 juice beer",
    33: "白酒 红酒 葡萄酒 黄酒 wine liquor",
    34: "香烟 烟斗 打火机 cigarette lighter",
}
_RELATED = ({3, 5}, {7, 8, 11, 21}, {9, 14}, {18, 25}, {20, 24, 27}, {29, 30, 31, 32, 33}, {1, 31})
"""Classes whose goods are commonly sold side by side; goods in both are not called unlike."""


def classes_of(text: str) -> tuple[int, ...]:
    """Return the classes of the goods that a text names; empty when none is known."""
    folded = text.casefold()
    latin = frozenset(re.findall(r"[a-z]+", folded))
    return tuple(
        number
        for number, words in _WORDS.items()
        if any(word in latin if word.isascii() else word in folded for word in words.split())
    )


def widen(classes: Iterable[int]) -> frozenset[int]:
    """Add the classes whose goods are commonly sold beside those given."""
    found = set(classes)
    return frozenset(found.union(*(group for group in _RELATED if group & found)))


def share_goods(text: str, goods: Iterable[str]) -> bool:
    """Tell whether a text names one of the goods of a right in the register's own words."""
    folded = text.casefold()
    return any(word and word.casefold() in folded for word in goods)
