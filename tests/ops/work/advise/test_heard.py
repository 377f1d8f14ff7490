"""A server with a small context and no tokenizer is asked, and distrusted where it must be."""

import dataclasses
import time
from functools import cache
from typing import Any

import pytest

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget
from ops.advise.provider.decoding import Controls
from ops.advise.provider.probe import probe
from ops.advise.provider.server import Server
from ops.advise.rules.advise import advise
from ops.work.advise.draft import Draft
from ops.work.advise.language_model import LanguageModel
from ops.work.advise.request import Asking, asking
from ops.work.advise.word import Worded, word
from tests.llm.fake_server import FakeServer
from tests.llm.good_model import good_model
from tests.llm.personality import OLLAMA, Personality, token_count
from tests.ops.advise.asked import INTENT, QUESTION
from tests.ops.advise.case_samples import NOW, creep, gauge, index

COUNTING = dataclasses.replace(OLLAMA, usage="tokens", overflow="refuses")
CASES = (creep(), index(1.08), gauge("good", 0.1))
DRAFT = Draft(QUESTION, INTENT, advise(QUESTION, INTENT, CASES, (), now_us=NOW), CASES)


@cache
def known() -> Capabilities:
    """What a probe finds of such a server."""
    with FakeServer(personality=COUNTING) as server:
        return probe(Server(server.url), clock=time.monotonic, now_us=1)


def model_at(url: str, context: int = 0) -> LanguageModel:
    return LanguageModel(Server(url), Controls(max_tokens=1024), Budget(), context)


def worded(server: FakeServer, can: Capabilities, context: int = 0) -> Worded:
    return word(
        model_at(server.url, context), can, DRAFT, people=(), now_us=NOW,
        ends=time.monotonic() + 300, tell=lambda _: None,
    )  # fmt: skip


def answered(can: Capabilities, context: int = 0, **more: Any) -> tuple[Worded, list[Any]]:
    """What comes of asking a server of this kind, and the requests that it saw."""
    who: Personality = dataclasses.replace(COUNTING, **more)
    with FakeServer(personality=who, answer=good_model) as server:
        return worded(server, can, context), server.chats


def made(can: Capabilities, context: int = 0) -> Asking:
    model = model_at("http://127.0.0.1:1/v1", context)
    return asking(model, can, DRAFT, people=(), now_us=NOW, ends=time.monotonic() + 300)


def tokens(asked: Asking) -> int:
    return sum(token_count(m.content) for m in asked.request.messages)


def test_4096_tokens_are_enough_though_nobody_counts_before() -> None:
    found, chats = answered(known())
    assert (found.answer.source, found.answer.fallback) == ("model", "")
    context = found.trail["context"]
    assert context["counted_by"] == "estimate"
    assert {"question", "constraints"} <= {one["kind"] for one in context["kept"]}
    assert found.trail["prompt_tokens"] <= context["used"] <= 4096 - 1024
    assert len(chats) == 1
    assert made(known()).request == made(known()).request


def test_a_probe_without_rates_keeps_the_bound() -> None:
    found, chats = answered(known().model_copy(update={"token_rates": None}))
    assert (found.answer.source, found.answer.fallback) == ("rules", "no-context")
    assert chats == []


def test_what_is_estimated_is_not_below_what_is_counted() -> None:
    for context in (4096, 5000, 8192, 20_000):
        asked = made(known(), context)
        assert tokens(asked) <= asked.prompt.retention.used <= context - 1024


def test_a_prompt_that_was_too_long_is_made_shorter_once() -> None:
    first = made(known(), 20_000)
    found, chats = answered(known(), 20_000, context_length=int(0.9 * tokens(first)))
    assert found.answer.source == "model"
    assert len(chats) == 2
    sizes = [token_count(asked.prompt) for asked in chats]
    assert sizes[1] < 0.85 * sizes[0]
    assert found.trail["too_long"]["used"] == first.prompt.retention.used
    assert found.trail["context"]["mode"] == "retrieved"
    cited = {one["id"] for one in found.trail["context"]["kept"] if one["kind"] == "verdict"}
    assert cited == {one.id for one in first.prompt.retention.kept if one.kind == "verdict"}


def test_a_prompt_that_is_too_long_twice_leaves_the_rules() -> None:
    found, chats = answered(known(), 20_000, context_length=500)
    assert (found.answer.source, found.answer.fallback) == ("rules", "no-context")
    assert "twice too long" in found.trail["detail"]
    assert len(chats) == 2


def test_no_time_is_left_for_a_second_prompt() -> None:
    who = dataclasses.replace(COUNTING, context_length=500)
    with FakeServer(personality=who) as server:
        model = dataclasses.replace(model_at(server.url, 20_000), budget=Budget(1e-9))
        found = word(model, known(), DRAFT, people=(), now_us=NOW, ends=time.monotonic(),
                     tell=lambda _: None)  # fmt: skip
        assert server.chats == []
    assert (found.answer.source, found.answer.fallback) == ("rules", "timeout")


@pytest.mark.parametrize(
    ("overflow", "part", "told"),
    [("cuts", 0.95, "the server read"), ("cuts", 0.4, "the server read"),
     ("shifts", 0.95, "prompt and answer have"), ("shifts", 0.6, "the server read")],
)  # fmt: skip
def test_an_answer_to_a_part_of_a_prompt_is_not_trusted(
    overflow: str, part: float, told: str
) -> None:
    whole = int(part * tokens(made(known(), 20_000)))
    can = known().model_copy(update={"context_length": whole})
    found, chats = answered(can, 20_000, overflow=overflow, context_length=whole)
    assert (found.answer.source, found.answer.fallback) == ("rules", "no-context")
    assert told in found.trail["detail"]
    assert len(chats) == 1


def test_an_estimate_that_no_count_bears_out_is_not_trusted() -> None:
    found, _ = answered(known(), usage="none")
    assert (found.answer.source, found.answer.fallback) == ("rules", "no-context")
    bound = known().model_copy(update={"token_rates": None, "context_length": 32_768})
    assert answered(bound, usage="none")[0].answer.source == "model"


def test_a_server_that_counts_no_streams_is_asked_without_one() -> None:
    found, chats = answered(known().model_copy(update={"stream_usage": False}))
    assert found.answer.source == "model"
    assert [asked.body["stream"] for asked in chats] == [False]
