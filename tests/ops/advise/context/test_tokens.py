import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.context.tokens import most_tokens
from tests.strategies import few

# Tokens that two tokenizers of public models gave for these texts: a SentencePiece one with 32 000
# pieces and bytes for the rest, and a byte pair one with 131 072 (mistral-common 1.13, files
# tokenizer.model.v1 and tekken_240911.json).
COUNTED = (
    ("The loop height on the bonder drifts upwards since the material change.", 16, 15),
    ("Die Loophöhe am Drahtbonder driftet seit dem Materialwechsel nach oben;"
     " Überprüfungsmaßnahmen folgen.", 34, 27),
    ("自三月初更换材料以来,焊线机的线弧高度持续上升。", 29, 24),
    ("0.21 0.14 1234567.890 2026-11-27 3e-7", 38, 37),
    ("LOOP-QFN32-AU25/WB-05 57ad12bd µm/week [C3]", 33, 29),
    ('{"claims":[{"text":"{E1.full}","cites":["E1","M2"]}]}', 27, 25),
    ("鱻龘𠮷 ㎏ ﷺ 👩\u200d🔧 ǅ", 32, 25),
    ("7", 2, 1),
)  # fmt: skip


@pytest.mark.parametrize(("text", "pieces", "pairs"), COUNTED, ids=lambda v: str(v)[:12])
def test_the_bound_is_never_below_what_tokenizers_count(text: str, pieces: int, pairs: int) -> None:
    assert most_tokens(text) >= max(pieces, pairs)


@given(text=st.text(max_size=60))
@few(60)
def test_the_bound_is_never_below_the_bytes(text: str) -> None:
    assert most_tokens(text) > len(text.encode())


def test_a_letter_that_a_normal_form_takes_apart_counts_as_its_parts() -> None:
    assert most_tokens("\ufdfa") == 34  # one letter, three bytes; eighteen letters, 33 bytes


def test_half_a_surrogate_pair_is_counted() -> None:
    assert most_tokens("\ud800") == 4
