"""Addresses cut into parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracing.address_kinds import PartKind
from tracing.address_parts import read_address
from tracing.placing import MAX_ADDRESS


def parts(text: str) -> str:
    address = read_address(text)
    return " ".join(
        f"{one.kind.value}={address.text[one.start : one.end]}"
        for one in address.parts
        if one.kind is not PartKind.REDUNDANT
    )


@pytest.mark.parametrize(
    ("address", "expected", "why"),
    [
        (
            "浙江省杭州市余杭区五常街道文一西路969号",
            "prov=浙江省 city=杭州市 district=余杭区 town=五常街道 road=文一西路 roadno=969号",
            "in full",
        ),
        (
            "上海市静安区曲阳路街道柳营路669弄14号1102室",
            "city=上海市 district=静安区 town=曲阳路街道 road=柳营路 roadno=669弄 houseno=14号 "
            "roomno=1102室",
            "a municipality is a city; a town named for a road; a lane",
        ),
        (
            "鹿城区锦湖公寓12-3-1001",
            "district=鹿城区 poi=锦湖公寓 houseno=12 cellno=3 roomno=1001",
            "bare numbers by their place",
        ),
        (
            "西湖区翠苑小区18幢二单元101",
            "district=西湖区 poi=翠苑小区 houseno=18幢 cellno=二单元 roomno=101",
            "Chinese numerals",
        ),
        (
            "浙江-温州市-苍南县浙江省温州市苍南县西三街15号",
            "prov=浙江省 city=温州市 district=苍南县 road=西三街 roadno=15号",
            "said twice: the last counts",
        ),
        (
            "杭州市经济技术开发区白杨街道6号大街8号",
            "city=杭州市 devZone=经济技术开发区 town=白杨街道 road=6号大街 roadno=8号",
            "a zone; a road that is a number",
        ),
        (
            "义乌市保联东街10-1号",
            "district=义乌市 road=保联东街 roadno=10-1号",
            "a number with an appendix",
        ),
        (
            "海曙区东渡路55号8楼王记服饰",
            "district=海曙区 road=东渡路 roadno=55号 floorno=8楼 person=王记服饰",
            "who is found inside",
        ),
        (
            "瑞安市塘下镇上马村5组6号",
            "district=瑞安市 town=塘下镇 community=上马村 road=5组 roadno=6号",
            "a village",
        ),
        (
            "萧山区永盛路与金城路交叉口",
            "district=萧山区 road=永盛路 assist=与 subRoad=金城路 assist=交叉口",
            "where two roads cross",
        ),
        (
            "台州市椒江区建设2路8号",
            "city=台州市 district=椒江区 road=建设2路 roadno=8号",
            "a road with a number in its name",
        ),
        (
            "浙江省宁波市慈溪市浙江省宁波市慈溪市附海镇观附路8号",
            "prov=浙江省 city=宁波市 district=慈溪市 town=附海镇 road=观附路 roadno=8号",
            "said twice in full: the last counts",
        ),
        (
            "浙江省宁波市慈溪市慈溪市附海镇观附路8号",
            "prov=浙江省 city=宁波市 district=慈溪市 town=附海镇 road=观附路 roadno=8号",
            "a district said twice",
        ),
        (
            "浙江温州null浙江省温州市瓯海区潘桥镇",
            "prov=浙江省 city=温州市 district=瓯海区 town=潘桥镇",
            "what a program wrote for nothing",
        ),
        (
            "昆山市陆家镇江苏省苏州市昆山市陆家镇东景苑12号楼",
            "prov=江苏省 city=苏州市 district=昆山市 town=陆家镇 poi=东景苑 houseno=12号楼",
            "镇江 is no city where 江苏省 begins",
        ),
        (
            "台州路桥区金鹊小区12幢",
            "city=台州 district=路桥区 poi=金鹊小区 houseno=12幢",
            "台州路 is no road where 路桥区 begins",
        ),
        (
            "惠州市河南岸街道演达大道",
            "city=惠州市 town=河南岸街道 road=演达大道",
            "a town whose name begins like a province's",
        ),
        (
            "阜阳市颖上县人民路8号",
            "city=阜阳市 district=颖上县 road=人民路 roadno=8号",
            "a district misspelt",
        ),
        (
            "瑞安市云周街道横街路8弄12号",
            "district=瑞安市 town=云周街道 road=横街路 subRoad=8弄 subroadno=12号",
            "houses of a lane",
        ),
        (
            "西湖区旭日华庭翡翠湾3幢",
            "district=西湖区 poi=旭日华庭 subpoi=翡翠湾 houseno=3幢",
            "what lies in an estate",
        ),
        (
            "江干区天城路都市水乡月季苑2幢",
            "district=江干区 road=天城路 poi=都市水乡 subpoi=月季苑 houseno=2幢",
            "a court in an estate with no ending",
        ),
        (
            "鄞州区万达广场店",
            "district=鄞州区 poi=万达广场店",
            "a shop of a chain keeps its mall's name",
        ),
        (
            "义乌国际商贸城四区3楼7街41234",
            "district=义乌 poi=国际商贸城 subpoi=四区 floorno=3楼 cellno=7街 roomno=41234",
            "a stall in a market",
        ),
        (
            "海曙区朝晖八区12幢",
            "district=海曙区 poi=朝晖八区 houseno=12幢",
            "a quarter belongs to a name that has no ending of its own",
        ),
        (
            "鹿城区学院路8号速8酒店",
            "district=鹿城区 road=学院路 roadno=8号 poi=速8酒店",
            "a number in a name",
        ),
        (
            "下城区潮王路80号浙江大厦605-606室",
            "district=下城区 road=潮王路 roadno=80号 poi=浙江大厦 roomno=605-606室",
            "two rooms of one tenant",
        ),
        (
            "乐清市旭阳路952-13号",
            "district=乐清市 road=旭阳路 roadno=952 houseno=13号",
            "a house behind the road's number",
        ),
        (
            "拱墅区舟山东路9号舟山路幼儿园",
            "district=拱墅区 road=舟山东路 roadno=9号 poi=舟山路幼儿园",
            "no side road in a kindergarten's name",
        ),
        (
            "余姚市文山路往西3公里",
            "district=余姚市 road=文山路 assist=往西3公里",
            "how far on",
        ),
        (
            "义乌国际商贸城一区A区3楼",
            "district=义乌 poi=国际商贸城 subpoi=一区 person=A区 floorno=3楼",
            "what lies in a part of a market is someone's",
        ),
        (
            "萧山区市心路广济路博海金属",
            "district=萧山区 road=市心路 subRoad=广济路 poi=博海金属",
            "a crossing without 与",
        ),
        (
            "西湖区小河小区3巷2号楼",
            "district=西湖区 poi=小河小区 road=3巷 houseno=2号楼",
            "a lane in an estate",
        ),
        (
            "富阳区孙权路富阳区春城大厦",
            "district=富阳区 road=孙权路 poi=春城大厦",
            "a district said again after the road",
        ),
        (
            "黄州区堵城镇老街村",
            "district=黄州区 town=堵城镇 community=老街村",
            "a village named for a street",
        ),
        (
            "杭州经济技术开发区白杨街道6号大街8号",
            "devZone=杭州经济技术开发区 town=白杨街道 road=6号大街 roadno=8号",
            "a zone named for its city",
        ),
        (
            "江苏省无锡市锡山区中国浙江省杭州市临安市沙地路",
            "country=中国 prov=浙江省 city=杭州市 district=临安市 road=沙地路",
            "a country amid, as forms put it",
        ),
        (
            "杭州市中国美术学院",
            "city=杭州市 poi=中国美术学院",
            "a country in a school's name",
        ),
        (
            "海曙区宁波大学科学楼603房间丰巢",
            "district=海曙区 poi=宁波大学 subpoi=科学楼 roomno=603房间 person=丰巢",
            "a locker",
        ),
        (
            "西湖区学院路甲12号金科大厦",
            "district=西湖区 road=学院路 roadno=甲12号 poi=金科大厦",
            "a number with a stem, as in Beijing",
        ),
        (
            "鄞州区科兴路28号E创园3楼",
            "district=鄞州区 road=科兴路 roadno=28号 poi=E创园 floorno=3楼",
            "a letter that begins a name",
        ),
        (
            "余杭区海创园E座3楼",
            "district=余杭区 poi=海创园 houseno=E座 floorno=3楼",
            "a letter that is a building",
        ),
        (
            "鄞州区科兴路28号NB66电商园",
            "district=鄞州区 road=科兴路 roadno=28号 poi=NB66电商园",
            "letters and a number that begin a name",
        ),
        (
            "南湖区中环南路8号联创大厦7楼C-11",
            "district=南湖区 road=中环南路 roadno=8号 poi=联创大厦 floorno=7楼 roomno=C-11",
            "a room with a letter, of a floor",
        ),
        (
            "瓯海区南湖家园3幢1502-2",
            "district=瓯海区 poi=南湖家园 houseno=3幢 roomno=1502-2",
            "a room parted in two",
        ),
        (
            "瓯海区南湖家园3幢2-301",
            "district=瓯海区 poi=南湖家园 houseno=3幢 cellno=2 roomno=301",
            "a unit before its room",
        ),
        (
            "桂城街道丽水家园12-3-5-1201",
            "town=桂城街道 poi=丽水家园 houseno=12 cellno=3 floorno=5 roomno=1201",
            "four bare numbers",
        ),
        (
            "海曙区府桥街3号厂房",
            "district=海曙区 road=府桥街 roadno=3号 poi=厂房",
            "a road's number before a building without a name",
        ),
        (
            "海曙区府桥街花园小区两幢",
            "district=海曙区 road=府桥街 poi=花园小区 houseno=两幢",
            "two, as it is said",
        ),
        (
            "义乌市宾王路88号宾王路宾王大厦",
            "district=义乌市 road=宾王路 roadno=88号 poi=宾王大厦",
            "a road said again",
        ),
        (
            "鹿城区黎明路201号黎明路幼儿园",
            "district=鹿城区 road=黎明路 roadno=201号 poi=黎明路幼儿园",
            "a road in a kindergarten's name is not said again",
        ),
        (
            "江干区四季青四季青街道杭海路8号",
            "district=江干区 town=四季青 town=四季青街道 road=杭海路 roadno=8号",
            "a town in short before itself",
        ),
        (
            "柯桥万国中心8楼",
            "district=柯桥 poi=万国中心 floorno=8楼",
            "a district in short before a name that stands by itself",
        ),
        (
            "黄龙体育中心",
            "poi=黄龙体育中心",
            "a county's name in one that does not stand without it",
        ),
        (
            "宁波慈溪人民医院",
            "city=宁波 poi=慈溪人民医院",
            "a hospital named after its city",
        ),
        (
            "金华义乌江南小区",
            "city=金华 district=义乌 poi=江南小区",
            "义乌江 is no river before 南",
        ),
        (
            "广西省南宁市青秀区",
            "prov=广西省 city=南宁市 district=青秀区",
            "a region called a province",
        ),
        (
            "温州市瑞安市瑞安塘下镇",
            "city=温州市 district=瑞安市 town=塘下镇",
            "a city said again in short before its town",
        ),
        (
            "浙江省杭州市西湖区杭州延安南路8号",
            "prov=浙江省 city=杭州市 district=西湖区 road=延安南路 roadno=8号",
            "a city said again in short before a road",
        ),
        (
            "沈家门滨港路17号",
            "town=沈家门 road=滨港路 roadno=17号",
            "what a road lies in, with nothing before it, is a town",
        ),
        (
            "鹿城区南滨江路8号",
            "district=鹿城区 road=南滨江路 roadno=8号",
            "南滨 is a town elsewhere, but 江路 no road",
        ),
        (
            "鄞州区姜山镇姜山开发区",
            "district=鄞州区 town=姜山镇 devZone=姜山开发区",
            "a zone of a town",
        ),
        (
            "鄞州区长江工业区明光路8号",
            "district=鄞州区 devZone=长江工业区 road=明光路 roadno=8号",
            "an industrial zone in a town's place",
        ),
        (
            "鄞州区姜山镇工业园区",
            "district=鄞州区 town=姜山镇 poi=工业园区",
            "an industrial zone of a town is a place in it",
        ),
        (
            "椒江区海门街道中山大道5段15号",
            "district=椒江区 town=海门街道 road=中山大道 subRoad=5段 subroadno=15号",
            "a numbered stretch of a road",
        ),
        (
            "台州市乍王线虹霞段23号",
            "city=台州市 road=乍王线 subRoad=虹霞段 subroadno=23号",
            "a stretch of a country road",
        ),
        (
            "义乌市物华路6街17号",
            "district=义乌市 road=物华路 subRoad=6街 subroadno=17号",
            "a numbered side street",
        ),
        (
            "市北区大李庄组7号",
            "district=市北区 road=大李庄组 roadno=7号",
            "a group's name is not cut before its last two characters",
        ),
        (
            "萧山区市心路建材市场对面的大华机械",
            "district=萧山区 road=市心路 poi=建材市场 assist=对面 subpoi=大华机械",
            "的 is no part of a name",
        ),
        (
            "萧山区市心路大华机械麻烦放门卫",
            "district=萧山区 road=市心路 poi=大华机械",
            "a note to the courier",
        ),
        (
            "萧山区市心路大华机械工作日派送",
            "district=萧山区 road=市心路 poi=大华机械",
            "when to deliver",
        ),
        (
            "萧山区市心路旺角大厦6栋个",
            "district=萧山区 road=市心路 poi=旺角大厦 houseno=6栋",
            "no name has one character",
        ),
        (
            "萧山区市心路旺角大厦东8楼",
            "district=萧山区 road=市心路 poi=旺角大厦 assist=东 floorno=8楼",
            "which side of a building",
        ),
        (
            "邓州市汲滩镇镇西希望幼儿园",
            "district=邓州市 town=汲滩镇 assist=镇西 poi=希望幼儿园",
            "which side of a town",
        ),
        (
            "北仑区大碶街道明楼东区物业中心",
            "district=北仑区 town=大碶街道 poi=明楼东区 subpoi=物业中心",
            "a quarter with something in it",
        ),
        (
            "萧山区青年公寓二区3幢大洋制衣",
            "district=萧山区 poi=青年公寓 subpoi=二区 houseno=3幢 person=大洋制衣",
            "who is found in a building of a quarter",
        ),
        (
            "柯桥区柯桥轻纺城8楼",
            "district=柯桥区 poi=柯桥轻纺城 floorno=8楼",
            "a market named after its district, of which a town has the name too",
        ),
        (
            "金华义乌江南四小区12幢",
            "city=金华 district=义乌 poi=江南四小区 houseno=12幢",
            "an estate that a number tells from its like, no town",
        ),
        (
            "瓯海区商贸大厦13、14号",
            "district=瓯海区 poi=商贸大厦 roomno=13、14号",
            "several rooms of one tenant",
        ),
        (
            "廊坊市安次区银河南路100号",
            "city=廊坊市 district=安次区 road=银河南路 roadno=100号",
            "a subdistrict named for a road is the road where no 街道 is said",
        ),
        (
            "深圳市宝安区西乡街道宝源路8号",
            "city=深圳市 district=宝安区 town=西乡街道 road=宝源路 roadno=8号",
            "乡 in a subdistrict's name ends no town",
        ),
        (
            "乐清市华新街街道光华府8幢",
            "district=乐清市 town=华新街街道 poi=光华府 houseno=8幢",
            "a subdistrict named for a street",
        ),
        (
            "慈溪市青少年宫南路99号",
            "district=慈溪市 road=青少年宫南路 roadno=99号",
            "a road named for what stands at it keeps the whole name",
        ),
        (
            "广州市荔湾区芳村大道8号",
            "city=广州市 district=荔湾区 road=芳村大道 roadno=8号",
            "no village before 大道",
        ),
        (
            "北京市宣武区广安门外大街168号",
            "city=北京市 district=宣武区 road=广安门外大街 roadno=168号",
            "outside a gate is no road by itself",
        ),
        (
            "山下湖华东国际珠宝城8楼",
            "town=山下湖 poi=华东国际珠宝城 floorno=8楼",
            "with nothing before it, a name that one town only has",
        ),
        (
            "新天地商务中心8楼",
            "poi=新天地商务中心 floorno=8楼",
            "新天 is a town, 地商务中心 no name",
        ),
        (
            "丁桥兰苑8幢",
            "poi=丁桥兰苑 houseno=8幢",
            "a town's name in an estate's: what is left would be too short",
        ),
        (
            "昆明螺蛳湾国际商贸城一期 官渡区彩云北路8号",
            "city=昆明 poi=螺蛳湾国际商贸城 subpoi=一期 district=官渡区 road=彩云北路 roadno=8号",
            "a district apart, behind the market it lies in",
        ),
        (
            "张三 13800138000 浙江省杭州市萧山区宁围街道利一路8号",
            "poi=张三 prov=浙江省 city=杭州市 district=萧山区 town=宁围街道 road=利一路 roadno=8号",
            "a person and a phone before the address, which begins with its province",
        ),
        (
            "中国 浙江省 杭州市 滨江区 网商路699号",
            "country=中国 prov=浙江省 city=杭州市 district=滨江区 road=网商路 roadno=699号",
            "marks after the country",
        ),
        (
            "浙江省杭洲市西湖区文三路8号",
            "prov=浙江省 city=杭洲市 district=西湖区 road=文三路 roadno=8号",
            "a city misspelt",
        ),
        (
            "德清县武康镇永安街199号德清县人民医院住院部",
            "district=德清县 town=武康镇 road=永安街 roadno=199号 poi=德清县人民医院 subpoi=住院部",
            "a county in its hospital's name is not said again",
        ),
        (
            "黄浦区南京路8号吴山广场B1层",
            "district=黄浦区 road=南京路 roadno=8号 poi=吴山广场 floorno=B1层",
            "a floor below ground",
        ),
        (
            "朝阳区花家地北里甲3号楼A楼",
            "district=朝阳区 poi=花家地北里 houseno=甲3号楼 cellno=A楼",
            "a house with a stem, a house with a letter",
        ),
        (
            "柯桥区东市场6楼19-21号",
            "district=柯桥区 poi=东市场 floorno=6楼 roomno=19-21号",
            "rooms side by side",
        ),
        (
            "鹿城区汽配城99幢11-38号",
            "district=鹿城区 poi=汽配城 houseno=99幢 cellno=11 roomno=38号",
            "no rooms side by side: a unit and its room",
        ),
        (
            "柯桥区柯桥轻纺城北四区8楼",
            "district=柯桥区 poi=柯桥轻纺城 subpoi=北四区 floorno=8楼",
            "a market's quarter by its side and number",
        ),
        (
            "义乌市北联一区2693号",
            "district=义乌市 poi=北联一区 roadno=2693号",
            "no estate has as many houses",
        ),
        (
            "上城区清江路922号四季酒店74号",
            "district=上城区 road=清江路 roadno=922号 poi=四季酒店 roomno=74号",
            "a number in a house of rooms",
        ),
        (
            "义乌市福田街道下骆宅紫金二区96幢",
            "district=义乌市 town=福田街道 community=下骆宅 poi=紫金二区 houseno=96幢",
            "a hamlet before an estate",
        ),
        (
            "潮阳区谷饶镇大坑村寨前路8号",
            "district=潮阳区 town=谷饶镇 community=大坑村 road=寨前路 roadno=8号",
            "村 ends a village before another such character can",
        ),
        (
            "瓯海区森茂路51号左转第二家",
            "district=瓯海区 road=森茂路 roadno=51号 assist=左转 assist=第二家",
            "which way and which door",
        ),
        (
            "涧西区丽春西路路口向北50米路西",
            "district=涧西区 road=丽春西路 assist=路口 assist=向北50米 assist=路西",
            "hints one after the other",
        ),
        (
            "义乌市稠城街道经济部工业区三路8号",
            "district=义乌市 town=稠城街道 poi=经济部工业区 road=三路 roadno=8号",
            "a zone before its own road",
        ),
        (
            "镇海区571KN",
            "district=镇海区",
            "a courier's sorting code",
        ),
        ("", "", "nothing"),
    ],
)
def test_parts(address: str, expected: str, why: str) -> None:
    assert parts(address) == expected, why


def test_a_part_is_asked_for_by_kind() -> None:
    address = read_address("杭州市西湖区文三路100号")
    assert address.part(PartKind.ROAD) == "文三路"
    assert address.part(PartKind.ROOM) is None
    assert address.place.adcode == "330106"


@given(st.text(alphabet="浙江省杭州市西湖区三路镇街道村组号幢单元室楼层A9-, 与弄🏮", max_size=60))
def test_parts_cover_the_text_in_its_order(text: str) -> None:
    end = 0
    for one in read_address(text).parts:
        assert one.start == end < one.end
        end = one.end
    assert end == len(text)


@pytest.mark.parametrize(
    "text", ["路" * 9_999, "1" * 9_999, "区" * 9_999, "A-" * 9_999, "一" * 9_999]
)
def test_a_long_text_is_cut(text: str) -> None:
    address = read_address(text)
    assert address.text == text[:MAX_ADDRESS]
    assert address.parts[-1].end == MAX_ADDRESS
