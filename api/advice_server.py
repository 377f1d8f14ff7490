"""The server of the language model: what is set up, and what it was found to be able to do."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import Field

from api.body import View
from api.deps import ActorDep, ServicesDep, Steward
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.failure import ProviderFailed
from ops.db.engine import Database
from ops.db.types import from_micros
from ops.errors import Conflict, NotReady
from ops.work.advise.advisor import Advisor
from ops.work.advise.language_model import LanguageModel, capabilities_of, probed

router = APIRouter(prefix="/v1/advice", tags=["advice"])


class AdviceServer(View):
    """Server and model, and how it is asked; its key is never shown."""

    server: str | None = Field(description="Its address; null: none is set up, the rules answer.")
    model: str | None = Field(description="Model that is asked for; empty: the server's first.")
    adapter: str | None = Field(description="LoRA adapter of each request; empty: none.")
    allowed: bool = Field(description="Whether questions may go to its host.")
    refusal: str = Field(description="Why they may not; empty: they may.")
    is_here: bool = Field(description="Whether it is on this machine: nothing leaves the host.")
    time_s: float | None = Field(description="Time that an answer may take.")
    temperature: float | None = Field(description="Chance in its words; 0 is none.")
    seed: int | None = Field(description="Seed that it is asked to use.")
    max_tokens: int | None = Field(description="Longest answer, in tokens.")
    chooses: bool = Field(description="Whether the model chooses what is looked up.")
    probed_at: datetime | None = Field(description="When it was tried last; null: never.")
    capabilities: Capabilities | None = Field(
        description="What it was found to be able to do; what was never tried is not supported."
    )


def server_of(database: Database, model: LanguageModel | None) -> AdviceServer:
    """Describe the server that is set up."""
    if model is None:
        return AdviceServer(
            server=None, model=None, adapter=None, allowed=False, refusal="", is_here=False,
            time_s=None, temperature=None, seed=None, max_tokens=None, chooses=False,
            probed_at=None, capabilities=None,
        )  # fmt: skip
    refusal = _refusal(model)
    known = capabilities_of(database, model)
    tried = known.probed_at > 0
    return AdviceServer(
        server=model.server.name,
        model=model.server.model,
        adapter=model.server.adapter,
        allowed=not refusal,
        refusal=refusal,
        is_here=model.server.is_here,
        time_s=model.budget.total_s,
        temperature=model.controls.temperature,
        seed=model.controls.seed,
        max_tokens=model.controls.max_tokens,
        chooses=model.chooses,
        probed_at=from_micros(known.probed_at) if tried else None,
        capabilities=known if tried else None,
    )


def _refusal(model: LanguageModel) -> str:
    try:
        model.server.refuse_unless_allowed()
    except ProviderFailed as refused:
        return refused.detail
    return ""


@router.get("/server")
def server(request: Request, services: ServicesDep, actor: ActorDep) -> AdviceServer:
    """Read what is set up, and what its newest probe found."""
    del actor
    advisor: Advisor = request.app.state.advisor
    return server_of(services.database, advisor.model)


@router.post("/server/probe")
def try_server(
    request: Request, services: ServicesDep, actor: Steward, effective: bool = False
) -> AdviceServer:
    """Try what the server can do, which takes up to a minute; `effective` tries long prompts too.

    The probe sends made-up texts only, never anything of the plant.
    """
    del actor
    advisor: Advisor = request.app.state.advisor
    if advisor.model is None:
        raise Conflict("no language model is set up: set LONGRUN_LLM_URL and start anew")
    try:
        probed(services.database, advisor.model, effective=effective)
    except ProviderFailed as failed:
        raise NotReady(failed.detail) from failed
    return server_of(services.database, advisor.model)
