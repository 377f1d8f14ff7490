import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.context.chunk import chunks
from tests.strategies import few

PROSE = st.lists(
    st.sampled_from(["Clean it. ", "Turn\n", "\n\n", "# Step\n", "2.1 Tools\n",
                     "拧紧。", "WB-07 ", "x" * 30]),
    max_size=80,
).map("".join)  # fmt: skip


@given(text=PROSE | st.text(max_size=200), most=st.integers(20, 90), overlap=st.integers(0, 19))
@few(80)
def test_pieces_without_their_overlaps_are_the_document(text: str, most: int, overlap: int) -> None:
    found = chunks(text, most=most, overlap=overlap)
    assert "".join(chunk.own for chunk in found) == text
    assert all(0 < len(chunk.own) <= most for chunk in found)
    assert all(chunk.overlap <= overlap for chunk in found)
    assert all(text[c.start : c.end] == c.text for c in found)
    assert [c.index for c in found] == list(range(len(found)))
    assert found == chunks(text, most=most, overlap=overlap)


def test_a_heading_is_kept_with_what_follows_it() -> None:
    text = "# One\n\n" + "Some words here. " * 4 + "\n# Two\n\n" + "More words. " * 4
    assert [chunk.own[:5] for chunk in chunks(text, most=100, overlap=0)] == ["# One", "# Two"]


def test_a_piece_ends_at_a_sentence_before_a_word() -> None:
    text = "First one here. Second one here and it goes on for some time"
    assert chunks(text, most=40, overlap=0)[0].text == "First one here. Second one here and it "
    assert chunks(text, most=32, overlap=0)[0].text == "First one here. "


def test_the_overlap_begins_at_a_word() -> None:
    text = "alpha beta gamma delta epsilon zeta eta theta iota"
    second = chunks(text, most=22, overlap=8)[1]
    assert second.text.startswith("gamma ")
    assert second.overlap == len("gamma ")


def test_a_document_of_200_kb_is_cut_into_pieces_that_cover_it() -> None:
    text = "Turn the clamp by hand. " * 8500
    found = chunks(text)
    assert "".join(chunk.own for chunk in found) == text
    assert len(found) < 200


def test_an_empty_document_has_no_pieces() -> None:
    assert chunks("") == ()


@pytest.mark.parametrize(("most", "overlap"), [(19, 0), (50, 50), (50, -1)])
def test_impossible_pieces_are_refused(most: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="pieces of"):
        chunks("text", most=most, overlap=overlap)
