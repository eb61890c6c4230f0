"""The two checkers of pages: vnu (HTML) and axe-core (WCAG 2.2 AA).

``tests/setup.sh`` installs them where npm is; without them their tests are skipped.
"""

import json
import shutil
import subprocess

import pytest
from django.conf import settings

MODULES = settings.BASE_DIR / "node_modules"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
AXE = MODULES / "axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the light; all else of a page is the same by day and by night.
COLOURS = ["color-contrast", "link-in-text-block"]
MISSING = "not installed; tests/setup.sh does it where npm and java are"

needs_vnu = pytest.mark.skipif(
    not VNU.exists() or not shutil.which("java"), reason=MISSING
)
needs_axe = pytest.mark.skipif(not AXE.exists(), reason=MISSING)

# The two ways in which pages behind the sign-in are looked at: each language, each
# light, each width. Our policy would keep the checker out.
WAYS = [
    pytest.param(
        {
            "locale": language,
            "color_scheme": scheme,
            "viewport": {"width": width, "height": 900},
            "bypass_csp": True,
        },
        id=f"{language}-{scheme}-{width}",
    )
    for language, scheme, width in (("fr", "dark", 320), ("en", "light", 1280))
]


def errors_in(pages, folder):
    """Return ``(name, message)`` for what vnu finds in ``pages``, a dict of bytes.

    The pages are written into ``folder`` on the way.
    """
    names = list(pages)
    for number, name in enumerate(names):
        (folder / f"{number}.html").write_bytes(pages[name])
    checked = subprocess.run(
        ["java", "-jar", VNU, "--format", "json", *folder.glob("*.html")],
        capture_output=True,
        check=False,
    )
    return [
        (names[int(found["url"].rsplit("/", 1)[1].split(".")[0])], found["message"])
        for found in json.loads(checked.stderr)["messages"]
    ]


def violations_on(page):
    """Return ``(path, rule, element)`` for what axe finds on the page that is open.

    The window must have been opened with ``bypass_csp``: our policy would keep the
    checker out, as it does any other script.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return _violations(page, {"type": "tag", "values": RULES})


def violations_in_both_lights_on(page):
    """Return the same with the light: all rules by day, those of colours by night."""
    found = []
    for light, rules in (
        ("light", {"type": "tag", "values": RULES}),
        ("dark", {"type": "rule", "values": COLOURS}),
    ):
        page.emulate_media(color_scheme=light)
        if light == "light":
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [(light, *violation) for violation in _violations(page, rules)]
    return found


def _violations(page, rules):
    found = page.evaluate("rules => axe.run({runOnly: rules})", rules)["violations"]
    path = page.evaluate("location.pathname + location.search")
    return [
        (path, violation["id"], node["html"])
        for violation in found
        for node in violation["nodes"]
    ]


def faults_of(page, paths, statuses=frozenset({200})):
    """Return what axe finds on each of ``paths``, none of which may scroll sideways."""
    found = []
    for path in paths:
        assert page.goto(path).status in statuses, path
        found += violations_on(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], path
    return found
