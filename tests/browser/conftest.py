"""A real service with a small plant, and a real browser."""

import os
import shutil
import signal
import socket
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
QUIET = 3  # looks in a row that find nothing under way

expect.set_options(timeout=20_000)  # a page may wait for a processor that others use


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip where there is no browser; the first test waits for the first night."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(360))
            if not FOUND:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


def _plugins(folder: Path) -> list[Path]:
    """An analysis that takes as long as it is told; it is in no picture."""
    if PICTURED:
        return []
    plugins = folder / "plugins"
    return [plugins if plugins.exists() else install_probe(plugins)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
    port = _free_port()
    with (folder / "log").open("wb") as log:
        served = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", str(port)],
            env=environment(folder) | settings,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, folder / "log", whole)
        yield address
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(60)


def _wait(address: str, log: Path, whole: bool) -> None:
    until = time.monotonic() + 240  # kernels are compiled first where they never were
    while time.monotonic() < until:
        try:
            runs = httpx.get(f"{address}/v1/runs").json()["items"]
            if runs and (not whole or all(run["state"] == "succeeded" for run in runs)):
                return
        except (httpx.HTTPError, KeyError, ValueError):
            pass
        time.sleep(0.2)
    raise TimeoutError(log.read_text()[-2000:])


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
        until, quiet = time.monotonic() + 30, 0
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
