"""A real llama.cpp server of 4096 tokens whose tokenizer nobody asks; skipped without one."""

import time

import pytest

from ops.advise.prompt.example import ANSWER, example
from ops.advise.prompt.instruction import instruction
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget
from ops.advise.provider.decoding import Controls
from ops.advise.provider.probe import probe
from ops.advise.provider.rates import estimated_tokens
from ops.advise.provider.server import Server
from ops.advise.provider.tokens import tokenizer_of
from ops.work.advise.language_model import LanguageModel
from ops.work.advise.word import Worded, word
from tests.llm.real_server import LlamaServer, llama_server
from tests.ops.advise.case_samples import NOW
from tests.ops.work.advise.test_heard import DRAFT


@pytest.fixture(scope="module")
def can(llama: LlamaServer) -> Capabilities:
    return probe(Server(llama.url), clock=time.monotonic, now_us=1)


def worded(url: str, can: Capabilities, *, max_tokens: int, context: int = 0) -> Worded:
    model = LanguageModel(Server(url), Controls(max_tokens=max_tokens), Budget(20.0, 20.0), context)
    ends = time.monotonic() + 20
    return word(model, can, DRAFT, people=(), now_us=NOW, ends=ends, tell=lambda _: None)


def test_what_is_estimated_is_not_below_what_is_counted(
    llama: LlamaServer, can: Capabilities
) -> None:
    tokens = tokenizer_of(Server(llama.url), can, clock=time.monotonic)
    rates = can.token_rates
    assert rates is not None
    assert tokens is not None
    assert rates.template <= 16
    for text in (instruction(), *(one.text for one in example()), ANSWER):
        counted = len(tokens(text))
        assert counted <= estimated_tokens(text, rates) <= 1.7 * counted


def test_4096_tokens_are_enough_and_fewer_are_refused_and_tried_again(can: Capabilities) -> None:
    few = can.model_copy(update={"tokenize": "", "context_length": 4096})
    with llama_server("-c", "4096") as server:
        served = worded(server.url, few, max_tokens=64)
        beyond = worded(server.url, few, max_tokens=64, context=20_000)
    context = served.trail["context"]
    assert context["counted_by"] == "estimate"
    assert context["used"] <= 4096 - 64
    assert "too_long" not in served.trail
    assert served.answer.fallback != "no-context"  # nonsense in the right form: for the guard
    assert beyond.trail["too_long"]["used"] > 4096
