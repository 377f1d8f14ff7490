import dataclasses
import time
from typing import Any

import pytest

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.probe import listed, probe
from ops.advise.provider.server import Server
from tests.llm import faults
from tests.llm.fake_server import Asked, Exchange, FakeServer
from tests.llm.personality import BARE, LLAMA_CPP, OLLAMA, VLLM, Personality

NOW = 1_795_700_000_000_000
SWITCHES = {
    "json_schema", "json_object", "json_object_schema", "grammar", "logit_bias", "logit_raise",
    "logprobs", "tools",
}  # fmt: skip


def probed(server: FakeServer, **wishes: Any) -> Capabilities:
    return probe(Server(server.url, key="sk-1"), clock=time.monotonic, now_us=NOW, **wishes)


def found_in(personality: Personality, **wishes: Any) -> set[str]:
    with FakeServer(personality=personality) as server:
        can = probed(server, **wishes)
    return {name for name in SWITCHES if getattr(can, name)}


@pytest.mark.parametrize(
    ("personality", "found"),
    [
        (LLAMA_CPP, SWITCHES),
        (VLLM, SWITCHES - {"json_object_schema", "grammar"}),
        (OLLAMA, {"json_schema", "json_object", "tools"}),
        (BARE, set[str]()),  # it takes every control and keeps none
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_is_kept_is_told_from_what_is_only_taken(
    personality: Personality, found: set[str]
) -> None:
    assert found_in(personality) == found


@pytest.mark.parametrize("name", ["json_schema", "json_object", "grammar", "logprobs", "tools"])
@pytest.mark.parametrize("kept", ["ignores", "fails"])
def test_one_control_that_fails_does_not_end_the_others(name: str, kept: str) -> None:
    broken = {name: kept} | ({"json_object_schema": kept} if name == "json_object" else {})
    lost = {*broken, *({"json_object_schema"} if kept == "fails" and name == "json_object" else ())}
    assert found_in(dataclasses.replace(LLAMA_CPP, **broken)) == SWITCHES - lost


@pytest.mark.parametrize("logprobs", ["keeps", "ignores"])
def test_a_bias_that_is_taken_and_ignored_is_found_out(logprobs: Any) -> None:
    deaf = dataclasses.replace(LLAMA_CPP, logit_bias="ignores", logprobs=logprobs)
    assert not found_in(deaf) & {"logit_bias", "logit_raise"}


def test_facts_of_each_kind_of_server() -> None:
    with FakeServer(personality=dataclasses.replace(LLAMA_CPP, adapters=("/m/bond.gguf",))) as one:
        llama = probed(one)
    with FakeServer(personality=dataclasses.replace(VLLM, adapters=("bond",))) as two:
        two.models.append("bond")
        vllm = probed(two)
    with FakeServer(personality=OLLAMA) as three:
        ollama = probed(three)
    assert (llama.tokenize, vllm.tokenize, ollama.tokenize) == ("llama.cpp", "vllm", "")
    assert (llama.context_length, vllm.context_length, ollama.context_length) == (4096, 8192, 4096)
    assert (llama.adapters, llama.adapter_form) == (("bond",), "llama.cpp")
    assert (vllm.adapters, vllm.adapter_form) == (("bond",), "vllm")
    assert (llama.speculation, vllm.speculation) == ("ngram-simple", "")
    assert llama.software.startswith("llama.cpp")
    assert vllm.software.startswith("vLLM")
    assert ollama.software.startswith("Ollama")
    assert ollama.identity == "digest ab12"
    assert llama.models == ("tiny",)
    assert llama.probed_at == NOW
    assert llama.stream
    assert llama.stream_usage


def test_what_was_found_survives_json_and_holds_no_secret() -> None:
    with FakeServer(personality=BARE) as server:
        where = Server(server.url, key="sk-secret")
        can = probe(where, clock=time.monotonic, now_us=NOW)
    text = can.model_dump_json()
    assert Capabilities.model_validate_json(text) == can
    assert "secret" not in text


def test_a_server_that_repeats_any_name_is_known_for_it() -> None:
    with FakeServer(personality=dataclasses.replace(LLAMA_CPP, echoes_model=True)) as server:
        assert probed(server).echoes_model
    with FakeServer() as server:
        assert not probed(server).echoes_model


def test_reasoning_that_follows_the_effort_is_seen() -> None:
    with FakeServer(personality=dataclasses.replace(LLAMA_CPP, effort=True)) as server:
        assert probed(server).effort


@pytest.mark.parametrize(("within", "reached"), [(1200, 256), (10**9, 1024), (100, None)])
def test_the_effective_length_is_measured(within: int, reached: int | None) -> None:
    def answer(asked: Asked) -> str:
        if "code word is" not in asked.prompt:
            return "Hello."
        at = asked.prompt.index("code word is ") + len("code word is ")
        return f"It is {asked.prompt[at : at + 7]}." if len(asked.prompt) < within else "A needle?"

    short = dataclasses.replace(LLAMA_CPP, context_length=1088)
    with FakeServer(answer=answer, personality=short) as server:
        can = probed(server, effective=True)
    assert (can.effective_length is None) == (reached is None)
    if reached is not None and can.effective_length is not None:
        assert 0.8 * reached <= can.effective_length <= reached * 1.1


def test_models_are_listed_without_asking_any() -> None:
    with FakeServer(models=["a", "b"]) as server:
        assert listed(Server(server.url), clock=time.monotonic) == ("a", "b")
        assert server.chats == []


def test_nothing_is_measured_that_was_not_asked_for() -> None:
    with FakeServer() as server:
        assert probed(server).effective_length is None
        assert not any("code word" in asked.prompt for asked in server.chats)
        assert len(server.chats) <= 26


def test_a_probe_ends_in_time_though_a_server_does_not() -> None:
    with FakeServer([None, *[faults.silent()] * 50]) as server:
        can = probed(server, budget_s=0.4)
        assert len(server.chats) <= 3  # a second one has what the first left, and that is nothing
    assert not any(getattr(can, name) for name in SWITCHES)


def test_nobody_there_and_nobody_allowed_are_failures() -> None:
    with FakeServer() as server:
        pass
    with pytest.raises(ProviderFailed, match="unreachable"):
        probed(server)
    far = Server("http://llm.example.org/v1")
    with pytest.raises(ProviderFailed, match="not-allowed"):
        probe(far, clock=time.monotonic, now_us=NOW)


def test_a_model_that_thinks_first_is_given_room() -> None:
    def thinking(exchange: Exchange, answer: str) -> None:
        if exchange.asked.body["max_tokens"] < 500:
            exchange.send_answer("", reasoning="Let me see.", finish="length")
        else:
            exchange.behave()

    with FakeServer(thinking) as server:
        can = probed(server)
    assert {name for name in SWITCHES if getattr(can, name)} == SWITCHES


def test_a_model_without_a_plain_answer_is_a_failure() -> None:
    with FakeServer(faults.status(500)) as server, pytest.raises(ProviderFailed):
        probed(server)
