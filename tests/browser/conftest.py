"""Share a server, a browser and a page that may ask no other host and break no policy."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from sayso.web.bundle import scripts
from serving import serving

REQUIRED = "SAYSO_REQUIRE_BROWSER"
SHOTS = "SAYSO_SCREENSHOTS"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEADLINE = 4  # seconds that a request may take
WAIT = 15_000  # milliseconds; the machine may be busy
# What a browser says of a status that a test asks for.
_EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of (?:4|5)\d\d"
)


def lacking(reason: str) -> NoReturn:
    """Skip with a reason, or fail where nothing may be lacking."""
    if REQUIRED in os.environ:
        pytest.fail(f"{REQUIRED} is set, and {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the graph that comes with sayso, as a user does."""
    with serving("--no-check", "--timeout", str(DEADLINE)) as site:
        yield site.address.rstrip("/")


# Of the package, not the session: while Playwright runs, its event loop is this thread's, and no
# other test could have one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start a browser of this machine, each time with a profile of its own."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        lacking("there is no Chromium here (Debian: apt-get install chromium)")
    if not scripts():
        lacking("the scripts of the pages are not bundled (make bundle)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for pictures of the pages, which a variable may name."""
    named = os.environ.get(SHOTS)
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class Watch:
    """What goes on in a browser that no page of sayso may do."""

    host: str
    seen: int = 0
    faults: list[str] = field(default_factory=list)

    def on(self, context: BrowserContext) -> None:
        """Listen to all pages of a context."""
        context.on("request", lambda request: self.asked(request.url))
        context.on("console", self.said)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))

    def asked(self, url: str) -> None:
        """Count a request, and note one that goes to another host."""
        self.seen += 1
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.faults.append(f"another host was asked: {url}")

    def said(self, message: ConsoleMessage) -> None:
        """Note what a browser complains of, such as a broken Content-Security-Policy."""
        if message.type in {"error", "warning"} and not _EXPECTED.match(message.text):
            self.faults.append(message.text)


@pytest.fixture
def watch(address: str) -> Watch:
    """Make what watches over one test."""
    return Watch(urlsplit(address).netloc)


@pytest.fixture
def context(browser: Browser, address: str, watch: Watch) -> Iterator[BrowserContext]:
    """Open a window of one visitor; at its end nothing forbidden may have happened."""
    opened = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(WAIT)
    watch.on(opened)
    yield opened
    opened.close()
    assert watch.seen, "nothing was watched"
    assert watch.faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open a page."""
    return context.new_page()
