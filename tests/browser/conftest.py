"""A real service with a small plant, and a real browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.conftest import migrated
from tests.ops.work.probe import install_probe

ROOT = Path(__file__).parents[2]
FOUND = [
    p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))
]
PICTURED = os.environ.get("DEMO_SIZE")  # of the plant that pictures are taken of
# Chromium heeds the last such list alone: what Playwright switches off as well, and the popups of
# the address bar, which nobody sees and which cost half a second of CPU for each context
SWITCHED_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ARGUMENTS.append("--disable-features=" + ",".join(SWITCHED_OFF))

# two frames, and what they put off: observers have seen the page, and asked for their parts
FRAMES = """() => new Promise(
    done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
STILL = 480  # seconds without a run that ends: the service hangs
QUIET = 3  # looks in a row that find nothing under way

PATIENCE_MS = 60_000  # a page may wait for a processor that others use
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip where there is no browser; the first test waits for the first night."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(1200))
            if not FOUND:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


def _plugins(folder: Path) -> list[Path]:
    """An analysis that takes as long as it is told; it is in no picture."""
    if PICTURED:
        return []
    plugins = folder / "plugins"
    return [plugins if plugins.exists() else install_probe(plugins)]


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the service, and its database with a demo plant."""
    folder = tmp_path_factory.mktemp("service")
    migrated(f"sqlite:///{folder / 'longrun.db'}")
    demo = [sys.executable, "-m", "api.cli", "demo", "--size", PICTURED or "tiny"]
    subprocess.run(demo, env=environment(folder), check=True, capture_output=True)
    return folder


@pytest.fixture(scope="package")
def service(home: Path) -> Iterator[str]:
    """Address of a service with a demo plant and its first night."""
    with serving(home) as address:
        yield address


def environment(folder: Path) -> dict[str, str]:
    """What a service in a folder is set to."""
    settings = {
        "LONGRUN_DATABASE_URL": f"sqlite:///{folder / 'longrun.db'}",
        "LONGRUN_DATA_DIR": str(folder),
        "LONGRUN_AUTH": "none",
        "LONGRUN_LOG_FORMAT": "json",
        "PYTHONPATH": os.pathsep.join(str(p) for p in (ROOT, *_plugins(folder))),
    }
    return {k: v for k, v in os.environ.items() if not k.startswith("LONGRUN_")} | settings


@contextmanager
def serving(folder: Path, *, whole: bool = True, **settings: str) -> Generator[str]:
    """Serve the database of a folder until the end; its address, if `whole` after all runs."""
    log_file = folder / "log"
    with log_file.open("wb") as log:
        served = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", "0"],
            env=environment(folder) | settings,
            stdout=log,
            stderr=log,
        )
    try:
        yield _ready(served, log_file, whole)
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(120)


def _ready(served: "subprocess.Popen[bytes]", log: Path, whole: bool) -> str:
    """Address of a service, once it has said it; if `whole` once all of its runs have succeeded.

    It is waited for as long as runs go on ending: kernels are compiled where they never were.
    """
    ended, until = 0, time.monotonic() + STILL
    while time.monotonic() < until and served.poll() is None:
        time.sleep(0.2)
        said = re.search(r"Longrun is at (http://\S+)", log.read_text(errors="replace"))
        if said is None:
            continue
        runs = httpx.get(f"{said[1]}/v1/runs", timeout=100).json()["items"]
        now = sum(run["state"] == "succeeded" for run in runs)
        if runs and (not whole or now == len(runs)):
            return said[1]
        if now != ended:
            ended, until = now, time.monotonic() + STILL
    raise TimeoutError(log.read_text(errors="replace")[-2000:])


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=FOUND[0], args=ARGUMENTS)
        yield opened
        opened.close()


class Watched:
    """A page whose console and requests are watched."""

    def __init__(self, context: BrowserContext, service: str) -> None:
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.service = service
        self.faults: list[str] = []
        self.foreign: list[str] = []
        self.under_way: set[Request] = set()
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._seen)
        for end in ("requestfinished", "requestfailed"):
            self.page.on(end, lambda request: self.under_way.discard(request))

    def _seen(self, request: Request) -> None:
        address = request.url
        if urlparse(address).scheme in ("http", "https") and not address.startswith(self.service):
            self.foreign.append(address)
        if request.resource_type != "eventsource":  # that one stays open
            self.under_way.add(request)

    def open(self, path: str) -> Page:
        """Go to a path, and wait until nothing more is asked for."""
        self.under_way.clear()  # of the page before
        self.page.goto(self.service + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page is drawn and asks for nothing; `networkidle` idles half a second."""
        until, quiet = time.monotonic() + PATIENCE_MS / 1000, 0
        while quiet < QUIET:
            assert time.monotonic() < until, [request.url for request in self.under_way]
            self.page.wait_for_timeout(20)
            try:
                self.page.evaluate(FRAMES)
            except Error:  # a page that leads on to another
                quiet = 0
                continue
            quiet = 0 if self.under_way else quiet + 1


@pytest.fixture
def visitor(browser: Browser, service: str) -> Iterator[Watched]:
    """A new visitor at a desk; at the end the console was silent and no other host was asked."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    watched = Watched(context, service)
    yield watched
    context.close()
    assert watched.faults == []
    assert watched.foreign == []
