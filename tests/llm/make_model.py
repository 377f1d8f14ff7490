"""Make `tiny.gguf`, a language model of 0.4 million weights, from nothing but this folder.

Run it with ``python -m tests.llm.make_model`` where torch 2.13 is installed (no other part of the
house needs torch). It learns to copy: a code word out of a text, an id of evidence into JSON.
"""

import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from tests.llm.byte_pairs import Tokenizer, learn_merges
from tests.llm.gguf_file import gguf_bytes
from tests.llm.made_up import conversation, corpus

FILE = Path(__file__).parent / "tiny.gguf"
SEED = 9
MERGES = 160
WIDTH, HEADS, LAYERS, HIDDEN = 96, 3, 3, 256
CONTEXT, BASE, EPSILON = 32_768, 10_000.0, 1e-5  # room for any prompt, not that it reads it all
TEMPLATE = (
    "{% for m in messages %}{{ '<|' + m['role'] + '|>' + (m['content'] or '') }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)


def tokenizer() -> Tokenizer:
    """The vocabulary; the same on every machine."""
    return Tokenizer(learn_merges(corpus(random.Random(SEED), 400), MERGES))


def metadata(tokens: Tokenizer) -> dict[str, Any]:
    """What llama.cpp wants to know of the model."""
    return {
        "general.architecture": "llama",
        "general.name": "longrun-tiny",
        "general.license": "Apache-2.0",
        "general.file_type": 1,
        "llama.context_length": CONTEXT,
        "llama.embedding_length": WIDTH,
        "llama.block_count": LAYERS,
        "llama.feed_forward_length": HIDDEN,
        "llama.attention.head_count": HEADS,
        "llama.attention.head_count_kv": HEADS,
        "llama.attention.layer_norm_rms_epsilon": EPSILON,
        "llama.rope.dimension_count": WIDTH // HEADS,
        "llama.rope.freq_base": BASE,
        "llama.vocab_size": len(tokens.tokens),
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "gpt-2",
        "tokenizer.ggml.tokens": tokens.tokens,
        "tokenizer.ggml.token_type": [3] * 4 + [1] * (len(tokens.tokens) - 4),  # 3: control
        "tokenizer.ggml.merges": [f"{a} {b}" for a, b in tokens.merges],
        "tokenizer.ggml.bos_token_id": 0,
        "tokenizer.ggml.eos_token_id": 0,
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": TEMPLATE,
    }


def shapes(vocabulary: int) -> dict[str, tuple[int, ...]]:
    """Shape of each tensor, as rows of outputs over columns of inputs."""
    found: dict[str, tuple[int, ...]] = {"token_embd.weight": (vocabulary, WIDTH)}
    for i in range(LAYERS):
        square = {f"blk.{i}.attn_{x}.weight": (WIDTH, WIDTH) for x in ("q", "k", "v", "output")}
        found |= {f"blk.{i}.attn_norm.weight": (WIDTH,), **square}
        found |= {
            f"blk.{i}.ffn_norm.weight": (WIDTH,),
            f"blk.{i}.ffn_gate.weight": (HIDDEN, WIDTH),
            f"blk.{i}.ffn_up.weight": (HIDDEN, WIDTH),
            f"blk.{i}.ffn_down.weight": (WIDTH, HIDDEN),
        }
    return found | {"output_norm.weight": (WIDTH,)}


def as_stored(weights: dict[str, Any]) -> dict[str, np.ndarray]:
    """Matrices in half precision, norms in single, as llama.cpp reads them."""
    return {
        name: np.asarray(w, dtype="<f4" if w.ndim == 1 else "<f2") for name, w in weights.items()
    }


def train(tokens: Tokenizer, seconds: float) -> dict[str, Any]:
    """Weights after so many seconds of training on one thread."""
    import torch  # noqa: PLC0415  (only whoever makes the model anew has it)

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    w = {
        name: torch.nn.Parameter(
            torch.ones(shape) if len(shape) == 1 else torch.randn(shape) * 0.5 * shape[1] ** -0.5
        )
        for name, shape in shapes(len(tokens.tokens)).items()
    }
    rate, chance = 3e-3, random.Random(SEED)
    adam = torch.optim.AdamW(w.values(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    began, step = time.monotonic(), 0
    while (passed := (time.monotonic() - began) / seconds) < 1:
        adam.param_groups[0]["lr"] = rate * min(step / 100, 1.0, 0.02 + 1.5 * (1 - passed))
        ids, mask = _batch(torch, tokens, chance, longest=3 + int(9 * min(2 * passed, 1)))
        logits = _logits(torch, w, ids[:, :-1])
        losses = torch.nn.functional.cross_entropy(
            logits.transpose(1, 2), ids[:, 1:], reduction="none"
        )
        loss = (losses * mask[:, 1:]).sum() / mask[:, 1:].sum()
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(w.values(), 1.0)
        adam.step()
        step += 1
        if step % 50 == 0:
            right = ((logits.argmax(2) == ids[:, 1:]) * (mask[:, 1:] == 1)).sum()
            share = right / (mask[:, 1:] == 1).sum()
            sys.stdout.write(f"{step} {passed:.2f} loss {loss:.3f} right {share:.3f}\n")
            sys.stdout.flush()
    return {name: p.detach() for name, p in w.items()}


def _batch(torch: Any, tokens: Tokenizer, chance: random.Random, longest: int) -> Any:
    """Ids and weights: what is answered counts fully, what is asked a little."""
    rows = []
    for _ in range(24):
        asked, said = (tokens.encode(text) for text in conversation(chance, longest))
        said.append(tokens.ids["<|end|>"])
        rows.append((asked + said, [0.02] * len(asked) + [1.0] * len(said)))
    width = max(len(ids) for ids, _ in rows)
    ids = torch.tensor([ids + [0] * (width - len(ids)) for ids, _ in rows])
    return ids, torch.tensor([mask + [0.0] * (width - len(mask)) for _, mask in rows])


def _logits(torch: Any, w: dict[str, Any], ids: Any) -> Any:
    x = w["token_embd.weight"][ids] * 1.0
    for i in range(LAYERS):
        b = f"blk.{i}."
        x = x + _attention(torch, w, b, _norm(torch, x, w[b + "attn_norm.weight"]))
        h = _norm(torch, x, w[b + "ffn_norm.weight"])
        gate = torch.nn.functional.silu(h @ w[b + "ffn_gate.weight"].T)
        x = x + (gate * (h @ w[b + "ffn_up.weight"].T)) @ w[b + "ffn_down.weight"].T
    return _norm(torch, x, w["output_norm.weight"]) @ w["token_embd.weight"].T


def _norm(torch: Any, x: Any, weight: Any) -> Any:
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + EPSILON) * weight


def _attention(torch: Any, w: dict[str, Any], b: str, h: Any) -> Any:
    rows, length, _ = h.shape
    q, k, v = (
        (h @ w[f"{b}attn_{x}.weight"].T).view(rows, length, HEADS, -1).transpose(1, 2)
        for x in ("q", "k", "v")
    )
    mixed = torch.nn.functional.scaled_dot_product_attention(
        _rotated(torch, q), _rotated(torch, k), v, is_causal=True
    )
    return mixed.transpose(1, 2).reshape(rows, length, WIDTH) @ w[f"{b}attn_output.weight"].T


def _rotated(torch: Any, x: Any) -> Any:
    """Rotary positions, neighbouring pairs, as llama.cpp turns them for this architecture."""
    length, size = x.shape[-2:]
    turn = torch.arange(length)[:, None] * BASE ** (-torch.arange(0, size, 2) / size)
    even, odd = x[..., 0::2], x[..., 1::2]
    cos, sin = turn.cos(), turn.sin()
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


def main(seconds: float = 600.0) -> None:
    """Train, and write the file."""
    tokens = tokenizer()
    FILE.write_bytes(gguf_bytes(metadata(tokens), as_stored(train(tokens, seconds))))


if __name__ == "__main__":
    main(*(float(arg) for arg in sys.argv[1:]))
