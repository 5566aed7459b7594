"""A small world for casework: one mark, one shop, one seller, people of each role."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from casework.accounts import add_user
from casework.context import Context
from casework.intake import preserve_page, take_in
from casework.rights import import_register
from domain.common import digest
from domain.listings import Availability, Change, Offer, Provenance, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.pictures import Picture
from domain.revisits import Validators
from domain.sellers import Seller
from domain.users import Role, User

PLATFORM = "shop.example"
HOLDER = "杭州青鲤食品有限公司"
REGISTER = (
    "right_id,kind,name,number,office,nice_classes,holder,valid_from,valid_to,logos\n"
    f"R1,mark,青鲤堂,12345678,CN,30,{HOLDER},2015-01-01,2035-01-01,logo.png\n"
    "R2,mark,LUMERRA,12345679,CN,3,广州露茗化妆品有限公司,2015-01-01,2035-01-01,\n"
)


def draw_logo(colour: str = "navy") -> bytes:
    picture = Image.new("RGB", (240, 160), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 20, 120, 120), fill=colour)
    pen.polygon([(140, 140), (220, 20), (230, 150)], fill="darkred")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "logo.png").write_bytes(draw_logo())
    path = folder / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.fixture
def investigator(context: Context) -> User:
    return make_user(context, "li", Role.INVESTIGATOR)


@pytest.fixture
def holder(context: Context) -> User:
    return make_user(context, "holder", Role.RIGHTS_HOLDER, holder=HOLDER)


@pytest.fixture
def other_holder(context: Context) -> User:
    return make_user(context, "other", Role.RIGHTS_HOLDER, holder="广州露茗化妆品有限公司")


@pytest.fixture
def operator(context: Context) -> User:
    return make_user(context, "operator", Role.OPERATOR)


def make_user(context: Context, name: str, role: Role, holder: str | None = None) -> User:
    return add_user(
        context,
        user_name=name,
        display_name=name.title(),
        role=role,
        organisation="示例市市场监督管理局",
        password="correct horse",
        holder=holder,
    )


Gather = Callable[..., Change | None]


@pytest.fixture
def gather(context: Context) -> Gather:
    """Preserve a page and take in what it said, as the crawler does."""

    def gather_listing(
        key: str = "1",
        title: str = "正品青鲤堂桃酥礼盒",
        *,
        seller_key: str = "s1",
        price_minor: int = 1990,
        seller: Seller | None = None,
        pictures: tuple[Picture, ...] = (),
        availability: Availability = Availability.UNKNOWN,
        validators: Validators | None = None,
        run: str | None = None,
        query: str | None = None,
        sold: int | None = None,
    ) -> Change | None:
        url = f"https://{PLATFORM}/item/{key}"
        body = f"<h1>{title}</h1> {context.clock().isoformat()}".encode()
        page = Page(
            requested_url=url,
            url=url,
            status=200,
            fetched_at=context.clock(),
            body=body,
            sha256=digest(body),
        )
        preserve_page(context, page, run_id=None, by="test")
        sighting = Sighting(
            platform=PLATFORM,
            listing_key=key,
            url=url,
            requested_url=url,
            kind=PageKind.LISTING,
            fetched_at=page.fetched_at,
            title=title,
            category=("食品", "糕点"),
            offer=Offer(
                price=Money(amount_minor=price_minor, currency="CNY"),
                availability=availability,
                sold=sold,
            ),
            seller=seller or Seller(platform=PLATFORM, seller_key=seller_key, name="小李的店"),
            page_sha256=page.sha256,
            pictures=pictures,
            provenance=Provenance(run=run, query=query),
        )
        return take_in(context, sighting, validators)

    return gather_listing


@pytest.fixture
def with_register(context: Context, register_file: Path) -> Context:
    import_register(context, register_file)
    return context
