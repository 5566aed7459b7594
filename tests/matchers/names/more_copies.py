"""More copied names of the kind that press, courts and market inspections know."""

MORE_COPIES = """
金龙鱼: 金龙渔食用调和油5L | 金尤鱼大豆油
鲁花: 鲁化压榨花生油
福临门: 福林门玉米油
海天: 海夭生抽酱油
李锦记: 李绵记蒸鱼豉油
王守义: 王守艺十三香调料
太太乐: 大太乐鸡精 | 太大乐鸡精调味料
乌江: 鸟江榨菜80g
金锣: 全锣火腿肠
光明: 光朋纯牛奶
银鹭: 银路八宝粥
汇源: 汇原100%果汁
健力宝: 建力宝橙味汽水 | 健刀宝运动饮料
冷酸灵: 冷酸宁抗敏牙膏
两面针: 两面钉中药牙膏
蜂花: 峰花护发素
大宝: 太宝SOD蜜
百雀羚: 百雀灵补水霜 | 白雀羚护肤套装
自然堂: 自燃堂面膜 | 白然堂冰肌水
相宜本草: 相宜木草爽肤水
汰渍: 汰清洗衣粉
碧浪: 碧狼洗衣液
七度空间: 七度空问卫生巾 | 七渡空间日用卫生巾
护舒宝: 护舒室卫生巾
牛栏山: 牛拦山二锅头 | 牛兰山陈酿白酒
古井贡酒: 古井页酒浓香型
西凤酒: 西风酒凤香型
国窖: 国窑1573浓香型白酒
小糊涂仙: 小糊涂神酒
口子窖: 口子窑五年白酒
水井坊: 水井纺白酒
今麦郎: 金麦郎弹面
拉菲: 拉斐干红葡萄酒
轩尼诗: 轩尼斯XO干邑
路易威登: 路易登威女包
香奈儿: 香奈尔五号香水
古驰: 古弛男士皮带
爱马仕: 爱马士丝巾
劳力士: 劳力土手表
欧米茄: 欧米加手表
浪琴: 浪芩女表
阿玛尼: 阿马尼西装
优衣库: 优农库T恤 | 尤衣库羽绒服
海澜之家: 海兰之家男装
美特斯邦威: 美特斯帮威卫衣
森马: 森玛牛仔裤
班尼路: 斑尼路短袖
波司登: 波斯登羽绒服
雅戈尔: 雅戈儿衬衫
报喜鸟: 报喜乌西服
梦特娇: 梦特骄T恤
匹克: 匹客篮球鞋
贵人鸟: 贵人乌运动鞋
回力: 回刀帆布鞋
彪马: 彪玛运动裤
斯凯奇: 斯凯琪健步鞋
迪士尼: 迪土尼儿童书包
奥特曼: 奥持曼玩具
小猪佩奇: 小猪配奇毛绒玩具 | 小猪佩琪书包
老凤祥: 老风祥黄金项链 | 老凤翔银手镯
周大生: 周太生钻戒
全聚德: 全聚得烤鸭
狗不理: 狗不埋包子
同仁堂: 同人堂阿胶 | 司仁堂六味地黄丸
片仔癀: 片仔黄牙膏
汤臣倍健: 汤臣佰健蛋白粉
脑白金: 脑白全口服液
杜蕾斯: 杜雷斯避孕套 | 杜蕾期安全套
冈本: 岗本避孕套
立邦: 力邦乳胶漆
多乐士: 多乐土墙面漆
米其林: 米奇林轮胎
奥克斯: 澳克斯空调
长虹: 长红电视机
创维: 创唯液晶电视
康佳: 康住电视
小天才: 小夭才电话手表
金士顿: 金土顿U盘
德力西: 德立西开关插座
正泰: 正秦断路器
箭牌: 剑牌马桶
茶颜悦色: 茶颜观色奶茶
鲍师傅: 鲍帅傅糕点
元气森林: 元气森材气泡水
东鹏特饮: 东朋特饮维生素饮料
喜之郎: 喜之朗果冻 | 喜之狼果肉果冻
上好佳: 尚好佳薯片
飞鹤: 飞鹊婴儿奶粉
贝因美: 贝囚美奶粉
雀巢: 鹊巢咖啡
安慕希: 安幕希酸奶
稻香村: 稻香材月饼
五芳斋: 五方斋粽子
知味观: 知昧观糕点
张小泉: 张小全菜刀
内联升: 内连升布鞋
凤凰: 风凰牌自行车
飞鸽: 飞鹄自行车
雅迪: 雅笛电动车
爱玛: 爱码电动车
沃尔玛: 沃尔马购物卡
屈臣氏: 屈巨氏蒸馏水
名创优品: 名刨优品香薰
路虎: 陆虎脚垫
法拉利: 法拉力遥控车
奔驰: 奔弛钥匙套
陶华碧: 陶碧华辣酱
绿箭: 新绿健薄荷糖
雪碧: 雪壁牌汽水
康师傅: 老康帅傅拌面
立白: 立臼牌洗衣粉
金利来: 全利来男士钱包
苏菲: 苏妃夜用卫生巾
白象: 百象方便面
波力: 波刀海苔
Adidas: newadibas 运动鞋 | adidasshoes 男鞋
Adidas: Adidaz 运动裤 | Odidas sneakers | ADIDSA 短袖 | Adibasshoes 2023 new
Nike: newNlke sneakers
Puma: Purna 运动裤 | Punna sport shoes | pumashoes new arrival
Reebok: Reedok shoes | Reebak 跑鞋 | reebookshoes 白色
Converse: Comverse All Star | Canverse 帆布鞋
New Balance: New Ballance 574 | Newbalence 跑步鞋
Skechers: Skechars 童鞋
Champion: Champoin hoodie
Supreme: Superme 卫衣 | Supremme cap
Balenciaga: Balanciaga 老爹鞋
Louis Vuitton: Louis Vuiton bag | Luis Vuitton wallet | Louis Vitton 钱包
Michael Kors: Micheal Kors handbag | Michel Kors 女包
Fendi: Fandi 腰带
Versace: Versache 太阳镜
Valentino: Valantino shoes
Cartier: Cartler 手镯 | Catier watch
Omega: Omiga 机械表
Tissot: Tisot 手表
Longines: Longins watch
Swarovski: Swarowski crystal | Swarosvki 项链
Tiffany: Tifany necklace
Pandora: Pondora charm
Hello Kitty: Hello Ketty 书包 | Helo Kitty backpack
Pokemon: Pokeman cards | Pocemon 卡牌
Transformers: Transfomers 机器人
PlayStation: PolyStation game console | PloyStation 3
Nintendo: Nitendo 游戏机
Panasonic: Panaphonic headphones
Sharp: Shrap TV
Philips: Phllips LED
Toshiba: Tosiba 硬盘 | Toshlba battery
Duracell: Durecell AAA
Energizer: Energlzer max
Nokia: Nokai 手机
Samsung: Samsong Galaxy case | Sansung 充电器 | Samsumgphone case
iPhone: iPhane 15 case
BlackBerry: BlackBarry phone
Apple: Appel 充电线
Xiaomi: Xiomi 手环
Huawei: Huawai P40 | Huavvei 手机壳
Logitech: Logltech mouse | Logitec 鼠标
SanDisk: Sandisc 128G
Kingston: Kingstone 内存条
Makita: Nakita 电锯
Stihl: Sthil chainsaw
Husqvarna: Husquarna chain
Gillette: Gilllette Mach3
Colgate: Colgete 牙膏 | Colqate toothbrush
Crest: Crast 牙贴
Head & Shoulders: Head & Sholders shampoo
Pantene: Pantane 护发素
Rejoice: Rejoise shampoo
Vaseline: Vasaline 唇膏
L'Oreal: L'Oreol 面霜
Maybelline: Maybellin 睫毛膏
Estee Lauder: Estee Louder 小棕瓶
Clinique: Clinque 黄油
Chanel: Chenel 香水
McDonald's: MacDonald's toy | WcDonald's burger
Starbucks: Starbuck 马克杯 | Charbucks blend coffee | Starducks tumbler
Pizza Hut: Pizza Huh | Pizza Hat 披萨
Burger King: Burgar King toy
Coca-Cola: Coco-Cola 汽水 | Coka-Cola bottle | Koka-Kola
Pepsi: Pespi cola | Bepsi 可乐
Sprite: Spirte 柠檬汽水
Fanta: Fonta orange
Red Bull: Red Buli 250ml
Snickers: Snikcers 士力架
Ferrero Rocher: Ferero Rocher 巧克力
Toblerone: Toblerane 500g
Pringles: Prongles 薯片 | Pringels can
Cheetos: Chetos 玉米棒
Heinz: Hienz ketchup
Tabasco: Tobasco sauce
Nutella: Nutela 榛子酱 | Nudella spread
Lipton: Liptom 红茶
Heineken: Hieneken 啤酒
Smirnoff: Smirnof vodka
Johnnie Walker: Jonnie Walker 黑方
Martell: Martel 蓝带
Penfolds: Penfords Bin 407
Michelin: Mechelin wiper
Goodyear: Goodyeer tire
Castrol: Kastrol 机油
Mobil: Mobill 1号
Schneider: Shneider 断路器
Siemens: Simens 开关 | Seimens relay
Hansgrohe: Hansgroe 花洒
Kohler: Kohlar 龙头
Zippo: Zipo 打火机
Montblanc: Monblanc pen
Parker: Paker 钢笔
Tupperware: Tuperware 保鲜盒
GoPro: GoPr0 运动相机
Sennheiser: Senheiser 耳机
Arc'teryx: Arcterix 冲锋衣
Canada Goose: Canada Gose 羽绒服 | Canada Goos parka
Columbia: Colunbia 冲锋衣
Patagonia: Petagonia 抓绒
Birkenstock: Birkenstok 拖鞋
Dr. Martens: Dr. Martins 马丁靴
Jordan: Jordon 篮球鞋
Lululemon: Lulumelon 瑜伽裤
Victoria's Secret: Victorla's Secret bra
Uniqlo: Uniclo T恤 | Uniqio 卫衣
IKEA: IKAE 收纳
Google: Gooogle pixel case
Facebook: Faceboook
Wrangler: Wrangier jeans
Diesel: Deisel 牛仔裤
Lacoste: Lacosta POLO衫
Superdry: Suprdry jacket
Cialis: Clalis 20mg
Durex: Durax 避孕套 | Dulex condom
Huggies: Huggles 尿不湿
Pampers: Panpers 尿裤
百事可乐: 百事可勒碳酸饮料
良品铺子: 娘品铺子零食
奈雪的茶: 莱雪的茶饮品
"""
"""A genuine name, then titles with copies of it."""
