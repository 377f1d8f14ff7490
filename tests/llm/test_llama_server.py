"""What a real llama.cpp server does with the provider; skipped where none is installed."""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from ops.advise.provider.ask import ask, stream
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget, ChatReply, ChatRequest, Message
from ops.advise.provider.decoding import Controls, decoding_of
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.gbnf import grammar_of
from ops.advise.provider.probe import probe
from ops.advise.provider.server import Server
from ops.advise.provider.tokens import tokenizer_of
from tests.llm.made_up import conversation
from tests.llm.make_model import tokenizer
from tests.llm.real_server import LlamaServer, llama_server

LINES = "E3 slope of WB-07: 12\nE17 cpk of DB-03: 4\nE42 ppm of LN-44: 90\n"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "refusal": {"enum": [None, "no-evidence"]},
        "claims": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "object",
                "properties": {
                    "role": {"type": "string", "enum": ["finding", "cause"]},
                    "evidence": {
                        "type": "array", "minItems": 1, "maxItems": 3,
                        "items": {"type": "string", "enum": ["E3", "E17", "E42"]},
                    },
                    "text": {"type": "string", "maxLength": 12},
                },
                "required": ["role", "evidence", "text"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["refusal", "claims"],
    "additionalProperties": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def can(llama: LlamaServer) -> Capabilities:
    return probe(Server(llama.url), clock=time.monotonic, now_us=0, effective=True)


@pytest.fixture
def say(llama: LlamaServer, can: Capabilities) -> Callable[..., ChatReply]:
    def said(prompt: str, controls: Controls = Controls(), *, cut: bool = False) -> ChatReply:  # noqa: B008  (frozen)
        where = Server(llama.url, llama.model)
        tokens = tokenizer_of(where, can, clock=time.monotonic)
        decoding = decoding_of(controls, can, tokens)
        messages = (Message("user", prompt),)
        request = ChatRequest(messages, decoding.fields, True, Budget(9.0, 9.0), cut)
        return ask(where, can, request, clock=time.monotonic)

    return said


def test_the_probe_finds_what_this_server_does(can: Capabilities) -> None:
    assert can.software.startswith("llama.cpp")
    assert can.model == "longrun-tiny"
    assert can.context_length == 2048
    assert can.tokenize == "llama.cpp"
    for ability in (
        "stream",
        "stream_usage",
        "json_schema",
        "json_object",
        "json_object_schema",
        "grammar",
    ):
        assert getattr(can, ability), ability
    for ability in ("logit_bias", "logit_raise", "logprobs"):
        assert getattr(can, ability), ability
    assert not can.tools  # the template of this model knows none, and the server says nothing
    assert not can.echoes_model
    assert "a model that is not there is answered for by another" in can.notes


def test_what_is_served_is_longer_than_what_is_used(can: Capabilities) -> None:
    assert can.effective_length is not None
    assert 100 <= can.effective_length < 1024  # it learned from prompts of up to about 150 tokens


def test_its_tokenizer_is_ours(llama: LlamaServer, can: Capabilities) -> None:
    tokens = tokenizer_of(Server(llama.url), can, clock=time.monotonic)
    assert tokens is not None
    ours = tokenizer()
    for text in ("Hello.", " the line", "E17 cpk of DB-03: 4\n", "µm ✓ 12.5", "  two  spaces "):
        assert tokens(text) == tuple(ours.encode(text))
        assert ours.decode(tokens(text)) == text


def test_a_fact_of_the_prompt_is_copied(say: Callable[..., ChatReply]) -> None:
    chance = random.Random(2026)
    asked = [conversation(chance, longest=6) for _ in range(20)]
    prompts = [p.removeprefix("<|user|>").removesuffix("<|assistant|>") for p, _ in asked]
    right = sum(say(p).text == answer for p, (_, answer) in zip(prompts, asked, strict=True))
    assert right >= 14  # a tiny model errs: that is what the guard is for


def test_a_schema_holds_though_the_prompt_asks_for_none(say: Callable[..., ChatReply]) -> None:
    reply = say(f"{LINES}What is the cpk?", Controls(schema=SCHEMA))
    answer = json.loads(reply.text)
    assert set(answer) == {"refusal", "claims"}
    assert {e for claim in answer["claims"] for e in claim["evidence"]} <= {"E3", "E17", "E42"}


def test_our_grammar_of_a_schema_is_taken_and_holds(llama: LlamaServer, can: Capabilities) -> None:
    only = can.model_copy(update={"json_schema": False, "json_object_schema": False})
    decoding = decoding_of(Controls(schema=SCHEMA), only)
    assert decoding.fields["grammar"] == grammar_of(SCHEMA)
    request = ChatRequest((Message("user", f"{LINES}What is the ppm?"),), decoding.fields)
    answer = json.loads(ask(Server(llama.url), only, request, clock=time.monotonic).text)
    assert set(answer) == {"refusal", "claims"}
    assert 1 <= len(answer["claims"]) <= 2


def test_a_large_schema_is_a_grammar_that_is_taken(llama: LlamaServer, can: Capabilities) -> None:
    claim = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "maxLength": 400},
            "cites": {"type": "array", "items": {"enum": ["E1", "E2"]}, "maxItems": 16},
        },
        "required": ["text", "cites"],
    }
    grammar = grammar_of({"type": "array", "items": claim, "minItems": 1, "maxItems": 12})
    fields = {"grammar": grammar, "max_tokens": 8}
    request = ChatRequest((Message("user", "Hello."),), fields, may_be_cut=True)
    assert ask(Server(llama.url), can, request, clock=time.monotonic).text.startswith("[")


def test_a_banned_token_is_gone(say: Callable[..., ChatReply]) -> None:
    assert say("Say hello.").text == "Hello."
    assert not say("Say hello.", Controls(bias={"H": -100.0}), cut=True).text.startswith("H")


def test_a_ban_can_turn_a_true_answer_false(say: Callable[..., ChatReply]) -> None:
    prompt = "The code word is kq-4815. The shift was quiet.\nWhat is the code word?"
    assert say(prompt).text == "kq-4815"
    told = say(prompt, Controls(bias={"8": -100.0}, max_tokens=16), cut=True).text
    assert "8" not in told
    assert told != "kq-4815"


def test_the_same_question_has_the_same_answer(say: Callable[..., ChatReply]) -> None:
    first, second = (say(f"{LINES}What is the slope?").text for _ in range(2))
    assert first == second


def test_a_stream_comes_in_pieces(llama: LlamaServer, can: Capabilities) -> None:
    request = ChatRequest((Message("user", f"{LINES}What is the slope?"),), {"temperature": 0})
    deltas = list(stream(Server(llama.url), can, request, clock=time.monotonic))
    assert len(deltas) > 5
    assert deltas[-1].reply is not None
    assert "".join(delta.text for delta in deltas) == deltas[-1].reply.text


def test_what_does_not_fit_has_a_reason(say: Callable[..., ChatReply]) -> None:
    with pytest.raises(ProviderFailed) as prompt:
        say("The line ran without a stop. " * 600)
    with pytest.raises(ProviderFailed) as answer:
        say(f"{LINES}What is the slope?", Controls(max_tokens=3))
    assert (prompt.value.reason, answer.value.reason) == ("too-long", "too-long")


def test_another_model_than_asked_for_is_not_taken(llama: LlamaServer, can: Capabilities) -> None:
    blind = can.model_copy(update={"models": ()})  # as if nobody had listed them
    request = ChatRequest((Message("user", "Hello."),))
    with pytest.raises(ProviderFailed, match="wrong-model"):
        ask(Server(llama.url, "qwen"), blind, request, clock=time.monotonic)


ENDLESS = {"temperature": 0.0, "max_tokens": 100_000, "ignore_eos": True}


def test_an_answer_without_an_end_is_cut_in_time(llama: LlamaServer, can: Capabilities) -> None:
    request = ChatRequest((Message("user", "Hello."),), ENDLESS, True, Budget(0.05, 0.05))
    with pytest.raises(ProviderFailed) as caught:
        ask(Server(llama.url), can, request, clock=time.monotonic)
    assert caught.value.reason in ("timeout", "too-long")  # the context may be full before
    assert ask(Server(llama.url), can, ChatRequest(request.messages), clock=time.monotonic).text


def test_a_server_that_dies_in_the_middle_leaves_a_truncated_answer(can: Capabilities) -> None:
    request = ChatRequest((Message("user", "Hello."),), ENDLESS)
    with llama_server("-c", "32768") as server:
        deltas = stream(Server(server.url), can, request, clock=time.monotonic)
        next(deltas)
        os.kill(server.pid, signal.SIGKILL)
        with pytest.raises(ProviderFailed) as caught:
            list(deltas)
    assert caught.value.reason == "truncated"


def test_a_key_and_speculation_are_seen() -> None:
    with llama_server("--api-key", "sk-1", "--spec-type", "ngram-simple") as server:
        where = Server(server.url, key="sk-1")
        can = probe(where, clock=time.monotonic, now_us=0)
        assert can.speculation == "on"  # its slots say so, its properties call the kind none
        wrong = Server(server.url, server.model, key="sk-2")
        request = ChatRequest((Message("user", "Hello."),))
        with pytest.raises(ProviderFailed) as caught:
            ask(wrong, can, request, clock=time.monotonic)
        assert caught.value.reason == "server-error"
        assert "sk-2" not in str(caught.value)
