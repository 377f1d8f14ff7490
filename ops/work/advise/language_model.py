"""The language model that the settings name: its server, how it is asked, what it can do."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget
from ops.advise.provider.decoding import Controls, controls_of
from ops.advise.provider.probe import probe
from ops.advise.provider.probe_facts import models
from ops.advise.provider.probing import LONGEST_PATH_S, Probing
from ops.advise.provider.server import Server
from ops.db import llm_probes
from ops.db.engine import Database
from ops.db.types import to_micros
from ops.settings import Settings

PROBE_S = 60.0  # a probe may take so long


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A server and its model, and how it is asked.

    Parameters
    ----------
    context
        Effective context length in tokens that an administrator says; 0: as probed.
    chooses
        Whether the model chooses what is looked up.
    """

    server: Server
    controls: Controls
    budget: Budget
    context: int = 0
    chooses: bool = False

    @property
    def name(self) -> str:
        """What people call it: model and address."""
        return f"{self.server.model or 'first model'} · {self.server.name}"


def language_model(settings: Settings) -> LanguageModel | None:
    """Language model of the settings; None if they name none."""
    if not settings.llm_url:
        return None
    return LanguageModel(
        server=Server(
            url=settings.llm_url,
            model=settings.llm_model,
            key=settings.llm_key.get_secret_value(),
            adapter=settings.llm_adapter,
            hosts=settings.llm_hosts,
        ),
        controls=controls_of(
            temperature=settings.llm_temperature,
            seed=settings.llm_seed,
            max_tokens=settings.llm_max_tokens,
            stop=settings.llm_stop,
            effort=settings.llm_effort,
            bias=settings.llm_bias,
        ),
        budget=Budget(total_s=settings.llm_time_s, first_token_s=settings.llm_first_token_s),
        context=settings.llm_context,
        chooses=settings.llm_tools == "model",
    )


def capabilities_of(database: Database, model: LanguageModel) -> Capabilities:
    """Read what the server can do by its newest probe; what was never tried it cannot."""
    with database.read() as session:
        known = llm_probes.newest(session, model.server.name, model.server.model)
    if known is None:
        return Capabilities(server=model.server.name, model=model.server.model)
    return Capabilities.model_validate(known)


def is_stale(database: Database, model: LanguageModel) -> bool:
    """Whether the server was not tried for a week, or never."""
    now = datetime.now(UTC)
    with database.read() as session:
        return llm_probes.fresh(session, model.server.name, model.server.model, now=now) is None


def listed(model: LanguageModel) -> tuple[str, ...]:
    """Models that the server lists now; nothing is sent but the wish for the list.

    Raises
    ------
    ProviderFailed
        If it may not be asked, or cannot be reached.
    """
    model.server.refuse_unless_allowed()
    probing = Probing(model.server, time.monotonic, time.monotonic() + LONGEST_PATH_S)
    return tuple(models(probing).get("models", ()))


def probed(database: Database, model: LanguageModel, *, effective: bool = False) -> Capabilities:
    """Try what the server can do, and keep it.

    Raises
    ------
    ProviderFailed
        If it may not be asked, or cannot be reached at all.
    """
    model.server.refuse_unless_allowed()
    now = datetime.now(UTC)
    found = probe(
        model.server, clock=time.monotonic, now_us=to_micros(now), effective=effective,
        budget_s=PROBE_S,
    )  # fmt: skip
    with database.write.begin() as session:
        document = found.model_dump(mode="json")
        llm_probes.keep(session, model.server.name, model.server.model, document, at=now)
    return found
