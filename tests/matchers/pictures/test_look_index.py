"""Saved indexes of reference pictures: which are opened, and which are made anew."""

from __future__ import annotations

from io import BytesIO

import pytest

from domain.common import RefusedInput
from matchers.pictures import look_index
from matchers.pictures.look_index import index_look, open_look, save_look, saved_prints


def saved() -> bytes:
    file = BytesIO()
    save_look(index_look([]), file)
    return file.getvalue()


def test_one_of_this_version_is_opened() -> None:
    assert open_look(saved(), [], "here").references == ()
    assert len(saved_prints(saved(), "here")) == 0


@pytest.mark.parametrize(
    ("what", "version"),
    [("_VERSION", "2"), ("describing_version", lambda: "other networks")],
)
def test_one_of_another_is_refused(
    what: str, version: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(look_index, what, version)
        older = saved()
    for read in (lambda: open_look(older, [], "here"), lambda: saved_prints(older, "here")):
        with pytest.raises(RefusedInput) as refused:
            read()
        assert refused.value.where == "here"
        assert look_index.look_version() in str(refused.value)
