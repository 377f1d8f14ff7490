"""Tokens per byte are kept if the counts of a server can be true, and only then."""

import dataclasses
import time
from typing import Any

import pytest

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.probe import probe
from ops.advise.provider.probe_rates import SAMPLES
from ops.advise.provider.rates import (
    TokenRates,
    bytes_by_kind,
    estimated_tokens,
    likely_tokens,
)
from ops.advise.provider.server import Server
from tests.llm.fake_server import FakeServer
from tests.llm.personality import OLLAMA, Usage, token_count
from tests.ops.advise.context.test_tokens import COUNTED

TEXTS = (
    'E92 slope | "slope" | "µm/d" | 0.418 µm/d (95 % 0.356 to 0.480) | reference "what counts as'
    ' nothing" 0.106 µm/d | bad',
    '{"case":"C1","role":"finding","places":[{"id":"E1","label":"slope","unit":"mm/h"}],"text":"It'
    ' is {E1.full}."}',
    "Die Loophöhe am Drahtbonder driftet seit dem Materialwechsel nach oben.",
    "自三月初更换材料以来,焊线机的线弧高度持续上升。",
    "LOOP-QFN32-AU25 WB-05 since 2026-11-08 06:50, about 23.0 h after New capillary of lot CL2-53.",
)


def probed(usage: Usage, **more: Any) -> Capabilities:
    who = dataclasses.replace(OLLAMA, usage=usage, **more)
    with FakeServer(personality=who) as server:
        return probe(Server(server.url), clock=time.monotonic, now_us=1)


def test_rates_are_those_of_the_vocabulary() -> None:
    rates = probed("tokens").token_rates
    assert rates is not None
    assert rates.number == pytest.approx(1.0, abs=0.05)
    assert 0.22 < rates.word < 0.4
    assert rates.ideograph == pytest.approx(1.0, abs=0.05)  # it has no piece for any of them
    assert 0 < rates.template <= 12
    for text in TEXTS:
        assert token_count(text) <= estimated_tokens(text, rates) <= 1.6 * token_count(text)


@pytest.mark.parametrize("usage", ["characters", "none", "constant", "uncached"])
def test_counts_that_cannot_be_true_are_not_believed(usage: Usage) -> None:
    found = probed(usage)
    assert found.token_rates is None
    assert any(note.startswith("token rates: not kept") for note in found.notes)


def test_a_server_that_cuts_short_prompts_has_no_rates() -> None:
    assert probed("tokens", overflow="cuts", context_length=256).token_rates is None


def test_a_probe_of_before_has_no_rates_and_is_read() -> None:
    old = Capabilities(server="s").model_dump(mode="json")
    del old["token_rates"]
    assert Capabilities.model_validate(old).token_rates is None
    kept = probed("tokens")
    assert Capabilities.model_validate_json(kept.model_dump_json()) == kept


def test_a_sample_holds_only_kinds_that_are_known_by_then() -> None:
    known = {"mark"}  # ends of lines
    for kind, sample in SAMPLES.items():
        known.add(kind)
        sizes = bytes_by_kind(sample)
        assert set(sizes) <= known
        assert kind == "mark" or sizes[kind] > 0.9 * sum(sizes.values())


def test_what_no_sample_is_of_has_a_token_for_each_byte() -> None:
    assert likely_tokens("µß", {"word": 0.2}) == 4


# what the samples measure of the two public tokenizers whose counts test_tokens.py holds
PIECES = TokenRates(
    number=1.0, capital=0.4058, word=0.2436, mark=0.6262, ideograph=0.3839, template=11
)
PAIRS = TokenRates(
    number=1.0, capital=0.3768, word=0.2145, mark=0.5784, ideograph=0.3367, template=10
)


@pytest.mark.parametrize(("rates", "column"), [(PIECES, 1), (PAIRS, 2)], ids=["pieces", "pairs"])
def test_the_margin_covers_what_public_tokenizers_count(rates: TokenRates, column: int) -> None:
    estimated = [estimated_tokens(row[0], rates) for row in COUNTED]
    counted = [int(row[column]) for row in COUNTED]
    assert 1.1 * sum(counted) < sum(estimated) < 1.3 * sum(counted)
    assert all(e >= 0.95 * c for e, c in zip(estimated, counted, strict=True))
