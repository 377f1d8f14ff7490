"""The web application: one process, many threads, no state but its services."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module

from fastapi import APIRouter, FastAPI

from api import errors
from api.deps import Services

ROUTERS: tuple[str, ...] = ()  # modules with a `router`


def create_app(services: Services) -> FastAPI:
    """Build the application around its services; closing it closes them."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        yield
        services.queue.close()
        services.database.engine.dispose()

    app = FastAPI(title="Longrun", version="1", lifespan=lifespan)
    app.state.services = services
    errors.install(app)
    for module in ROUTERS:
        router: APIRouter = import_module(module).router
        app.include_router(router)
    return app
