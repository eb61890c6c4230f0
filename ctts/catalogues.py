"""Compiles the translations (python -m ctts.catalogues): no machine needs gettext."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

BASE_DIR = Path(__file__).resolve().parent.parent


def compile_stale():
    """Compile each catalogue that is newer than what was made of it.

    Returns the paths that were compiled.
    """
    compiled = []
    for source in BASE_DIR.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        # Whole or not at all: another process may be reading it.
        partial = target.with_suffix(".part")
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_stale()
