"""What a server says of itself: models, software, context length, tokenizer, adapters."""

import json
from pathlib import PurePosixPath
from typing import Any

from ops.advise.provider.capabilities import Tokenizer
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.probing import Found, Probing
from ops.advise.provider.tokens import read_tokens, tokenizing

_FORMS: tuple[Tokenizer, ...] = ("llama.cpp", "vllm")


def models(probing: Probing) -> Found:
    """List its models.

    Raises
    ------
    ProviderFailed
        If nobody is there.
    """
    try:
        listed = _listed(probing)
    except ProviderFailed as failure:
        if failure.reason in ("unreachable", "timeout", "not-allowed"):
            raise
        probing.notes.append(f"models: {failure}")
        return {}
    return {"models": tuple(str(model["id"])[:200] for model in listed)}


def facts(probing: Probing) -> Found:
    """Software, identity of the model, speculation, tokenizer."""
    props = _dict(probing.there("/props"))
    return {
        "software": _software(probing, props),
        "identity": _identity(probing),
        "speculation": _speculation(probing, props),
        "tokenize": _tokenize(probing),
    }


def context(probing: Probing) -> Found:
    """Tokens that fit, as it is served, not as the model was trained."""
    settings = _dict(_dict(probing.there("/props")).get("default_generation_settings"))
    mine = [m for m in _listed(probing) if m.get("id") == probing.model]
    told = [settings.get("n_ctx"), *(m.get("max_model_len") for m in mine)]
    told += [m.get("context_length") for m in (*mine, *_loaded(probing))]
    lengths = [n for n in told if type(n) is int and n > 0]  # True is no length
    return {"context_length": min(lengths, default=None)}


def adapters(probing: Probing, found: Found) -> Found:
    """LoRA adapters that a request can choose: one of them is chosen."""
    listed = probing.there("/lora-adapters")
    if isinstance(listed, list) and listed:
        if [one["id"] for one in listed] != list(range(len(listed))):
            return {}
        probing.said(lora=[{"id": 0, "scale": 1.0}], max_tokens=1)
        names = tuple(PurePosixPath(one["path"]).stem for one in listed)
        return {"adapters": names, "adapter_form": "llama.cpp"}
    names = tuple(str(m["id"]) for m in _listed(probing) if m.get("parent"))
    if not names:
        return {}
    told = probing.said(model=names[0], max_tokens=1).model
    chosen = told == names[0] and not found.get("echoes_model")
    return {"adapters": names, "adapter_form": "vllm"} if chosen else {}


def _listed(probing: Probing) -> list[dict[str, Any]]:
    answer = _dict(probing.json(probing.server.at("/models")))
    listed = answer.get("data")
    every = listed if isinstance(listed, list) else []
    return [m for m in every if isinstance(_dict(m).get("id"), str)]


def _loaded(probing: Probing) -> list[dict[str, Any]]:
    """Read what Ollama holds in memory of this model."""
    held = _dict(probing.there("/api/ps")).get("models")
    every = held if isinstance(held, list) else []
    names = (probing.model, f"{probing.model}:latest")
    return [m for m in every if _dict(m).get("name") in names]


def _software(probing: Probing, props: dict[str, Any]) -> str:
    if props.get("build_info"):
        return f"llama.cpp {props['build_info']}"[:80]
    for name, path in (("vLLM", "/version"), ("Ollama", "/api/version")):
        version = _dict(probing.there(path)).get("version")
        if version:
            return f"{name} {version}"[:80]
    return ""


def _speculation(probing: Probing, props: dict[str, Any]) -> str:
    """Read its kind; llama.cpp may call it none in its properties while its slots speculate."""
    params = _dict(_dict(props.get("default_generation_settings")).get("params"))
    kind = params.get("speculative.types")
    if kind and kind != "none":
        return str(kind)[:80]
    slots = probing.there("/slots")
    every = slots if isinstance(slots, list) else []
    return "on" if any(_dict(slot).get("speculative") is True for slot in every) else ""


def _identity(probing: Probing) -> str:
    """Find a digest, else what the server says of the model's size and origin."""
    for model in _loaded(probing):
        if model.get("digest"):
            return f"digest {model['digest']}"[:200]
    for model in _listed(probing):
        if model["id"] == probing.model:
            told = {k: model[k] for k in ("meta", "root", "parent") if model.get(k)}
            return json.dumps(told, sort_keys=True)[:200] if told else ""
    return ""


def _tokenize(probing: Probing) -> Tokenizer:
    """Form in which it cuts a text into more tokens than a part of it."""
    for form in _FORMS:
        try:
            short, long = (
                len(read_tokens(probing.there("/tokenize", tokenizing(form, probing.model, text))))
                for text in ("rain", "rain falls on the roof")
            )
        except ProviderFailed:
            continue
        if 0 < short < long:
            return form
    return ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
