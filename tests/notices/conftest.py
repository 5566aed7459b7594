"""One complete notice, in both languages, that each test takes apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.common import Words, digest
from domain.notices import (
    Notice,
    NoticeExhibit,
    NoticeGround,
    NoticeRight,
    NoticeSender,
    NoticeTarget,
)
from domain.rights import RightKind

CAPTURE = digest(b"<html>page of the listing</html>")
PICTURE = digest(b"picture of the listing")


@pytest.fixture(name="complete_notice")
def make_complete_notice() -> Notice:
    """A notice of a Chinese company on two listings; markup and hidden characters in a title."""
    return Notice(
        notice_id="4f1c2a9b7d3e5f60718c",
        regime="cn_ecommerce_42",
        platform="shop.example",
        language="zh",
        made_at=datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
        sender=NoticeSender(
            name="青岚茶业有限公司",
            identity_number="91110000600037341L",
            capacity="right_holder",
            address="浙江省杭州市西湖区示例路 1 号",
            contact="李明\n电话 0571-00000000\nlegal@qinglan.example",
        ),
        right=NoticeRight(
            kind=RightKind.MARK,
            name="青岚 QINGLAN",
            number="12345678",
            office="CN",
            nice_classes=(30, 35),
            holder="青岚茶业有限公司",
            valid_from=date(2018, 3, 7),
            valid_to=date(2028, 3, 6),
            proof=("商标注册证第12345678号", "续展证明"),
        ),
        targets=(
            NoticeTarget(
                platform="shop.example",
                listing_key="P-1001",
                url="https://shop.example/p/1001?spm=a&id=1001",
                title="青\u200b岚 明前龙井 <b>正品</b> & 礼盒",
                seller="好茶小店",
                capture_sha256=CAPTURE,
                captured_at=datetime(2026, 11, 20, 23, 5, 9, tzinfo=UTC),
                price="88.00 CNY",
            ),
            NoticeTarget(
                platform="shop.example",
                listing_key="P-1002",
                url="https://shop.example/p/1002",
                title="Q1NGLAN 绿茶 250g",
                seller=None,
                capture_sha256=PICTURE,
                captured_at=datetime(2026, 11, 21, 1, 0, tzinfo=UTC),
            ),
        ),
        grounds=(
            NoticeGround(
                listing_key="P-1001",
                explanation=Words(
                    zh="商品名称中使用了与注册商标相同的文字。",
                    en="The title uses the very words of the registered mark.",
                ),
                findings=(
                    Words(
                        zh="商品名称中的“青岚”与商标“青岚”相同，字间插入了不可见字符。",
                        en="“青岚” in the title is the mark “青岚” with a hidden character inside.",
                    ),
                ),
                judged_by="王芳",
                judged_at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
                reason="权利人确认该店铺未获授权。\n包装与正品不符。",
            ),
            NoticeGround(
                listing_key="P-1002",
                explanation=Words(
                    zh="商品名称中使用了与注册商标近似的文字。",
                    en="The title uses words similar to the registered mark.",
                ),
                findings=(),
                judged_by="王芳",
                judged_at=datetime(2026, 11, 21, 16, 30, tzinfo=UTC),
                reason="以数字代替字母。",
            ),
        ),
        exhibits=(
            NoticeExhibit(
                number=1,
                caption="网页原始数据 https://shop.example/p/1001",
                file="evidence/001-page.html",
                sha256=CAPTURE,
            ),
            NoticeExhibit(
                number=2,
                caption="网页原始数据 https://shop.example/p/1002",
                file="evidence/002-page.html",
                sha256=PICTURE,
            ),
        ),
        measures=("delete", "disconnect"),
        guarantee=True,
        signatory="青岚茶业有限公司（李明）",
        signed_on=date(2026, 11, 22),
    )
