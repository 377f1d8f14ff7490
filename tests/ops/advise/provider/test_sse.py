import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.sse import LONGEST_EVENT, data_of
from tests.strategies import few

WORDS = st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), min_size=1, max_size=9)


@few(60)
@given(
    st.lists(WORDS, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.integers(1, 5), min_size=1, max_size=60),
)
def test_events_are_the_same_however_they_are_cut(
    words: list[str], end: str, sizes: list[int]
) -> None:
    text = "".join(f": note{end}data: {word}{end}id: 1{end}{end}" for word in words).encode()
    pieces: list[bytes] = []
    for size in sizes:
        pieces.append(text[:size])
        text = text[size:]
    assert list(data_of([*pieces, text])) == words


def test_several_lines_are_one_event_and_others_are_left_out() -> None:
    assert list(data_of([b"event: x\ndata: a\ndata:b\n\n\n\nretry: 1\n\n"])) == ["a\nb"]


@pytest.mark.parametrize("data", [b"data: \xff\n\n", b"data: " + b"x" * (LONGEST_EVENT + 1)])
def test_what_is_no_event_is_garbage(data: bytes) -> None:
    with pytest.raises(ProviderFailed, match="garbage"):
        list(data_of([data]))
