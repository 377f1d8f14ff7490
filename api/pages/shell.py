"""What every page is handed: the visitor, their language, and how to answer with a template."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api.deps import ActorDep, Now, ServicesDep
from api.documentation import STATIC
from api.pages.about import about_of, ask_address
from api.pages.brand import brand_of
from api.pages.navigation import NAVIGATION
from api.render import atlas, echarts
from api.render.words import LANGUAGES, Words, words_for
from ops.analyses.registry import all_analyses
from ops.page import Verdict
from ops.page_chart import Map
from ops.values import Actor

TEMPLATES = Path(__file__).parents[1] / "templates"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src-attr 'unsafe-inline';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
A_YEAR_S = 31_536_000
_CODE = re.compile("`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page."""

    request: Request
    actor: Actor | None
    words: Words
    now: datetime
    keys: bool

    def show(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Answer with a template; ``?lang=`` is remembered.

        What a page is about goes as `about` to the box to ask in; its address tells it otherwise.
        """
        if "about" not in values:
            values["about"] = about_of(self.request.url.path, self.request.query_params)
        body = (
            environment(self.words.language)
            .get_template(template)
            .render(
                visit=self,
                words=self.words,
                now=self.now,
                path=self.request.url.path,
                navigation=NAVIGATION,
                languages=LANGUAGES,
                brand=brand_of(self.request),
                **values,
            )
        )
        answer = HTMLResponse(body, status, headers={"Content-Security-Policy": POLICY})
        answer.headers["Vary"] = "Cookie, Accept-Language"
        answer.headers["Cache-Control"] = "no-store"
        if self.request.query_params.get("lang") in LANGUAGES:
            answer.set_cookie("lang", self.words.language, max_age=A_YEAR_S, samesite="lax")
        return answer

    def here(self, **changes: str | None) -> str:
        """Address of this page with some query parameters changed; None removes one."""
        kept = {k: v for k, v in self.request.query_params.items() if k not in changes}
        kept |= {k: v for k, v in changes.items() if v}
        return str(self.request.url.replace(query="").path) + _query(kept)


def _query(params: dict[str, str]) -> str:
    return f"?{urlencode(params)}" if params else ""


def words_of(request: Request) -> Words:
    """Language and zone of a request: asked for, remembered, or accepted by the browser."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    accepted = request.headers.get("accept-language", "")
    zone = unquote(request.cookies.get("zone", ""))  # the browser writes Asia%2FKuala_Lumpur
    return words_for(chosen, accepted, zone)


def _visit(request: Request, services: ServicesDep, actor: ActorDep, now: Now) -> Visit:
    return Visit(request, actor, words_of(request), now, services.settings.auth == "keys")


VisitDep = Annotated[Visit, Depends(_visit)]


@cache
def environment(language: str) -> Environment:
    """Templates of one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(words_for(language).translations, newstyle=True)  # type: ignore[attr-defined]
    given: dict[str, Any] = made.globals
    given.update(static=static, chart_option=echarts.option, map_svg=_map_svg)
    given.update(
        coded=_coded, ask_address=ask_address, analysis_title=partial(_analysis_title, language)
    )
    given.update(map_groups=atlas.groups_of, verdict_of=Verdict.model_validate)
    return made


def _coded(text: str) -> Markup:
    """Show what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def _analysis_title(language: str, name: str) -> str:
    """Title of an analysis in a language; the name of one that is no longer installed."""
    titles = {analysis.name: analysis.title for analysis in all_analyses()}
    return words_for(language).text(titles.get(name, name))


def _map_svg(drawn: Map) -> Markup:
    return Markup(atlas.draw_map(drawn, themed=True))


@cache
def static(path: str) -> str:
    """Address of a static file; it changes with the content, so browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"
