"""Types of settings: each checks what it was given, and says how it is written."""

import json
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

from limits import parse as parse_rate
from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_settings import NoDecode

from ops.address import database_fault, is_host, is_origin, store_fault
from ops.errors import BadData
from ops.timing.cron import parse as parse_cron

_EXAMPLES = {
    "allowed_hosts": "line3",
    "cors_origins": "https://example.org",
    "preload": "capability",
    "model_hosts": "models.example.org",
    "llm_hosts": "llm.example.org",
    "llm_stop": "END",
    "llm_url": "http://127.0.0.1:8080/v1",
    "router_url": "http://router.example.org:5000",
}


def _decoded(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    try:
        decoded = json.loads(value or "[]")
    except ValueError as error:
        example = _EXAMPLES[info.field_name or ""]
        raise ValueError(f'write a JSON list such as ["{example}"]') from error
    return decoded


def _are_names(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not name or set(name) & set(":/*@ "):
            raise ValueError(f"{name!r} is no host name; write it alone, as line3.example.org")
    return names


def _are_hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    for host in hosts:
        if not is_host(host):
            raise ValueError(f"{host!r} is no host; write it alone, as llm.example.org:8080")
    return hosts


def _are_origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    for origin in origins:
        if origin != "*" and not is_origin(origin):
            raise ValueError(
                f"{origin!r} is not an origin; write scheme and host without a path, as"
                " https://example.org"
            )
    return origins


def _without(fault: Callable[[str], str]) -> AfterValidator:
    def is_url(url: str) -> str:
        wrong = fault(url) if url else ""
        if wrong:
            raise ValueError(wrong)
        return url

    return AfterValidator(is_url)


def _is_http(url: str, info: ValidationInfo) -> str:
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise ValueError(f"write a URL such as {_EXAMPLES[info.field_name or '']}")
    return url


def _is_bias(text: str) -> str:
    try:
        said = json.loads(text or "{}")
    except ValueError as error:
        raise ValueError('write a JSON object such as {"maybe": -100}') from error
    if not isinstance(said, dict) or not all(
        isinstance(b, int | float) and -100 <= b <= 100 for b in said.values()
    ):
        raise ValueError('write words and numbers from -100 to 100, as {"maybe": -100}')
    return text


def _is_named(host: str) -> str:
    if not host.strip() or "/" in host:
        raise ValueError("write an address or a host name alone, as 127.0.0.1")
    return host


def _is_rate(rate: str) -> str:
    try:
        if rate and parse_rate(rate).amount < 1:
            raise ValueError("nobody could call")
    except ValueError as error:
        raise ValueError("write it like 1200/minute; empty is no limit") from error
    return rate


def _is_cron(expression: str) -> str:
    try:
        parse_cron(expression, "UTC")
    except BadData as error:
        raise ValueError(str(error)) from error
    return expression


# decoded here: a list that is none gets its mend
Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_decoded)]
Names = Annotated[Texts, AfterValidator(_are_names)]
Hosts = Annotated[Texts, AfterValidator(_are_hosts)]
Origins = Annotated[Texts, AfterValidator(_are_origins)]
DatabaseUrl = Annotated[str, _without(database_fault)]
StoreUrl = Annotated[str, _without(store_fault)]
HttpUrl = Annotated[str, AfterValidator(_is_http)]
Bias = Annotated[str, AfterValidator(_is_bias)]
Listen = Annotated[str, AfterValidator(_is_named)]
Rate = Annotated[str, AfterValidator(_is_rate)]
Cron = Annotated[str, AfterValidator(_is_cron)]
