"""Read what PHP's ``serialize`` wrote, as data: nothing is ever instantiated.

And write it: texts by their names, which is all that is ever needed.

Lengths (in bytes) are often wrong: a database moved from one encoding to another
keeps the old ones. Where a string does not end where its length says, it ends at the
first ``";`` after which something else can begin.
"""

import re

MAX_DEPTH = 50
STRING_END = re.compile(rb'";(?=[abdisNOCRrE][:;]|\}|\Z)')
SCALAR = re.compile(rb"([idbRr]):([^;]*);")
SIZE = re.compile(rb"(\d+):")


def loads(text):
    """Return the value that ``text`` describes.

    Arrays and objects become dicts (an object's class is forgotten), references None.
    Raises ``ValueError`` if ``text`` is nothing that PHP wrote.
    """
    reader = _Reader(text.strip().encode("utf-8", "surrogatepass"))
    return reader.value(0)


def dumps(texts):
    """Return a mapping of ``str`` to ``str`` as PHP would write it."""
    pairs = "".join(_dumped(key) + _dumped(text) for key, text in texts.items())
    return f"a:{len(texts)}:{{{pairs}}}"


def _dumped(text):
    return f's:{len(text.encode())}:"{text}";'


class _Reader:
    def __init__(self, data):
        self.data = data
        self.position = 0

    def value(self, depth):
        if depth > MAX_DEPTH:
            raise ValueError("The data is nested too deeply.")
        kind = self.data[self.position : self.position + 2]
        if kind == b"N;":
            self.position += 2
            return None
        if kind == b"s:":
            self.position += 2
            return self._string()
        if kind == b"a:":
            self.position += 2
            return self._pairs(depth)
        if kind == b"O:":
            self.position += 2
            self._string(ends_with=b'":')
            return self._pairs(depth)
        return self._scalar()

    def _scalar(self):
        found = SCALAR.match(self.data, self.position)
        if not found:
            raise ValueError(f"Nothing PHP writes, at byte {self.position}.")
        self.position = found.end()
        kind, value = found.groups()
        if kind == b"i":
            return int(value)
        if kind == b"d":
            return float(value)
        return value == b"1" if kind == b"b" else None

    def _size(self):
        found = SIZE.match(self.data, self.position)
        if not found:
            raise ValueError(f"A length is missing, at byte {self.position}.")
        self.position = found.end()
        return int(found[1])

    def _string(self, ends_with=b'";'):
        size = self._size()
        start = self.position + 1
        if self.data[self.position : start] != b'"':
            raise ValueError(f"A quote is missing, at byte {self.position}.")
        end = start + size
        if self.data[end : end + 2] != ends_with:
            end = self._end_of_string(start, ends_with)
        self.position = end + 2
        return self.data[start:end].decode("utf-8", "replace")

    def _end_of_string(self, start, ends_with):
        if ends_with == b'":':
            end = self.data.find(ends_with, start)
        else:
            found = STRING_END.search(self.data, start)
            end = found.start() if found else -1
        if end < 0:
            raise ValueError(f"The string at byte {start} has no end.")
        return end

    def _pairs(self, depth):
        self._size()
        if self.data[self.position : self.position + 1] != b"{":
            raise ValueError(f"A brace is missing, at byte {self.position}.")
        self.position += 1
        pairs = {}
        while self.data[self.position : self.position + 1] != b"}":
            if self.position >= len(self.data):
                raise ValueError(f"An array has no end, at byte {self.position}.")
            key = self.value(depth + 1)
            pairs[key if isinstance(key, (int, str)) else str(key)] = self.value(
                depth + 1
            )
        self.position += 1
        return pairs
