"""How large a body may be, announced or not."""

from fastapi import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from ops.errors import TooLarge
from ops.settings import Settings

UPLOADS = ("/v1/measurements",)
SCENARIOS = "/v1/scenarios"
LIFE_TESTS = "/v1/life-tests/"
MODELS, PREDICT, VERSIONS = "/v1/models/", "/predict", "/versions"
DATASETS = "/v1/datasets/"
MIB = 1024 * 1024


class BodyLimit:
    """Refuses a body above the limit of its path, also one that comes in chunks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = MIB * self._limit_mb(scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            too_large = TooLarge(_detail(limit))
            response = problems.answer(
                problems.kind_of(too_large), str(too_large), headers={"Connection": "close"}
            )
            await response(scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit), send)

    def _limit_mb(self, path: str) -> int:
        if path.rstrip("/") in UPLOADS:
            return self.settings.max_upload_mb
        if path.startswith(SCENARIOS):
            return self.settings.max_scenario_mb
        if path.startswith(LIFE_TESTS):
            return self.settings.max_life_test_mb
        if path.startswith(DATASETS):
            return self.settings.max_dataset_mb
        if path.startswith(MODELS) and path.endswith(PREDICT):
            return self.settings.max_predict_mb
        if path.startswith(MODELS) and path.endswith(VERSIONS):
            return self.settings.max_onnx_mb
        return self.settings.max_body_mb


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            # the one error that FastAPI lets through while it reads a body
            raise HTTPException(413, _detail(limit), {"Connection": "close"})
        return message

    return counting


def _detail(limit: int) -> str:
    return (
        f"the body is larger than {limit // MIB} MiB; send less, or raise its LONGRUN_MAX_ setting"
    )


class Smaller(GZipMiddleware):
    """Compress pages, scripts and charts; what the API streams goes as it is.

    Level 9, the default, takes 400 ms for the chart of a million points; level 5 takes 40 ms and
    makes it 4 % larger.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path = scope.get("path", "")
        if path.startswith("/v1/") and not path.endswith("/chart"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
