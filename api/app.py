"""The web application: one process, many threads, no state but its services."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from importlib import import_module

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute

from api import contract, documentation, errors, idempotency
from api.deps import Services, authenticated
from api.half_character import refuse_half_characters
from api.metrics import Metrics
from api.neighbours import Neighbours
from api.observe import Observe
from api.parameters import refuse_strays
from api.rate import Rate
from api.recent_charts import RecentCharts
from api.run_events import Poller
from api.sizes import BodyLimit, Smaller
from ops.db.recent import RecentSeries
from ops.work.advise.advisor import Advisor
from ops.work.predict import Predictor

ROUTERS: tuple[str, ...] = (  # modules with a `router`; their callers are known
    "api.action_policies",
    "api.advice_digest",
    "api.advice_events",
    "api.advice_server",
    "api.advice",  # after those of fixed addresses
    "api.alert_actions",
    "api.alerts",
    "api.analyses",
    "api.audit",
    "api.baselines",
    "api.brand",
    "api.calendars",
    "api.characteristics",
    "api.chart_designs",
    "api.charts",
    "api.dataset_rows",
    "api.datasets",
    "api.events",
    "api.ingests",
    "api.keys",
    "api.life_approvals",
    "api.life_rows",
    "api.life_tests",
    "api.limits",
    "api.marks",
    "api.measurements",
    "api.memories",
    "api.model_aliases",
    "api.model_cards",
    "api.model_registration",
    "api.model_versions",
    "api.models",
    "api.packages",
    "api.points",
    "api.predictions",
    "api.reaction_plans",
    "api.reasons",
    "api.reports",
    "api.retention",
    "api.revisions",
    "api.run_events",
    "api.run_lengths",
    "api.runs",
    "api.scenario_files",
    "api.scenario_history",
    "api.scenario_revisions",
    "api.scenario_sources",
    "api.scenarios",
    "api.schedules",
    "api.sites",
    "api.sources",
    "api.tools",
    "api.units",
    "api.users",
)
PAGES = (
    "api.pages.action_policies",
    "api.pages.advice",
    "api.pages.alerts",
    "api.pages.analyses",
    "api.pages.characteristics",
    "api.pages.chart_designs",
    "api.pages.chart_search",
    "api.pages.data",
    "api.pages.datasets",
    "api.pages.digest",
    "api.pages.events",
    "api.pages.life_tests",
    "api.pages.memories",
    "api.pages.model_use",
    "api.pages.models",
    "api.pages.overview",
    "api.pages.packages",
    "api.pages.reaction_plans",
    "api.pages.runs",
    "api.pages.scenarios",
    "api.pages.schedules",
    "api.pages.settings",
)
OPEN_ROUTERS = (
    "api.health",
    "api.metrics",
    "api.pages.brand",
    "api.pages.login",
    "api.pages.problems",
)  # nobody asks who calls


def create_app(services: Services) -> FastAPI:
    """Build the application around its services; closing it closes them."""
    settings = services.settings

    app = FastAPI(
        title="Longrun",
        version="1",
        summary="Operations analytics for manufacturing and logistics",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=contract.operation_id,
    )
    equip(app, services)
    errors.install(app)
    documentation.install(app)
    app.add_exception_handler(idempotency.Answered, idempotency.replay)
    contract.install(app, keys=settings.auth == "keys")
    _add_layers(app, services)
    for module in OPEN_ROUTERS:
        app.include_router(_router(module))
    for module in ROUTERS:
        asked = (authenticated, refuse_strays, refuse_half_characters)
        app.include_router(_router(module), dependencies=[Depends(one) for one in asked])
    for module in PAGES:
        app.include_router(import_module(module).router, dependencies=[Depends(authenticated)])
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    services: Services = app.state.services
    # as many threads as connections: a request never waits for one while it holds the other
    to_thread.current_default_thread_limiter().total_tokens = services.settings.threads
    app.state.advisor.begin()
    yield
    app.state.predictor.close()
    app.state.advisor.close()
    services.queue.close()
    services.database.engine.dispose()


def equip(app: FastAPI, services: Services) -> None:
    """Give an application its services, and all that it remembers from one request to the next."""
    settings = services.settings
    app.state.services = services
    app.state.recent = RecentSeries()
    app.state.charts = RecentCharts()
    app.state.poller = Poller(services.database)
    app.state.writers = CapacityLimiter(max(1, settings.threads // 2))
    app.state.touched = dict[int, datetime]()
    app.state.rate = Rate(settings.rate_limit)
    app.state.under_way = set[tuple[str, str]]()
    app.state.metrics = Metrics(services.database, settings)
    app.state.predictor = Predictor(services.database, settings)
    app.state.advisor = Advisor(services.database, services.queue, settings)


def _add_layers(app: FastAPI, services: Services) -> None:
    # the last one added is the outermost
    app.add_middleware(Smaller)
    app.add_middleware(BodyLimit, settings=services.settings)
    if services.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=services.settings.cors_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
            expose_headers=["ETag", "Location", "X-Request-ID"],
        )
    if services.settings.auth == "none":
        app.add_middleware(Neighbours, settings=services.settings)
    app.add_middleware(Observe)


def _router(module: str) -> APIRouter:
    router: APIRouter = import_module(module).router
    for route in router.routes:
        if type(route) is APIRoute:
            route.__class__ = idempotency.OnceRoute  # every POST, whoever wrote it
    return router
