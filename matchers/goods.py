"""A rough guess of the Nice classes that a listing's words belong to.

Words and classes were typed for this project after the headings of the Nice Classification, NCL 13.
A text without any of these words has no class, which means "not known".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORDS: dict[int, str] = {
    1: "化肥 复合肥 肥料 水溶肥 fertiliser fertilizer",
    2: "油漆 涂料 颜料 paint",
    3: "花露水 洗洁精 洗衣粉 洗衣皂 洗手液 护手霜 润肤 身体乳 爽肤水 乳液 防晒 卸妆 眉笔 睫毛膏 "
    "腮红 洁面 花露 发胶 染发 化妆 护肤 面膜 面霜 口红 唇膏 粉底 眼影 香水 洗发 护发 沐浴 "
    "香皂 手工皂 牙膏 洗衣液 洗面奶 精华液 cosmetic cosmetics lipstick serum shampoo soap "
    "perfume skincare toothpaste",
    4: "机油 润滑油 蜡烛 candle candles",
    5: "保健茶 蛋白粉 维生素 钙片 创可贴 蚊香 杀虫 卫生巾 纸尿裤 药品 胶囊 冲剂 保健品 膏药 农药 "
    "消毒 阿胶 vitamin supplement",
    6: "牌匾 保险柜 门锁 五金 螺丝 铁丝 hardware",
    7: "水泵 电机 发电机 洗碗机 电钻 电动工具 破壁机 榨汁机 洗衣机 吸尘器 drill blender vacuum",
    8: "厨刀 菜刀 剪刀 扳手 螺丝刀 剃须刀 knife knives scissors wrench",
    9: "手机壳 手机套 计算器 路由器 显示器 打印机 墨盒 硬盘 内存 电线 插座 开关 摄像头 耳麦 平板 "
    "手环 对讲机 电池 手机 耳机 音箱 充电器 充电宝 移动电源 数据线 电脑 键盘 鼠标 相机 电视 "
    "眼镜 phone headphones earphones earbuds charger laptop camera speaker",
    10: "医疗器械 口罩 血压计 按摩器",
    11: "灯泡 吊灯 吸顶灯 电磁炉 微波炉 烤箱 油烟机 燃气灶 加湿器 净水器 水龙头 马桶 花洒 灯具 "
    "台灯 电饭煲 空气炸锅 电水壶 空调 冰箱 热水器 风扇 lamp fryer kettle",
    12: "安全座椅 婴儿车 摩托车 轮椅 车衣 车垫 刹车片 雨刮器 轮胎 汽车配件 自行车 电动车 brake "
    "tyre bicycle",
    14: "黄金 金项链 金条 耳环 耳钉 吊坠 手镯 钻戒 闹钟 挂钟 手表 项链 戒指 手链 珠宝 首饰 watch "
    "necklace ring bracelet jewellery jewelry",
    15: "吉他 钢琴 笛子 guitar piano",
    16: "打印纸 便签 记事本 日历 贴纸 海报 画册 教材 绘本 小说 词典 账本 胶带 毛笔 宣纸 钢笔 铅笔 "
    "文具 图书 书籍 笔记本 砚台 纸巾 book books pen pencil stationery novel",
    18: "拉杆箱 手提袋 单肩包 斜挎包 腰包 卡包 双肩包 背包 书包 手提包 钱包 行李箱 登山包 雨伞 "
    "backpack handbag tote wallet suitcase",
    20: "置物架 收纳架 鞋架 鞋柜 茶几 书架 枕头 乳胶枕 相框 镜子 家具 沙发 桌子 椅子 床垫 书柜 "
    "衣柜 木雕 furniture sofa chair table",
    21: "酒杯 香槟杯 高脚杯 红酒杯 玻璃杯 马克杯 杯子 拖把 扫帚 牙刷 毛刷 垃圾桶 饭盒 砂锅 菜板 "
    "水壶 茶具 茶杯 水杯 保温杯 炒锅 锅具 瓷碗 餐具 花瓶 cup mug teapot pan cookware",
    24: "毛毯 桌布 床笠 被芯 浴巾 面料 床单 被子 被套 四件套 毛巾 窗帘 枕套 bedding towel curtain",
    25: "t恤 短袖 长袖 毛衣 牛仔裤 短裤 打底裤 半身裙 裙子 睡衣 睡袍 文胸 马甲 风衣 大衣 棉服 "
    "皮衣 运动服 泳衣 板鞋 跑鞋 运动鞋 凉鞋 拖鞋 靴子 高跟鞋 手套 领带 衣服 外套 冲锋衣 "
    "羽绒服 卫衣 衬衫 裤子 连衣裙 内衣 鞋 帽子 袜子 围巾 皮带 jacket hoodie shirt shoes "
    "sneakers boots dress trousers hat socks belt",
    27: "地垫 门垫 壁纸 地毯 墙纸 瑜伽垫 carpet rug",
    28: "跳绳 哑铃 滑板 球拍 乒乓 足球 毽子 魔方 扑克 玩具 积木 遥控车 拼图 公仔 篮球 羽毛球 鱼竿 "
    "toy toys puzzle blocks",
    29: "鱼丸 肉丸 牛肉干 肉松 腊肉 香肠 罐头 豆腐 咸菜 泡菜 辣酱 肉 火腿 牛奶 奶粉 酸奶 坚果 "
    "果干 鸡蛋 食用油 milk nuts",
    30: "方便面 奶糖 面包 蛋糕 零食 薯片 膨化 调味 食盐 醋 味精 面粉 粽子 汤圆 水饺 茶饼 普洱 "
    "乌龙茶 龙井 糕点 月饼 桃酥 饼干 糖果 巧克力 蜂蜜 大米 贡米 面条 茶叶 白茶 绿茶 红茶 咖啡 "
    "酱油 tea coffee honey rice biscuit chocolate",
    31: "水果 蔬菜 种子 大闸蟹 鲜活 猫粮 狗粮 苹果树 seeds fruit",
    32: "饮用水 可乐 汽水 凉茶 豆奶 饮料 啤酒 矿泉水 果汁 juice beer",
    33: "香槟酒 果酒 米酒 洋酒 威士忌 白兰地 brandy whisky whiskey vodka 白酒 红酒 葡萄酒 黄酒 "
    "wine liquor",
    34: "香烟 烟斗 打火机 cigarette lighter",
}
_RELATED = ({3, 5}, {7, 8, 11, 21}, {9, 14}, {18, 25}, {20, 24, 27}, {29, 30, 31, 32, 33}, {1, 31})
"""Classes whose goods are commonly sold side by side; goods in both are not called unlike."""


@lru_cache(maxsize=4_096)
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
