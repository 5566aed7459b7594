"""The titles by which the reader of goods is measured, and a floor under what it makes of them."""

from __future__ import annotations

from benchmarks.quality_goods import Suyuan, read_labels, read_own_titles
from reference.goods import CLASS_NAMES


def test_titles_of_every_class_are_told() -> None:
    titles = read_own_titles()
    assert len(titles) >= 200
    assert {number for one in titles for number in one.classes} >= set(CLASS_NAMES)
    way = Suyuan()
    told = [(one, way.tell(one.text)) for one in titles]
    right = sum(not one.classes.isdisjoint(its.classes[:1]) for one, its in told)
    assert right / len(titles) >= 0.95


def test_what_is_sure_is_right() -> None:
    way = Suyuan()
    told = [(one, way.tell(one.text)) for one in read_own_titles()]
    sure = [(one, its) for one, its in told if its.sure >= 0.8]
    assert len(sure) >= 50
    assert all(not one.classes.isdisjoint(its.classes[:1]) for one, its in sure)


def test_labels_name_classes() -> None:
    labels = read_labels()
    assert len(labels) > 100
    assert all(classes <= set(CLASS_NAMES) for classes in labels.values())
