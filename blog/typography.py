"""French typography: the spaces and apostrophes that a keyboard does not have.

Set when a text is prepared to be shown, never in what was written. English is left as
it is, and so is code. Source: Lexique des règles typographiques en usage à
l’Imprimerie nationale; one narrow no-break space everywhere, as the web has it.
"""

import re

NARROW = "\u202f"
SPACES = "[ \u00a0\u202f]"
AS_TYPED = frozenset({"code", "pre", "kbd", "samp"})
# An address stays whole; then the marks, from the most to the least particular.
MARKS = re.compile(
    r"(?P<address>(?:https?://|www\.)\S+)"
    rf"|(?P<opening>«){SPACES}*"
    rf"|{SPACES}*(?P<closing>»)"
    rf"|{SPACES}+(?P<spaced>[;:!?](?![\w)(/-]))"
    r"|(?<=[\w)”’…])(?P<bare>[;:!?]+)(?=\s|[»”)]|$)"
    r"|(?<=[^\W\d_])'(?=[^\W\d_]|«)"
    # Elided before an element: “l'<em>été</em>”.
    r"|(?:(?<=\b[cdjlmnst])|(?<=\bqu))'$",
    re.IGNORECASE,
)


def set_text(text, language):
    """Return plain ``text`` in the typography of its language."""
    return MARKS.sub(_set_mark, text) if language == "fr" else text


def set_tree(root, language):
    """Set the texts of an lxml tree in place, each in the language it is marked with.

    This comes before cleaning: nothing may touch HTML that is clean.
    """
    stack = [(root, language)]
    while stack:
        element, language = stack.pop()
        if not isinstance(element.tag, str):
            continue  # a comment
        spoken = (element.get("lang") or language)[:2].lower()
        if element.tag in AS_TYPED:
            continue
        if element.text:
            element.text = set_text(element.text, spoken)
        for child in element:
            if child.tail:
                child.tail = set_text(child.tail, spoken)
            stack.append((child, spoken))


def _set_mark(match):
    kind = match.lastgroup
    if kind == "address":
        return match[0]
    if kind == "opening":
        return f"«{NARROW}"
    if kind is None:
        return "’"
    return f"{NARROW}{match[kind]}"
