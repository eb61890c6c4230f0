"""The README's pictures, taken of the demo in a real browser: `make gallery SITE=…`.

For a site of `make run` with its demo. Writes WebP files to docs/gallery, each named
after its page, language, scheme and width.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs/gallery"
# Name, address or the link on the page before that leads there, what to show first,
# width and height in CSS pixels, and scheme.
SHOTS = (
    ("home-fr-light-1280", "/fr/", "", (1280, 860), "light"),
    (
        "post-en-dark-1280",
        "/en/ .entry:nth-child(2) .entry-title a",
        "",
        (1280, 860),
        "dark",
    ),
    ("talk-fr-light-360", "/fr/ .comment-count", "#comments", (360, 760), "light"),
    ("post-fr-dark-360", "/fr/ .entry-title a", "", (360, 760), "dark"),
    ("search-en-light-360", "/en/search/?q=piano", "", (360, 760), "light"),
    ("archives-fr-dark-360", "/fr/archives/", "", (360, 760), "dark"),
)


def take(browser, site, name, address, target, size, scheme):
    width, height = size
    window = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=1 if width > 600 else 2,
    )
    page = window.new_page()
    path, _, link = address.partition(" ")
    page.goto(site + path)
    if link:
        page.locator(link).first.click()
        page.wait_for_load_state()
    if target:
        page.locator(target).first.evaluate("element => element.scrollIntoView()")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(FOLDER / f"{name}.webp", quality=80, method=6)
    window.close()


def main(site):
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        for shot in SHOTS:
            take(browser, site.rstrip("/"), *shot)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
