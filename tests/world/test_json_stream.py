"""JSON of any size: what is walked is what the library decodes whole, wherever the pieces of the file end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.errors import BadInput
from gum_app.world import json_stream
from gum_app.world.json_stream import JsonStream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json")


def stream(folder: Path, text: str | bytes) -> JsonStream:
    path = folder / "file.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return JsonStream(path)


def walked(stream: JsonStream) -> Any:
    if stream.peek() == "{":
        return {name: walked(stream) for name in stream.members()}
    if stream.peek() == "[":
        return [walked(stream) for _ in stream.items()]
    return stream.value()


@settings(deadline=None, max_examples=60)
@given(value=VALUES, indent=st.sampled_from([None, 1]), chunk=st.integers(1, 40), plain=st.booleans())
def test_walking_gives_what_is_there(folder: Path, value: Any, indent: int | None, chunk: int, plain: bool) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        closing(stream(folder, json.dumps(value, indent=indent, ensure_ascii=plain))) as found,
    ):
        patch.setattr(json_stream, "CHUNK_BYTES", chunk)
        assert walked(found) == value


@settings(deadline=None, max_examples=60)
@given(values=st.lists(VALUES, min_size=1, max_size=8), chunk=st.integers(1, 40))
def test_one_can_come_back_to_where_a_value_began(folder: Path, values: list[Any], chunk: int) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        closing(stream(folder, json.dumps(values, ensure_ascii=False))) as found,
    ):
        patch.setattr(json_stream, "CHUNK_BYTES", chunk)
        places = [(found.tell(), found.value()) for _ in found.items()]
        for number, (at, value) in reversed(list(enumerate(places))):
            found.go_to(at)
            assert found.value() == value
            assert found.next_value() == (number < len(values) - 1)


def test_a_mark_of_the_order_of_bytes_is_no_letter_of_it(folder: Path) -> None:
    with closing(stream(folder, b'\xef\xbb\xbf[{"a": 1}, 2]')) as found:
        assert [(found.tell(), found.value()) for _ in found.items()] == [(4, {"a": 1}), (14, 2)]


@pytest.mark.parametrize(
    "text", ['{"a" 1}', '{"a": 1', "[1 2]", "[1,]", '{1: "a"}', "[tru]", b'["\xff"]', "[" * 100_000, '["a', "nothing"]
)
def test_what_is_broken_is_told_in_a_sentence(folder: Path, text: str | bytes) -> None:
    def all_of(found: JsonStream) -> Iterator[Any]:
        if found.peek() == "{":
            for _ in found.members():
                yield found.value()
        else:
            for _ in found.items():
                yield found.value()

    with closing(stream(folder, text)) as found, pytest.raises(BadInput, match=r"not whole.*\.$"):
        list(all_of(found))


def test_a_value_without_an_end_is_not_held_in_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST_VALUE", 1000)
    monkeypatch.setattr(json_stream, "CHUNK_BYTES", 100)
    with closing(stream(folder, '["' + "a" * 100_000)) as found, pytest.raises(BadInput):
        for _ in found.items():
            found.value()
    assert len(found._text) < 2000


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        JsonStream(tmp_path / "nowhere.json")
