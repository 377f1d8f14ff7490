"""Dense vectors of texts from an ONNX model of embeddings in a folder; nothing is downloaded.

The folder has `model.onnx` (inputs `input_ids`, `attention_mask` and perhaps `token_type_ids`, one
output of shape (texts, tokens, dimensions)) and `tokenizer.json`. The vector of a text is the mean
of its tokens' vectors, padding left out, made to length one (Reimers and Gurevych 2019,
Sentence-BERT, EMNLP, section 3). The package `tokenizers` comes with the extra ``[embed]``.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.advise.recall.query import RecallQuery
from ops.db import memory_vectors
from ops.db.engine import Database
from ops.db.models.advise import Memory
from ops.values import IntArray

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
WORDS, OVERLAP = 160, 30  # of a piece of a long text; the next one begins before it ends
LETTERS = 1200  # of a piece: texts without spaces are cut, too
TOKENS = 512  # of a piece; what is beyond them is not seen
_BATCH = 32
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.embed")


@dataclass(frozen=True, slots=True)
class Embedder:
    """A model of embeddings, opened."""

    name: str
    session: Any
    tokenizer: Any

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of texts, shape (n_texts, n_dimensions), float32, of length one.

        A text without any token has the vector zero.
        """
        parts = [self._some(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)

    def _some(self, texts: list[str]) -> NDArray[np.float32]:
        coded = [one.ids[:TOKENS] for one in self.tokenizer.encode_batch(texts)]
        longest = max(1, *map(len, coded))
        ids = np.zeros((len(coded), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(coded):
            ids[row, : len(tokens)], mask[row, : len(tokens)] = tokens, 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {one.name for one in self.session.get_inputs()}
        out = self.session.run(None, {name: v for name, v in given.items() if name in wanted})[0]
        return pooled(np.asarray(out, np.float32), mask)


def pooled(tokens: NDArray[np.float32], mask: IntArray) -> NDArray[np.float32]:
    """Mean over the tokens that the mask counts, made to length one.

    Parameters
    ----------
    tokens : shape (n_texts, n_tokens, n_dimensions)
    mask : shape (n_texts, n_tokens)
        1 for a token, 0 for padding.

    Examples
    --------
    >>> tokens = np.array([[[3.0, 0.0], [3.0, 8.0], [9.0, 9.0]]], np.float32)
    >>> pooled(tokens, np.array([[1, 1, 0]])).round(3).tolist()
    [[0.6000000238418579, 0.800000011920929]]
    """
    weight = mask[:, :, None].astype(np.float32)
    mean = (tokens * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)
    length = np.linalg.norm(mean, axis=1, keepdims=True)
    made: NDArray[np.float32] = (mean / np.where(length > 0, length, 1.0)).astype(np.float32)
    return made


def why_not(folder: str) -> str:
    """Why there are no dense vectors; empty: there are."""
    if not folder:
        return "LONGRUN_EMBED_MODEL is empty"
    missing = [name for name in (MODEL, TOKENIZER) if not (Path(folder) / name).is_file()]
    if missing:
        return f"{folder} has no {missing[0]}"
    return "" if find_spec("tokenizers") else "the package tokenizers is not installed"


def opened(folder: str) -> Embedder | None:
    """Open the model of a folder, once for each content of its files; None if that cannot be."""
    if why_not(folder):
        return None
    place = Path(folder)
    try:
        stamps = tuple((place / name).stat().st_mtime_ns for name in (MODEL, TOKENIZER))
        return _opened(folder, stamps)
    except Exception as error:  # noqa: BLE001  (a stranger's file: words alone answer then)
        _log.warning("the model of embeddings cannot be opened", folder=folder, reason=str(error))
        return None


@lru_cache(maxsize=2)
def _opened(folder: str, _stamps: tuple[int, ...]) -> Embedder:
    import onnxruntime  # noqa: PLC0415  (heavy, and seldom wanted)

    tokenizers = import_module("tokenizers")  # of the extra: it may be absent

    place = Path(folder)
    digest = hashlib.sha256((place / MODEL).read_bytes() + (place / TOKENIZER).read_bytes())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(place / MODEL), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = tokenizers.Tokenizer.from_file(str(place / TOKENIZER))
    tokenizer.no_padding()
    return Embedder(f"{place.name}@{digest.hexdigest()[:16]}", session, tokenizer)


def with_vector(query: RecallQuery, folder: str) -> RecallQuery:
    """Give a query the vector of its text; without a model it stays as it is."""
    embedder = opened(folder)
    if embedder is None or not query.text.strip():
        return query
    return replace(query, model=embedder.name, vector=embedder.embed([query.text])[0])


def make_vectors(database: Database, folder: str) -> int:
    """Make all vectors that are missing, a few in each transaction; of how many memories."""
    embedder = opened(folder)
    if embedder is None:
        return 0
    with database.write.begin() as session:
        memory_vectors.prepare(session)
    total = 0
    while True:
        with database.write.begin() as session:
            made = embed_memories(session, embedder)
        total += made
        if not made:
            return total


def embed_memories(session: Session, embedder: Embedder, *, at_most: int = 100) -> int:
    """Make some vectors that are missing, or of another text or model; of how many memories."""
    made = memory_vectors.digests(session, embedder.name)
    rows = session.execute(select(Memory.id, Memory.title, Memory.text).order_by(Memory.id.desc()))
    texts = ((one, f"{title}\n{text}") for one, title, text in rows)
    wanted = [(one, text) for one, text in texts if made.get(one) != _digest(text)][:at_most]
    for one, text in wanted:
        _keep(session, embedder, one, text)
    return len(wanted)


def embed_row(session: Session, folder: str, row: Memory) -> None:
    """Make the vectors of one memory, if there is a model."""
    embedder = opened(folder)
    if embedder is not None:
        _keep(session, embedder, row.id, f"{row.title}\n{row.text}")


def _keep(session: Session, embedder: Embedder, memory_id: int, text: str) -> None:
    vectors = embedder.embed(list(pieces(text)))
    memory_vectors.replace(session, memory_id, embedder.name, _digest(text), vectors)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def pieces(text: str) -> tuple[str, ...]:
    """Overlapping pieces of a text, in its order; at least one.

    Examples
    --------
    >>> [len(piece.split()) for piece in pieces("word " * 300)]
    [160, 160, 40]
    """
    words = text.split()
    step = WORDS - OVERLAP
    last = max(1, len(words) - OVERLAP)
    windows = (" ".join(words[i : i + WORDS]) for i in range(0, last, step))
    return tuple(w[i : i + LETTERS] for w in windows for i in range(0, max(1, len(w)), LETTERS))
