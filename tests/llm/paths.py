"""What servers answer on paths beside the chat: models, properties, tokenizer, versions."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.llm.fake_server import Asked, FakeServer

_NOT_FOUND = (404, {"error": {"message": "not found"}})


def other_path(server: "FakeServer", asked: "Asked") -> tuple[int, Any]:
    """Status and JSON for a path that is not the chat's."""
    who = server.personality
    found = {
        ("GET", "/v1/models"): _models,
        ("POST", "/tokenize"): _tokens,
    }.get((asked.method, asked.path))
    if found is not None:
        return found(server, asked)
    match who.name, asked.path:
        case "llama.cpp", "/props":
            return 200, {
                "default_generation_settings": {
                    "n_ctx": who.context_length,
                    "params": {"speculative.types": who.speculation or "none"},
                },
                "model_path": "/models/tiny.gguf",
                "build_info": "b1-fake",
            }
        case "llama.cpp", "/lora-adapters":
            return 200, [{"id": i, "path": a, "scale": 0} for i, a in enumerate(who.adapters)]
        case "vllm", "/version":
            return 200, {"version": "0.0-fake"}
        case "ollama", "/api/version":
            return 200, {"version": "0.0-fake"}
        case "ollama", "/api/ps":
            loaded = {"name": server.model, "context_length": who.context_length, "digest": "ab12"}
            return 200, {"models": [loaded]}
        case _:
            return _NOT_FOUND


def _models(server: "FakeServer", asked: "Asked") -> tuple[int, Any]:
    who = server.personality
    every: list[dict[str, Any]] = [{"id": name, "object": "model"} for name in server.models]
    if who.name == "vllm":
        every = [model | {"max_model_len": who.context_length} for model in every]
        every += [{"id": name, "parent": server.model} for name in who.adapters]
    return 200, {"object": "list", "data": every}


def _tokens(server: "FakeServer", asked: "Asked") -> tuple[int, Any]:
    form = server.personality.tokenize
    text = asked.body.get("content" if form == "llama.cpp" else "prompt")
    if not form or text is None:
        return _NOT_FOUND
    ids = server.words(text)
    return 200, {"tokens": ids} | ({"count": len(ids)} if form == "vllm" else {})
