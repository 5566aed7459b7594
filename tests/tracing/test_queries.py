"""What a person types to look something up."""

from __future__ import annotations

import pytest

from tracing.queries import read_query


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("138 0013 8000", "phone:+8613800138000"),
        ("+86-138-0013-8000", "phone:+8613800138000"),
        ("１３８００１３８０００", "phone:+8613800138000"),  # full width
        ("91330782ma2a0021xg ", "uscc:91330782MA2A0021XG"),  # small letters, a blank behind
        ("Li@Example.com", "email:li@example.com"),
        ("12345678@qq.com", "qq:12345678"),  # such a mailbox is the QQ account
        ("sf1300000000017", "waybill:SF1300000000017"),
        ("浙江省杭州市西湖区文三路100号", "address:330106文三路100号"),
        ("义乌市驰野贸易有限公司", "company:义乌市驰野贸易有限公司"),
    ],
)
def test_a_value_is_read_as_linking_reads_it(typed: str, key: str) -> None:
    assert key in read_query(typed)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("138****8000", "phone"),  # masked: nobody's number
        ("91330782MA2A0021X0", "uscc"),  # wrong check digit
        ("文三路100号", "address"),  # in no known division
    ],
)
def test_what_is_no_value_of_a_kind(typed: str, kind: str) -> None:
    assert not [key for key in read_query(typed) if key.startswith(f"{kind}:")]


def test_nothing_typed_is_nothing() -> None:
    assert read_query("  ") == ()
