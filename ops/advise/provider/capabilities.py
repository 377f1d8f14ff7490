"""What a server can do with a model, as it was tried."""

from typing import Literal

from pydantic import Field

from ops.advise.provider.rates import TokenRates
from ops.page_value import PageValue

Tokenizer = Literal["", "llama.cpp", "vllm"]


class Capabilities(PageValue):
    """Findings of a probe; what was not tried, or failed, is not supported."""

    server: str = Field(default="", description="Address without secrets.")
    model: str = Field(default="", description="Model that was tried.")
    probed_at: int = Field(default=0, description="When, in microseconds since 1970.")
    software: str = Field(default="", description="What the server says that it is.")
    identity: str = Field(default="", description="Digest of the model, or what names it best.")
    models: tuple[str, ...] = Field(default=(), description="Models that the server lists.")
    echoes_model: bool = Field(
        default=False, description="It repeats any model's name: a name proves nothing."
    )
    stream: bool = Field(default=False, description="It sends an answer piece by piece.")
    stream_usage: bool = Field(default=False, description="It counts the tokens of a stream.")
    json_schema: bool = Field(default=False, description="It keeps to a JSON schema.")
    json_object: bool = Field(default=False, description="It keeps to some JSON object.")
    json_object_schema: bool = Field(
        default=False, description="It keeps to a schema beside the wish for a JSON object."
    )
    grammar: bool = Field(default=False, description="It keeps to a GBNF grammar.")
    logit_bias: bool = Field(default=False, description="A token that is banned is gone.")
    logit_raise: bool = Field(default=False, description="A token that is favoured comes.")
    logprobs: bool = Field(default=False, description="It tells probabilities of tokens.")
    tools: bool = Field(default=False, description="It calls a tool that it must call.")
    effort: bool = Field(default=False, description="It reasons when told to, and says so.")
    adapters: tuple[str, ...] = Field(
        default=(), description="LoRA adapters that a request can choose."
    )
    adapter_form: Literal["", "llama.cpp", "vllm"] = Field(
        default="", description="How a request names its adapter; empty: it cannot."
    )
    tokenize: Tokenizer = Field(default="", description="Form of its tokenizer; empty: none.")
    token_rates: TokenRates | None = Field(
        default=None, description="Tokens per byte; null: its counts were not seen to be true."
    )
    context_length: int | None = Field(
        default=None, description="Tokens of prompt and answer together, as the server says."
    )
    effective_length: int | None = Field(
        default=None, description="Longest prompt, in tokens, in which a marked fact was found."
    )
    speculation: str = Field(
        default="",
        description="Kind of speculative decoding, as the server says; on: it tells no kind.",
    )
    first_token_s: float | None = Field(default=None, description="Time to the first token.")
    notes: tuple[str, ...] = Field(default=(), description="What the probe saw on its way.")
