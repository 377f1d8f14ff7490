"""The API's own documentation page, from vendored files: no request leaves the host."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

A_YEAR_S = 31_536_000
STATIC = Path(__file__).parent / "static"
_SWAGGER = "/static/vendor/swagger-ui"
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath d='M1 12C4 2 6 2 8 8s4 4 7-5' stroke='%233b6ea5' stroke-width='2' fill='none'/%3E"
    "%3C/svg%3E"
)


class _Kept(StaticFiles):
    """Static files; an address with a content hash may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file."""
        answer = await super().get_response(path, scope)
        hashed = scope["query_string"].startswith(b"v=")
        answer.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}" if hashed else "no-cache"
        return answer


def install(app: FastAPI) -> None:
    """Serve ``/docs`` and the static files; make the app with ``docs_url=None, redoc_url=None``."""
    app.mount("/static", _Kept(directory=STATIC), name="static")

    @app.get("/docs", include_in_schema=False)
    def documentation() -> HTMLResponse:  # pyright: ignore[reportUnusedFunction]
        return get_swagger_ui_html(
            openapi_url=app.openapi_url or "/openapi.json",
            title=f"{app.title} API",
            swagger_js_url=f"{_SWAGGER}/swagger-ui-bundle.js",
            swagger_css_url=f"{_SWAGGER}/swagger-ui.css",
            swagger_favicon_url=_ICON,
            swagger_ui_parameters={"docExpansion": "none", "tryItOutEnabled": True},
        )
