"""Vectors of texts from a tiny model made here; without model or tokenizers, words alone."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from ops.advise.recall.query import RecallQuery
from ops.db import memories
from ops.db.engine import Database
from ops.db.memories import Note
from ops.db.models.advise import MemoryVector
from ops.settings import Settings
from ops.values import EVERYWHERE, Actor
from ops.work import embed
from ops.work.doctor import embeddings
from ops.work.embed import embed_memories, opened, pieces, pooled, why_not, with_vector
from tests.api.plant import NOW

WORDS = ("drift", "creep", "capillary", "oven", "invoice", "heat")
SAME = {"creep": "drift", "heat": "oven"}  # words of one meaning have one vector
DIMS = 16
ADA = Actor("ada", "engineer")


def tiny_model(folder: Path, *, seed: int = 1) -> Path:
    """Write a model whose vector of a word is a random direction, and its tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {word: i for i, word in enumerate(("[UNK]", *WORDS))}
    table = np.random.default_rng(seed).normal(size=(len(vocabulary), DIMS)).astype(np.float32)
    for word, other in SAME.items():
        table[vocabulary[word]] = table[vocabulary[other]]
    table[0] = 0
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["vectors"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "t"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", "t", DIMS])],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / embed.MODEL)
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }  # fmt: skip
    (folder / embed.TOKENIZER).write_text(json.dumps(tokenizer))
    return folder


def test_without_a_model_words_alone_answer_and_the_doctor_says_so(tmp_path: Path) -> None:
    query = RecallQuery("drift")
    assert with_vector(query, "") is with_vector(query, str(tmp_path)) is query
    assert why_not(str(tmp_path)) == f"{tmp_path} has no model.onnx"
    plain = embeddings(Settings(embed_model=""))
    assert (plain.level, plain.fact) == ("good", "by words alone: LONGRUN_EMBED_MODEL is empty")
    missing = embeddings(Settings(embed_model=str(tmp_path)))
    assert (missing.level, "longrun-ops[embed]" in missing.mend) == ("warn", True)


def test_file_that_is_no_model_leaves_words_alone(tmp_path: Path) -> None:
    for name in (embed.MODEL, embed.TOKENIZER):
        (tmp_path / name).write_bytes(b"garbage")
    assert opened(str(tmp_path)) is None


def test_mean_leaves_padding_out_and_has_length_one() -> None:
    rng = np.random.default_rng(1)
    tokens = rng.normal(size=(3, 5, 4)).astype(np.float32)
    mask = np.array([[1, 1, 0, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]])
    found = pooled(tokens, mask)
    by_hand = tokens[0, :2].mean(axis=0)
    np.testing.assert_allclose(found[0], by_hand / np.linalg.norm(by_hand), rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [1, 1, 0], rtol=1e-5)


def test_pieces_cover_a_text_and_overlap() -> None:
    words = [f"w{i}" for i in range(500)]
    parts = [piece.split() for piece in pieces(" ".join(words))]
    assert sorted({w for part in parts for w in part}) == sorted(words)
    assert all(set(a) & set(b) for a, b in pairwise(parts))
    assert pieces("") == ("",)
    assert "".join(pieces("漂" * 3000)) == "漂" * 3000


def test_meaning_finds_what_words_do_not(database: Database, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    folder = tiny_model(tmp_path / "tiny")
    embedder = opened(str(folder))
    assert embedder is not None
    assert embedder.embed(["drift", "creep"]) == pytest.approx(embedder.embed(["creep", "drift"]))
    with database.write.begin() as session:
        for title in ("drift", "invoice", "oven capillary"):
            note = Note(kind="knowledge", title=title, text=title)
            memories.write(session, note, site_id=None, actor=ADA, now=NOW)
        assert embed_memories(session, embedder, at_most=2) == 2
        assert embed_memories(session, embedder) == 1
        assert embed_memories(session, embedder) == 0
        query = with_vector(RecallQuery("creep"), str(folder))
        assert memories.recalled(session, EVERYWHERE, RecallQuery("creep"), now=NOW) == ()
        (found,) = memories.recalled(session, EVERYWHERE, query, now=NOW)
        assert (found.title, found.relevance) == ("drift", pytest.approx(0.5, abs=1e-5))
        other = opened(str(tiny_model(tmp_path / "other" / "tiny", seed=2)))
        assert other is not None
        assert other.name != embedder.name
        assert embed_memories(session, other) == 3
        assert {row.model for row in session.query(MemoryVector)} == {other.name}
        assert memories.recalled(session, EVERYWHERE, query, now=NOW) == ()
