"""What strangers typed, quoted in a mail: readable, and nothing in it to click on.

Mail programs make a link of whatever looks like one. So an address is cut down to its
host, and each dot in it stands in brackets: “https://shop.example/a” is shown as
“shop[.]example”.
"""

import re
import unicodedata

LONGEST = 700
DOTS = "[.\u3002\uff0e\uff61]"
SCHEME = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]{1,20}:/{1,3}|(?:mailto|tel|sms|data|file|javascript):)",
    re.I,
)
HOST_AND_PATH = re.compile(
    rf"((?:[\w-]{{1,64}}{DOTS}){{1,10}}[\w-]{{1,63}})(?::\d{{1,5}})?"
    r"[/?#][^\s<>\"»”)]*"
)
DOT = re.compile(rf"(?<=\w){DOTS}(?=[^\W\d_]{{2}})")
BREAK = re.compile("[\t\v\f\r\x1c-\x1f\x85\u2028\u2029]")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def harmless(text, *, longest=LONGEST):
    """Return a text, cut at ``longest`` characters, without links or hidden signs."""
    text = BREAK.sub(" ", text.replace("\r\n", "\n"))
    shown = "".join(
        character
        for character in unicodedata.normalize("NFC", text[: longest + 1])
        if character == "\n" or unicodedata.category(character) not in INVISIBLE
    )
    if len(text) > longest:
        shown = f"{shown[:longest].rstrip()}…"
    shown = HOST_AND_PATH.sub(r"\1", SCHEME.sub("", shown))
    return DOT.sub("[.]", shown.replace("://", " "))


def one_line(text, *, longest=400):
    # No-break spaces stay: French has one inside its quotes.
    return re.sub("[ \n]+", " ", harmless(text, longest=longest)).strip()


def quoted(text):
    """Return the lines of a text, each marked as somebody else's."""
    lines = harmless(text).strip().split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)
