"""How long a moderator waits: three hundred comments, cleared by keyboard alone.

For a blog of `manage.py load_demo --posts 60 --held 300`, made for this alone:

    python tests/bench/desk.py http://127.0.0.1:8000 moderator PASSWORD

Every comment in the queue is decided in a real browser, at random but the same way each
time, and then the pile. Prints milliseconds: from a key to the next comment, and what
the server took for each decision.
"""

import random
import shutil
import sys
import time

from playwright.sync_api import sync_playwright

DECISIONS = ("p", "p", "p", "Digit1", "Digit2", "Digit2", "Digit4")
TOOK = """performance.getEntriesByType("resource")
    .filter((entry) => /moderation\\/[0-9]+\\/$/.test(entry.name))
    .map((entry) => entry.responseStart - entry.requestStart)"""


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def sign_in(page, site, name, password):
    page.goto(f"{site}/admin/login/?next=/moderation/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/moderation/")
    page.evaluate("performance.setResourceTimingBufferSize(5000)")


def clear(page):
    """Decide on every card; return how long each key took to bring the next (ms)."""
    number = page.locator(".card").count()
    rng, felt = random.Random(1), []
    page.keyboard.press("j")
    for _ in range(number):
        start = time.perf_counter()
        page.keyboard.press(rng.choice(DECISIONS))
        page.evaluate("document.activeElement.id")
        felt.append(1000 * (time.perf_counter() - start))
    while len(page.evaluate(TOOK)) < number:
        time.sleep(0.2)
    return felt


def clear_pile(page):
    page.reload()
    while page.locator(".pile").count():
        before = page.locator(".pile").element_handle()
        page.locator(".pile button.main").press("Enter")
        before.wait_for_element_state("hidden")


def main(site, name, password):
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        sign_in(page, site, name, password)
        print("at first:", page.inner_text("h1"))
        felt = clear(page)
        took = page.evaluate(TOOK)
        for what, values in (("key to next comment", felt), ("server", took)):
            median, slow = percentile(values, 0.5), percentile(values, 0.95)
            print(f"{what}, {len(values)} times: {median:.0f} ms, p95 {slow:.0f} ms")
        clear_pile(page)
        print("at last:", page.inner_text("h1"))


if __name__ == "__main__":
    main(*sys.argv[1:])
