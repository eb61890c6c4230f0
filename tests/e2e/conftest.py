"""A real browser on a real server. Playwright drives the distribution's Chromium."""

import os
import shutil

import pytest

# Playwright's own event loop runs in this thread; Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("The browser tests need Chromium; `make test` installs it.")
    return path


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def give_session(context, client, address):
    """Let a window be whoever ``client`` is signed in as."""
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


@pytest.fixture
def visitor(browser, live_server, settings):
    """Return a function that opens a window of its own on the site.

    When the test ends, each window has to have met no error, contacted nobody else,
    and had nothing stopped by the content security policy.
    """
    settings.SITE_URL = live_server.url
    troubles, windows = [], []

    def open_window(**options):
        defaults = {"base_url": live_server.url, "locale": "fr-CH"}
        context = browser.new_context(**(defaults | options))
        windows.append(context)
        page = context.new_page()
        page.on("console", lambda m: m.type == "error" and troubles.append(m.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda r: (
                r.url.startswith((live_server.url, "data:"))
                or troubles.append(f"asked {r.url}")
            ),
        )
        return page

    # For a test that looks for trouble: what it has met may be checked and forgotten.
    open_window.troubles = troubles
    yield open_window
    for window in windows:
        window.close()
    assert troubles == []


@pytest.fixture
def signed_in(visitor, live_server, admin_client):
    """Return a function that opens a window signed in as the blogger."""

    def open_window(**options):
        page = visitor(**options)
        page.set_default_timeout(90_000)  # a busy machine is not a broken page
        give_session(page.context, admin_client, live_server.url)
        return page

    return open_window
