"""Draws the pictures of the README: run by ``make gallery``, on a demo of its own."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs/gallery"
PASSWORD = "for-the-gallery-alone"
WIDE, NARROW = (1280, 860), (360, 720)

# The name of each picture: what it shows, its language, its light and its size.
SHOTS = {
    "home-fr": ("/fr/", "fr", "light", WIDE),
    "home-en-dark": ("/en/", "en", "dark", WIDE),
    "post-fr-narrow": (
        "post:lettre-a-la-personne-qui-a-pris-mon-velo",
        "fr",
        "light",
        NARROW,
    ),
    "talk-en-dark-narrow": (
        "post:night-train-to-vienna-with-a-table#comments",
        "en",
        "dark",
        NARROW,
    ),
    "desk-fr": ("/moderation/", "fr", "light", WIDE),
    "desk-en-dark-narrow": ("/moderation/", "en", "dark", NARROW),
    "writing-fr": ("/admin/blog/post/add/", "fr", "light", WIDE),
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(data, port):
    """Start a server on a new demo; return it once it answers."""
    surroundings = os.environ | {
        "CTTS_DATA": data, "PORT": str(port), "CTTS_DEMO_PASSWORD": PASSWORD,
    }  # fmt: skip
    server = subprocess.Popen([sys.executable, "deploy/serve.py"], env=surroundings)
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.5)
    sys.exit("The server did not start.")


def sign_in(page, site):
    page.goto(f"{site}/admin/login/?next=/moderation/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/moderation/")


def address(page, site, what):
    """Return where something is; a post of the demo is found by its slug."""
    if not what.startswith("post:"):
        return f"{site}{what}"
    slug, _, anchor = what.removeprefix("post:").partition("#")
    announced = page.request.get(f"{site}/sitemap-posts.xml").text()
    found = re.search(rf"<loc>([^<]+/{slug}/)</loc>", announced)[1]
    return f"{found}#{anchor}" if anchor else found


def draw(browser, site):
    for name, (what, language, scheme, (width, height)) in SHOTS.items():
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=language,
        )
        if not what.startswith(("/fr/", "/en/", "post:")):
            sign_in(page, site)
        page.goto(address(page, site, what), wait_until="networkidle")
        picture = Image.open(BytesIO(page.screenshot()))
        picture.convert("RGB").save(GALLERY / f"{name}.webp", quality=82, method=6)
        page.close()


def main():
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    GALLERY.mkdir(exist_ok=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = started(data, port)
        try:
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu"]
            )
            draw(browser, site)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
