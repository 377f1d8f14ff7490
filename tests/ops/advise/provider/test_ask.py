import time
from collections.abc import Callable, Sequence

import pytest

from ops.advise.answer import Fallback
from ops.advise.provider.ask import ask, stream
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget, ChatReply, ChatRequest, Message
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.server import Server
from tests.llm import faults
from tests.llm.fake_server import Exchange, FakeServer
from tests.llm.faults import Fault

STREAMS = Capabilities(stream=True, models=("tiny",))
PLAIN = Capabilities(models=("tiny",))
SHORT = Budget(3.0, 3.0)
KEY = "sk-very-secret-0815"


def asked(
    server: FakeServer,
    capabilities: Capabilities = STREAMS,
    *,
    budget: Budget = SHORT,
    model: str = "tiny",
    key: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> ChatReply:
    request = ChatRequest((Message("user", "Why?"),), {"temperature": 0.0}, True, budget)
    where = Server(server.url, model, key)
    return ask(where, capabilities, request, clock=time.monotonic, sleep=sleep)


def failure_of(fault: Fault | Sequence[Fault | None], **wishes: object) -> ProviderFailed:
    fake = FakeServer(fault, answer="Nine lives of a cat.")
    with fake as server, pytest.raises(ProviderFailed) as caught:
        asked(server, **wishes)  # type: ignore[arg-type]
    return caught.value


def test_an_emoji_that_json_writes_in_two_halves_is_whole() -> None:
    body = b'{"choices":[{"message":{"content":"\\ud83d\\ude00"},"finish_reason":"stop"}]}'
    with FakeServer(faults.body(body)) as server:
        assert asked(server).text == "\U0001f600"


@pytest.mark.parametrize("capabilities", [STREAMS, PLAIN])
def test_an_answer_comes_whole(capabilities: Capabilities) -> None:
    with FakeServer(answer="Grüße, 世界 ✓", key=KEY) as server:
        reply = asked(server, capabilities, key=KEY)
        assert server.chats[0].body["stream"] is capabilities.stream
    assert (reply.text, reply.finish, reply.model) == ("Grüße, 世界 ✓", "stop", "tiny")
    assert 0 < reply.first_token_s <= reply.total_s < 3


def test_a_stream_gives_pieces_and_then_the_reply() -> None:
    with FakeServer(answer="one two three") as server:
        request = ChatRequest((Message("user", "Count."),))
        deltas = list(stream(Server(server.url), STREAMS, request, clock=time.monotonic))
    assert len(deltas) > 3
    assert "".join(delta.text for delta in deltas) == "one two three"
    assert deltas[-1].reply is not None
    assert deltas[-1].reply.text == "one two three"
    assert deltas[-1].reply.prompt_tokens is None  # nobody has seen that it counts them


def test_the_tokens_of_a_stream_are_counted_where_that_was_seen() -> None:
    with FakeServer() as server:
        reply = asked(server, STREAMS.model_copy(update={"stream_usage": True}))
    assert (reply.prompt_tokens, reply.answer_tokens) == (2, 4)


MISBEHAVIOURS: list[tuple[str, Fault, Fallback]] = [
    ("500", faults.status(500), "server-error"),
    ("503 while loading", faults.status(503, "Loading model"), "server-error"),
    ("404", faults.status(404), "server-error"),
    ("redirect", faults.redirect("http://127.0.0.1:1/"), "server-error"),
    ("error in the stream", faults.error_in_stream, "server-error"),
    ("prompt too long", faults.status(400, "exceeds the available context size"), "too-long"),
    ("answer too long", faults.too_long, "too-long"),
    ("another model", faults.other_model("cheap-mini"), "wrong-model"),
    ("filter", faults.filtered, "refused"),
    ("cut off", faults.truncated(2), "truncated"),
    ("ended early", faults.truncated(2, clean=True), "truncated"),
    ("ended at once", faults.raw_stream(), "truncated"),
    ("garbage", faults.garbage, "garbage"),
    ("garbage event", faults.raw_stream(b"data: {nope\n\n"), "garbage"),
    ("number as event", faults.raw_stream(b"data: 7\n\n"), "garbage"),
    ("deep JSON", faults.body(b"[" * 100_000), "garbage"),
    ("invalid UTF-8", faults.invalid_utf8, "garbage"),
    ("html", faults.html, "garbage"),
    ("wrong shape", faults.wrong_shape, "garbage"),
    ("no choices", faults.no_choices, "garbage"),
    ("null content", faults.answering(""), "garbage"),
    ("reasoning only", faults.reasoning_only, "garbage"),
    (
        "half a character",
        faults.body(b'{"choices":[{"message":{"content":"a\\ud83d"}}]}'),
        "garbage",
    ),
    ("a zero", faults.body(b'{"choices":[{"message":{"content":"a\\u0000"}}]}'), "garbage"),
    ("content is a number", faults.body(b'{"choices":[{"message":{"content":7}}]}'), "garbage"),
]


@pytest.mark.parametrize("capabilities", [STREAMS, PLAIN], ids=["stream", "plain"])
@pytest.mark.parametrize(
    ("fault", "reason"), [m[1:] for m in MISBEHAVIOURS], ids=[m[0] for m in MISBEHAVIOURS]
)
def test_misbehaviour_has_a_reason(
    fault: Fault, reason: Fallback, capabilities: Capabilities
) -> None:
    assert failure_of(fault, capabilities=capabilities).reason == reason


@pytest.mark.parametrize(
    ("fault", "budget", "limit"),
    [
        (faults.slow(60.0), Budget(60.0, 0.15), "the first token"),
        (faults.slow(0.0, between_s=0.1), Budget(0.3, 60.0), "the whole answer"),
        (faults.drip(), Budget(0.2, 60.0), "the whole answer"),
        (faults.drip(), Budget(60.0, 0.2), "the first token"),
        (faults.drip(0.02, b" "), Budget(0.2, 0.2), "the whole answer"),
        (faults.silent(), Budget(0.2, 60.0), "the whole answer"),
    ],
    ids=["first token", "between tokens", "drip", "drip before first", "no line", "silence"],
)
def test_time_is_kept_whatever_drips_in(fault: Fault, budget: Budget, limit: str) -> None:
    failed = failure_of(fault, budget=budget)
    assert (failed.reason, failed.detail) == ("timeout", f"time was up for {limit}")


def test_more_than_anybody_reads_is_not_read() -> None:
    assert failure_of(faults.huge(2**20), budget=Budget(60, 60, 100_000)).reason == "garbage"


def test_a_stream_without_its_last_word_is_whole_if_the_answer_is() -> None:
    with FakeServer(faults.without_done, answer="All of it.") as server:
        assert asked(server).text == "All of it."


def test_utf8_may_be_cut_anywhere_and_lines_may_end_in_any_way() -> None:
    event = 'data: {"choices":[{"delta":{"content":"µm ✓"}}]}\r\n\r\n: ping\r\rdata: [DONE]\n\n'
    pieces = (bytes([byte]) for byte in event.encode())
    with FakeServer(faults.raw_stream(*pieces)) as server:
        assert asked(server).text == "µm ✓"


def test_a_server_that_asks_to_wait_is_asked_again() -> None:
    waits: list[float] = []
    with FakeServer([faults.too_many("0.25"), faults.too_many(None), None]) as server:
        reply = asked(server, sleep=waits.append)
    assert (reply.tries, waits) == (3, [0.25, 1.0])


@pytest.mark.parametrize("wait", ["60", "1e9", "Fri, 27 Nov 2099 08:00:00 GMT"])
def test_a_wait_beyond_the_budget_is_not_begun(wait: str) -> None:
    waits: list[float] = []
    failed = failure_of([faults.too_many(wait)], sleep=waits.append)
    assert (failed.reason, waits) == ("rate-limited", [])
    assert failed.retry_after is not None
    assert failed.retry_after >= 60


def test_nobody_is_asked_for_ever() -> None:
    waits: list[float] = []
    with FakeServer(faults.too_many("0")) as server:
        with pytest.raises(ProviderFailed):
            asked(server, sleep=waits.append)
        assert len(server.chats) == 3


@pytest.mark.parametrize("wait", ["nan", "soon", "-5", "inf"])
def test_a_wait_that_makes_no_sense_does_no_harm(wait: str) -> None:
    waits: list[float] = []
    with FakeServer([faults.too_many(wait)]) as server:
        asked(server, sleep=waits.append)
    assert waits in ([0.5], [0.0])


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with FakeServer() as server:
        pass
    with pytest.raises(ProviderFailed, match="unreachable"):
        asked(server)


def _leaking(exchange: Exchange, answer: str) -> None:
    exchange.start_stream()
    exchange.send_event({"error": {"message": f"{'.' * 250}{KEY}"}})
    exchange.end_stream()


def test_the_key_is_in_no_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    for fault in (faults.status(500, f"no {KEY}"), faults.other_model(KEY), _leaking):
        assert "secret" not in str(failure_of(fault, key=KEY))
    with FakeServer(key="another") as server:
        with pytest.raises(ProviderFailed) as caught:
            asked(server, key=KEY)
        assert server.chats[0].headers["Authorization"] == f"Bearer {KEY}"
    bad = f"{KEY}\n{KEY}"  # a header cannot hold it, and the library quotes what it cannot send
    with FakeServer() as server, pytest.raises(ProviderFailed) as refused:
        asked(server, key=bad)
    for text in (str(caught.value), repr(caught.value), str(refused.value), caplog.text):
        assert "secret" not in text
    assert "secret" not in repr(Server(server.url, key=KEY))


def test_a_model_that_the_server_does_not_list_is_not_asked() -> None:
    with FakeServer() as server:
        with pytest.raises(ProviderFailed, match="wrong-model"):
            asked(server, model="big")
        assert server.requests == []


def test_a_tool_is_called_with_its_arguments_as_text() -> None:
    for capabilities in (STREAMS, PLAIN):
        with FakeServer(faults.tool_call("look_up", {"tool": "WB-07"})) as server:
            (call,) = asked(server, capabilities).tool_calls
        assert (call.name, call.arguments) == ("look_up", '{"tool": "WB-07"}')


def test_reasoning_is_told_apart_from_the_answer() -> None:
    def thinking(exchange: Exchange, answer: str) -> None:
        exchange.send_answer("Yes.", reasoning="Hm.")

    with FakeServer(thinking) as server:
        reply = asked(server)
    assert (reply.text, reply.reasoning) == ("Yes.", "Hm.")


@pytest.mark.parametrize(("form", "sent"), [("vllm", "wire-bond"), ("llama.cpp", "tiny")])
def test_an_adapter_is_chosen_as_the_server_wants(form: str, sent: str) -> None:
    can = Capabilities.model_validate(
        {"models": ["tiny", "wire-bond"], "adapters": ["other", "wire-bond"], "adapter_form": form}
    )
    request = ChatRequest((Message("user", "Why?"),))
    with FakeServer(models=["tiny", "wire-bond"]) as server:
        ask(Server(server.url, "tiny"), can, request, clock=time.monotonic)
        assert {scale["scale"] for scale in server.chats[0].body.get("lora", [])} <= {0}
        server.requests.clear()
        where = Server(server.url, "tiny", adapter="wire-bond")
        ask(where, can, request, clock=time.monotonic)
        assert server.chats[0].body["model"] == sent
        lora = server.chats[0].body.get("lora")
        assert lora == (None if form == "vllm" else [{"id": 0, "scale": 0}, {"id": 1, "scale": 1}])
        with pytest.raises(ProviderFailed, match="wrong-model"):
            ask(Server(server.url, adapter="gone"), can, request, clock=time.monotonic)
