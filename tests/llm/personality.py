"""What kinds of servers can do, and how they word it: llama.cpp, vLLM, Ollama, and a bare one."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kept = Literal[
    "keeps", "ignores", "fails"
]  # a control that is kept, silently ignored, answered 500
# how tokens of a prompt are counted: really, a character's quarter each, not at all, always the
# same, or only what the prompt before it did not begin with
Usage = Literal["tokens", "characters", "none", "constant", "uncached"]


@dataclass(frozen=True)
class Personality:
    """What a server does with each control, and which paths beside the chat it has.

    `overflow` is what comes of a prompt beyond `context_length`: refused as llama.cpp does, cut to
    half of it without a word as Ollama does, or dropped in part while the answer is written.
    """

    name: str
    json_schema: Kept = "ignores"
    json_object: Kept = "ignores"
    json_object_schema: Kept = "ignores"
    grammar: Kept = "ignores"
    logit_bias: Kept = "ignores"
    logprobs: Kept = "ignores"
    tools: Kept = "ignores"
    tokenize: Literal["", "llama.cpp", "vllm"] = ""
    effort: bool = False
    adapters: tuple[str, ...] = ()
    context_length: int | None = None
    speculation: str = ""
    echoes_model: bool = False
    usage: Usage = "characters"
    overflow: Literal["", "refuses", "cuts", "shifts"] = ""


LLAMA_CPP = Personality(
    "llama.cpp", "keeps", "keeps", "keeps", "keeps", "keeps", "keeps", "keeps", "llama.cpp",
    context_length=4096, speculation="ngram-simple",
)  # fmt: skip
VLLM = Personality(
    "vllm", "keeps", "keeps", "ignores", "ignores", "keeps", "keeps", "keeps", "vllm",
    context_length=8192,
)  # fmt: skip
OLLAMA = Personality("ollama", "keeps", "keeps", tools="keeps", context_length=4096)
BARE = Personality("bare")


def token_count(text: str) -> int:
    """Tokens of a text as a small vocabulary cuts it: four letters, one digit, mark or byte."""
    return sum(
        1 if piece.isascii() else len(piece.encode())
        for piece in re.findall(r" ?[A-Za-z]{1,4}|.", text, re.DOTALL)
    )


class Words:
    """A tokenizer of words with their leading space; remembers the text of each id."""

    def __init__(self) -> None:
        self.text: dict[int, str] = {}

    def __call__(self, text: str) -> list[int]:
        pieces = re.findall(r" ?[^\W_]+|\s|.", text)
        ids = [zlib.crc32(piece.encode()) % 100_000 for piece in pieces]
        self.text.update(zip(ids, pieces, strict=True))
        return ids


def controlled(who: Personality, body: Mapping[str, Any], answer: str, words: Words) -> str:
    """The answer as this server would change it to keep to the controls of a request."""
    schema = _schema(who, body)
    if schema is not None and not _is_object(answer):
        answer = json.dumps(instance(schema))
    if body.get("grammar") and who.grammar == "keeps":
        found = re.search(r'root\s*::=.*?"((?:[^"\\]|\\.)*)"', body["grammar"], re.DOTALL)
        answer = json.loads(f'"{found[1]}"') if found else answer
    if body.get("logit_bias") and who.logit_bias == "keeps":
        bias = {int(token): value for token, value in body["logit_bias"].items()}
        raised = [words.text.get(token, "?") for token, value in bias.items() if value >= 50]
        left = [t for t in words(answer) if bias.get(t, 0) > -50]
        answer = "".join(raised) + "".join(words.text[t] for t in left) or "Other."
    return answer


def failing(who: Personality, body: Mapping[str, Any]) -> str:
    """The control for which this server answers 500; empty: none."""
    form = (body.get("response_format") or {}).get("type")
    asked = {
        "json_schema": form == "json_schema",
        "json_object": form == "json_object",
        **{name: bool(body.get(name)) for name in ("grammar", "logit_bias", "logprobs", "tools")},
    }
    return next((n for n, wanted in asked.items() if wanted and getattr(who, n) == "fails"), "")


def instance(schema: Mapping[str, Any]) -> Any:
    """The smallest value of a simple schema: first choices, empty lists, zeros."""
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: instance(inner) for name, inner in schema.get("properties", {}).items()}
        case "array":
            return [instance(schema["items"])] * schema.get("minItems", 0)
        case "string":
            return ""
        case "boolean":
            return False
        case "integer" | "number":
            return schema.get("minimum", 0)
        case _:
            return None


def _schema(who: Personality, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    wish = body.get("response_format") or {}
    if wish.get("type") == "json_schema" and who.json_schema == "keeps":
        return wish["json_schema"]["schema"]
    if wish.get("type") == "json_object":
        if "schema" in wish and who.json_object_schema == "keeps":
            return wish["schema"]
        if who.json_object == "keeps":
            return {"type": "object", "properties": {"text": {"const": "rain"}}}
    return None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
