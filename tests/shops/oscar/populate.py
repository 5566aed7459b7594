"""Fills the shop's database: tables, catalogue, pictures, reviews, search index.

    python -m tests.shops.oscar.populate

Needs the variables of `settings`. Writes what came of it to SHOP_FOLDER/products.json.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copyfile

import django
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from tests.shops.oscar.catalogue import CATALOGUE, Offered
from tests.shops.oscar.drawing import as_jpeg, draw_logo, draw_product
from tests.shops.oscar.register import PHOTO


def main() -> None:
    """Make the shop whole."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.shops.oscar.settings")
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    _put_missing_picture()
    products = [product for offered in CATALOGUE for product in _put_on_sale(offered)]
    _recommend()
    _write_reviews()
    call_command("update_index", verbosity=0)
    file = Path(os.environ["SHOP_FOLDER"]) / "products.json"
    file.write_text(json.dumps(products, ensure_ascii=False), encoding="utf-8")


def _put_on_sale(offered: Offered) -> list[dict[str, str | None]]:
    """Create a product with its variants; returns a line for each page that offers one."""
    from oscar.apps.catalogue.models import Product

    product = _create(offered, structure="parent" if offered.variants else "standalone")
    _add_picture(product, offered)
    products = [product]
    for number, size in enumerate(offered.variants):
        price = str(Decimal(offered.price) + number)
        variant = replace(offered, price=price, variants=())
        products.append(_create(variant, structure=Product.CHILD, parent=product, size=size))
    return [_line(one, offered) for one in products]


def _create(
    offered: Offered, *, structure: str, parent: object = None, size: str | None = None
) -> object:
    from oscar.apps.catalogue.categories import create_from_breadcrumbs
    from oscar.apps.catalogue.models import Product
    from oscar.apps.partner.models import Partner

    product = Product(
        structure=structure,
        parent=parent,
        title="" if parent else offered.title,
        upc=f"HL{Product.objects.count() + 1:05d}",
        description="" if parent else _describe(offered),
    )
    if parent is None:
        product.product_class = _product_class(offered.product_class)
        product.attr.material = offered.material
    else:
        product.attr.size = size
    product.save()
    if parent is None:
        product.categories.add(create_from_breadcrumbs(offered.category))
    if structure != Product.PARENT:
        partner, _ = Partner.objects.get_or_create(name="Harbour Lane warehouse")
        product.stockrecords.create(
            partner=partner,
            partner_sku=product.upc,
            price_currency=offered.currency,
            price=Decimal(offered.price),
            num_in_stock=offered.stock,
        )
    return product


def _product_class(name: str) -> object:
    from oscar.apps.catalogue.models import ProductClass

    product_class, made = ProductClass.objects.get_or_create(name=name)
    if made:
        for label in ("Material", "Size"):
            product_class.attributes.create(name=label, code=label.lower(), type="text")
    return product_class


def _describe(offered: Offered) -> str:
    shelf = offered.category.split(" > ")[-1].lower()
    return (
        f"<p>A good choice from our {shelf} shelf.</p>"
        "<ul><li>Posted within two days</li><li>Returned free of charge</li></ul>"
        f"<p>{offered.says}</p>"
    )


def _add_picture(product: object, offered: Offered) -> None:
    name = f"{product.upc}.jpg"
    product.images.create(original=ContentFile(as_jpeg(_picture_of(offered)), name=name))


def _picture_of(offered: Offered) -> Image.Image:
    """Draw a product; two imitations copy the register's photo and logo instead."""
    if offered.how == "photo":
        photo = draw_product(PHOTO)
        return photo.resize((photo.width * 4 // 5, photo.height * 4 // 5))
    if offered.how == "logo":
        return draw_logo((offered.imitates or "").removeprefix("M-"))
    return draw_product(offered.title)


def _line(product: object, offered: Offered) -> dict[str, str | None]:
    """Tell what the shop's own pricing says of a product; a parent shows a variant's price."""
    from oscar.apps.partner.strategy import Selector

    pricing = Selector().strategy()
    price = (
        pricing.fetch_for_parent(product)
        if product.is_parent
        else pricing.fetch_for_product(product)
    ).price
    return {
        "url": product.get_absolute_url(),
        "title": product.get_title(),
        "upc": product.upc,
        "price": str(price.excl_tax),
        "currency": price.currency,
        "imitates": offered.imitates,
    }


def _put_missing_picture() -> None:
    """django-oscar shows this one where a product has none; it must lie among the pictures."""
    import oscar
    from django.conf import settings

    shipped = Path(oscar.__file__).parent / "static/oscar/img/image_not_found.jpg"
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    copyfile(shipped, media / settings.OSCAR_MISSING_IMAGE_URL)


def _recommend() -> None:
    """Show other products below every fourth, as shops do."""
    from oscar.apps.catalogue.models import Product

    offered = list(Product.objects.filter(parent=None).order_by("pk"))
    for number in range(0, len(offered) - 2, 4):
        for other in offered[number + 1 : number + 3]:
            offered[number].primary_recommendations.create(recommendation=other)


def _write_reviews() -> None:
    """Rate every third product: ratings are a facet beside the product classes."""
    from oscar.apps.catalogue.models import Product

    for number, product in enumerate(Product.objects.filter(parent=None).order_by("pk")[::3]):
        product.reviews.create(
            score=1 + number % 5, title="As described", body="It came quickly.", name="A buyer",
            email="buyer@shop.example", status=1,
        )  # fmt: skip
        product.update_rating()


if __name__ == "__main__":
    main()
