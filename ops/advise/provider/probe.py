"""What a server can do with a model, each ability tried by what comes of it, not believed.

What it costs: about 27 short requests of up to 16 tokens (those of structure and tools up to
256), a few to paths beside the chat; no request lasts longer than 10 s, all of them no longer than
`budget_s`. The effective length costs up to 24 more, with prompts of up to 16 thousand tokens.
"""

from collections.abc import Callable
from functools import partial

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.probe_bias import bias
from ops.advise.provider.probe_facts import adapters, context, facts, models
from ops.advise.provider.probe_form import grammar, json_object, json_object_schema, json_schema
from ops.advise.provider.probe_form import tools as calls_tools
from ops.advise.provider.probe_length import effective_length
from ops.advise.provider.probe_rates import rates
from ops.advise.provider.probing import LONGEST_PATH_S, Found, Probing
from ops.advise.provider.server import Server

NO_MODEL = "longrun-no-such-model"


def probe(
    server: Server,
    *,
    clock: Callable[[], float],
    now_us: int,
    effective: bool = False,
    budget_s: float = 60.0,
) -> Capabilities:
    """Try what a server can do with its model.

    Parameters
    ----------
    clock
        Seconds that only grow, such as `time.monotonic`.
    now_us
        Time to be kept with the findings, in microseconds since 1970.
    effective
        Whether the effective length is measured, too.
    budget_s
        Time for all of it; what is not tried by then is not supported.

    Raises
    ------
    ProviderFailed
        If no question may go there, nobody answers, or the model gives no plain answer.
    """
    server.refuse_unless_allowed()
    probing = Probing(server, clock, clock() + budget_s)
    found = models(probing)
    probing.model = server.model or next(iter(found.get("models", ())), "")
    found |= {"server": server.name, "model": probing.model, "probed_at": now_us}
    plain = probing.said()  # without a plain answer nothing else is worth a try
    probing.reasons = bool(plain.reasoning) or plain.text.lstrip().startswith("<think>")
    for what, trial in _TRIALS:
        found |= probing.tried(what, partial(trial, probing))
    found |= probing.tried("logit bias", lambda: bias(probing, found))
    found |= probing.tried("adapters", lambda: adapters(probing, found))
    if effective:
        found |= probing.tried("effective length", lambda: effective_length(probing, found))
    return Capabilities(**found, notes=tuple(probing.notes))


def listed(server: Server, *, clock: Callable[[], float]) -> tuple[str, ...]:
    """List the models of a server now, to be held against those of a kept probe.

    Raises
    ------
    ProviderFailed
        If it may not be asked, or does not say within 3 s.
    """
    found = models(Probing(server, clock, clock() + LONGEST_PATH_S))
    return tuple(found.get("models", ()))


def _stream(probing: Probing) -> Found:
    return {"stream": True, "first_token_s": probing.streamed(usage=False).first_token_s}


def _stream_usage(probing: Probing) -> Found:
    return {"stream_usage": (probing.streamed(usage=True).prompt_tokens or 0) > 0}


def _echo(probing: Probing) -> Found:
    """Whether the name in a reply proves anything."""
    try:
        reply = probing.said(model=NO_MODEL, max_tokens=1)
    except ProviderFailed as failure:
        if failure.reason == "wrong-model":
            probing.notes.append("a model that is not there is answered for by another")
        return {}
    return {"echoes_model": reply.model == NO_MODEL}


def _logprobs(probing: Probing) -> Found:
    first = probing.said(logprobs=True, top_logprobs=2, max_tokens=2).logprobs[0]
    number = isinstance(first["logprob"], float | int) and first["logprob"] <= 0
    return {"logprobs": number and bool(first["top_logprobs"])}


def _effort(probing: Probing) -> Found:
    """Look whether it reasons the longer the more it is told to."""
    low, high = (
        len(probing.said("Is 91 prime?", reasoning_effort=effort, max_tokens=256).reasoning)
        for effort in ("low", "high")
    )
    return {"effort": high > low}


_TRIALS: tuple[tuple[str, Callable[[Probing], Found]], ...] = (
    ("facts", facts),
    ("context length", context),
    ("unknown model", _echo),
    ("stream", _stream),
    ("tokens of a stream", _stream_usage),
    ("token rates", rates),
    ("JSON schema", json_schema),
    ("JSON object with schema", json_object_schema),
    ("JSON object", json_object),
    ("grammar", grammar),
    ("logprobs", _logprobs),
    ("tools", calls_tools),
    ("effort", _effort),
)
