#!/usr/bin/env bash
# What the tests need besides Python: a browser (Debian's own is taken), and, where npm
# is, the two checkers of pages. Their tests are skipped without them.
set -euo pipefail
cd "$(dirname "$0")/.."

install_browser() {
    if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then
        return
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Chromium for the browser tests…"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
        return
    fi
    echo "The browser tests need Chromium: install your system's package \"chromium\"." >&2
    exit 1
}

are_checkers_here() {
    sha256sum --check --quiet --status <<'SUMS'
29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c  node_modules/axe-core/axe.min.js
22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47  node_modules/vnu-jar/build/dist/vnu.jar
SUMS
}

install_checkers() {
    if are_checkers_here 2>/dev/null; then
        return
    fi
    if ! command -v npm >/dev/null || ! command -v java >/dev/null; then
        echo "Without npm and java the pages are not checked by axe-core and vnu." >&2
        return
    fi
    echo "Installing the checkers of pages…"
    # Nothing they bring is run at installation; what they are is compared to the sums.
    if ! npm install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
        --loglevel error --prefix "$PWD" axe-core@4.14.1 vnu-jar@26.9.27 >/dev/null; then
        echo "npm could not fetch axe-core and vnu; pages are not checked by them." >&2
    elif ! are_checkers_here; then
        rm -rf node_modules/axe-core node_modules/vnu-jar
        echo "axe-core or vnu is not what was expected, and was thrown away." >&2
        exit 1
    fi
}

install_browser
install_checkers
