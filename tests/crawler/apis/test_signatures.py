"""Signatures against the platforms' own worked examples, and what an unsigned request holds."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawler.platforms import PLATFORMS, Ask, Keys, Platform, Token
from crawler.platforms.open_platforms import form_of, sign_md5, time_in_china

NOW = datetime(2016, 1, 1, 4, 0, tzinfo=UTC)
APIS = [platform for platform in PLATFORMS if platform.api is not None]
SECRETS = frozenset({"app_secret", "client_secret"})


def keys_of(platform: Platform) -> Keys:
    assert platform.api is not None
    values = {name: f"given-{name}" for name in platform.api.needs}
    return Keys(values=values, gateway=platform.api.gateway, where="section [x] of keys.toml")


@pytest.mark.parametrize(
    ("parameters", "secret", "sign", "source"),
    [
        (
            {
                "method": "taobao.item.seller.get",
                "app_key": "12345678",
                "session": "test",
                "timestamp": "2016-01-01 12:00:00",
                "format": "json",
                "v": "2.0",
                "sign_method": "md5",
                "fields": "num_iid,title,nick,price,num",
                "num_iid": "11223344",
            },
            "helloworld",
            "66987CB115214E59E6EC978214934FB8",
            "Taobao Open Platform, API 调用协议 (document 101617)",
        ),
        (
            {
                "type": "pdd.order.number.list.get",
                "client_id": "1",
                "access_token": "asd78172s8ds9a921j9qqwda12312w1w21211",
                "timestamp": "1480411125",
                "data_type": "XML",
                "order_status": "1",
                "page": "1",
                "page_size": "10",
            },
            "testSecret",
            "E4DE3ED21002510DED352819E7AE6775",
            "Pinduoduo Open Platform, 接入指南 part 3",
        ),
    ],
)
def test_the_published_examples_are_signed_as_published(
    parameters: dict[str, str], secret: str, sign: str, source: str
) -> None:
    assert sign_md5(parameters, secret) == sign, source
    assert sign_md5({**parameters, "empty": ""}, secret) == sign, "empty ones are left out"
    assert sign_md5({**parameters, "page": "2"}, secret) != sign


def test_the_time_is_chinas_whatever_the_zone_of_the_clock() -> None:
    assert time_in_china(NOW) == "2016-01-01 12:00:00"
    assert time_in_china(NOW + timedelta(hours=13)) == "2016-01-02 01:00:00"


def test_a_form_carries_all_parameters_and_its_address_none() -> None:
    ask = Ask(url="https://gw.example/router/rest?q=a", method="POST", headers={"A": "b"})
    form = form_of(ask, {"q": "云岭春 & 茶", "sign": "F"})
    assert (form.url, form.method) == ("https://gw.example/router/rest", "POST")
    assert dict(parse_qsl(form.body.decode())) == {"q": "云岭春 & 茶", "sign": "F"}
    assert form.headers["A"] == "b"


@pytest.mark.parametrize("platform", APIS, ids=lambda platform: platform.name)
def test_an_unsigned_request_holds_no_secret_and_no_time(platform: Platform) -> None:
    api, keys = platform.api, keys_of(platform)
    assert api is not None
    ask = api.ask_query(keys, "https://x.example/", "云岭春")
    told = f"{ask.url} {ask.body.decode()} {dict(ask.headers)}"
    assert not [value for value in keys.values.values() if value in told]
    assert "sign=" not in told
    assert "timestamp" not in told
    assert ask.url.startswith(keys.gateway)


@pytest.mark.parametrize("platform", APIS, ids=lambda platform: platform.name)
def test_a_signed_request_holds_no_secret_as_it_stands(platform: Platform) -> None:
    api, keys = platform.api, keys_of(platform)
    assert api is not None
    ask = api.ask_query(keys, "https://x.example/", "云岭春")
    token = Token(value="v^1.1#token", lasts_s=7200)
    signed = api.sign(ask, keys, NOW, token)
    assert signed == api.sign(ask, keys, NOW, token), "the time is an argument"
    told = f"{signed.url} {signed.body.decode()} {dict(signed.headers)}"
    secrets = [keys[name] for name in api.needs if name in SECRETS]
    assert secrets
    assert not [secret for secret in secrets if secret in told]


@pytest.mark.parametrize("name", ["taobao", "pinduoduo"])
def test_the_signature_covers_every_parameter_of_the_form(name: str) -> None:
    platform = next(platform for platform in APIS if platform.name == name)
    api, keys = platform.api, keys_of(platform)
    assert api is not None
    ask = api.ask_query(keys, "https://x.example/", "云岭春")
    sent = dict(parse_qsl(api.sign(ask, keys, NOW, None).body.decode()))
    assert dict(parse_qsl(urlsplit(ask.url).query)).items() <= sent.items()
    sign = sent.pop("sign")
    secret = next(keys[one] for one in api.needs if one in SECRETS)
    # As the documents have it, written once more.
    text = secret + "".join(key + sent[key] for key in sorted(sent)) + secret
    assert sign == hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()
    later = api.sign(ask, keys, NOW + timedelta(seconds=1), None)
    assert dict(parse_qsl(later.body.decode()))["sign"] != sign


def test_keys_and_tokens_do_not_print() -> None:
    keys = Keys(values={"app_secret": "hidden"}, gateway="https://a.example", where="here")
    assert "hidden" not in f"{keys} {Token(value='hidden', lasts_s=1)}"
