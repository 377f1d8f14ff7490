"""How a model is asked to decode: wishes, and what of them a server can fulfil."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ops.advise.provider.bias import Bias, Tokenize, bias_of, steered
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.gbnf import grammar_of

INSTRUCTION = "Answer with one JSON value that keeps to this JSON schema, and with nothing else:"
Structure = Literal["none", "json_schema", "json_object_schema", "grammar", "json_object", "prompt"]
Effort = Literal["", "none", "minimal", "low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Controls:
    """Wishes about decoding.

    Parameters
    ----------
    temperature, seed, max_tokens, stop
        As servers know them.
    effort
        How long a model that reasons shall think; empty: the server's default.
    bias
        Words to -100..100, how much likelier or unlikelier they get.
    labels
        Words to -100..100 of a classification: every answer starts with one of them.
    schema
        JSON schema of the answer; None: any text.
    """

    temperature: float = 0.0
    seed: int = 1
    max_tokens: int = 1024
    stop: tuple[str, ...] = ()
    effort: Effort = ""
    bias: Mapping[str, float] = field(default_factory=dict[str, float])
    labels: Mapping[str, float] = field(default_factory=dict[str, float])
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Decoding:
    """Fields of a request, an instruction for the prompt, and what could not be had.

    Parameters
    ----------
    fields
        Beside ``model``, ``messages`` and ``stream``.
    instruction
        What has to stand at the end of the prompt; empty: nothing.
    structure
        How the answer's form is asked for.
    downgrades
        A sentence for each wish that the server cannot fulfil.
    """

    fields: dict[str, Any]
    instruction: str
    structure: Structure
    downgrades: tuple[str, ...]


def controls_of(
    *,
    temperature: float,
    seed: int,
    max_tokens: int,
    stop: tuple[str, ...],
    effort: Effort,
    bias: str,
) -> Controls:
    """Make controls from values of settings; `bias` is JSON, words to -100..100.

    Raises
    ------
    ValueError
        If `bias` is no JSON object of numbers.
    """
    words = json.loads(bias or "{}")
    if not isinstance(words, dict):
        raise ValueError(f"{bias!r} is no JSON object of words to numbers")
    wishes = {str(word): float(wish) for word, wish in words.items()}
    return Controls(temperature, seed, max_tokens, stop, effort, wishes)


def decoding_of(
    controls: Controls, capabilities: Capabilities, tokenize: Tokenize | None = None
) -> Decoding:
    """Request fields for what this server can do, and what had to be left out.

    Temperature, seed, longest length and stops belong to every such interface and are always sent;
    all else only if a probe has seen it work. A form that the server cannot keep to is asked for
    in words, on the last rung of a ladder: JSON schema, schema beside a JSON object, grammar,
    JSON object with the schema in the prompt, schema in the prompt alone.

    Parameters
    ----------
    tokenize
        The server's tokenizer, as `ops.advise.provider.tokens` has it; None: there is none.

    Raises
    ------
    ProviderFailed
        By the tokenizer, if it is asked and does not answer.
    """
    fields: dict[str, Any] = {
        "temperature": controls.temperature,
        "seed": controls.seed,
        "max_tokens": controls.max_tokens,
    }
    if controls.stop:
        fields["stop"] = list(controls.stop)
    downgrades: list[str] = []
    if controls.effort and capabilities.effort:
        fields["reasoning_effort"] = controls.effort
    elif controls.effort:
        downgrades.append("reasoning effort: not sent, as the server was not seen to heed it")
    bias = _bias(controls, capabilities, tokenize)
    if bias.tokens:
        fields["logit_bias"] = {str(token): value for token, value in sorted(bias.tokens.items())}
    form = _form(controls.schema, capabilities)
    downgrades += bias.refused + _lowered(form.structure)
    return Decoding(fields | form.fields, form.instruction, form.structure, tuple(downgrades))


@dataclass(frozen=True, slots=True)
class _Form:
    structure: Structure
    fields: dict[str, Any]
    instruction: str = ""


def _form(schema: Mapping[str, Any] | None, can: Capabilities) -> _Form:
    """Find the highest rung of the ladder that the server reaches."""
    if schema is None:
        return _Form("none", {})
    if can.json_schema:
        wish = {"name": "answer", "strict": True, "schema": dict(schema)}
        form = {"type": "json_schema", "json_schema": wish}
        return _Form("json_schema", {"response_format": form})
    if can.json_object_schema:
        form = {"type": "json_object", "schema": dict(schema)}
        return _Form("json_object_schema", {"response_format": form})
    grammar = grammar_of(schema) if can.grammar else None
    if grammar is not None:
        return _Form("grammar", {"grammar": grammar})
    told = f"{INSTRUCTION}\n{json.dumps(schema, ensure_ascii=False, separators=(',', ':'))}"
    if can.json_object:
        return _Form("json_object", {"response_format": {"type": "json_object"}}, told)
    return _Form("prompt", {}, told)


def _lowered(structure: Structure) -> tuple[str, ...]:
    told = {
        "json_object_schema": "JSON schema: sent beside the wish for a JSON object",
        "grammar": "JSON schema: sent as a grammar",
        "json_object": "JSON schema: in the prompt alone, beside the wish for a JSON object",
        "prompt": "JSON schema: in the prompt alone",
    }
    return (told[structure],) if structure in told else ()


def _bias(controls: Controls, can: Capabilities, tokenize: Tokenize | None) -> Bias:
    wishes, labels = _possible(controls.bias, can), _possible(controls.labels, can)
    refused = _impossible((*controls.bias.values(), *controls.labels.values()), can)
    if not wishes and not labels:
        return Bias({}, refused)
    if tokenize is None:
        return Bias({}, (*refused, "logit bias: not sent, as the server has no tokenizer"))
    if controls.schema is not None:
        # a form needs its marks, and its labels stand in the middle of it
        marks = {word for word in wishes if not any(char.isalnum() for char in word)}
        refused += tuple(f"bias of {word!r}: the form needs it" for word in sorted(marks))
        refused += ("steering: the answer is a form, not one label",) if labels else ()
        wishes, labels = {w: v for w, v in wishes.items() if w not in marks}, {}
    words = bias_of(wishes, tokenize, among=tuple(controls.labels))
    steering = steered(labels, tokenize) if labels else Bias({})
    tokens = steering.tokens | words.tokens  # a wish about a word is stronger than one of a label
    return Bias(tokens, refused + words.refused + steering.refused)


def _possible(words: Mapping[str, float], can: Capabilities) -> dict[str, float]:
    able = {True: can.logit_raise, False: can.logit_bias}
    return {word: wish for word, wish in words.items() if wish != 0 and able[wish > 0]}


def _impossible(wishes: tuple[float, ...], can: Capabilities) -> tuple[str, ...]:
    seen = "as the server was not seen to do so"
    down = any(wish < 0 for wish in wishes) and not can.logit_bias
    up = any(wish > 0 for wish in wishes) and not can.logit_raise
    return (
        *((f"logit bias: no word is made unlikelier, {seen}",) if down else ()),
        *((f"logit bias: no word is made likelier, {seen}",) if up else ()),
    )
