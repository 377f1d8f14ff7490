import hashlib
import random

import numpy as np
import pytest

from tests.llm.byte_pairs import Tokenizer
from tests.llm.gguf_file import gguf_bytes, read_gguf
from tests.llm.made_up import conversation
from tests.llm.make_model import FILE, metadata, shapes, tokenizer

# SHA-256 of names and bytes of the tensors, as they were trained once
WEIGHTS = "57aff789181865ee3772f28e3a99203c71f1c58a0e6d22c03fa36d668dae7c02"


@pytest.fixture(scope="module")
def tokens() -> Tokenizer:
    return tokenizer()


def test_the_file_is_what_the_script_writes_around_its_weights(tokens: Tokenizer) -> None:
    data = FILE.read_bytes()
    meta, weights = read_gguf(data)
    assert len(data) <= 3 * 2**20
    assert {name: w.shape for name, w in weights.items()} == shapes(len(tokens.tokens))
    assert gguf_bytes(metadata(tokens), weights) == data
    assert meta["tokenizer.ggml.tokens"] == tokens.tokens


def test_its_weights_are_those_that_were_trained() -> None:
    _, weights = read_gguf(FILE.read_bytes())
    digest = hashlib.sha256()
    for name, weight in sorted(weights.items()):
        assert np.isfinite(weight).all()
        digest.update(name.encode() + weight.tobytes())
    assert digest.hexdigest() == WEIGHTS


def test_text_survives_the_vocabulary(tokens: Tokenizer) -> None:
    chance = random.Random(1)
    texts = [text for _ in range(50) for text in conversation(chance)]
    for text in (*texts, "µm ✓ 世界\t\n  x", ""):
        bare = text.replace("<|user|>", "").replace("<|assistant|>", "")
        assert tokens.decode(tokens.encode(bare)) == bare


def test_digits_are_tokens_of_their_own(tokens: Tokenizer) -> None:
    assert len(tokens.encode("4815")) == 4


def test_names_of_control_tokens_are_one_token(tokens: Tokenizer) -> None:
    assert tokens.encode("<|user|>") == [2]
