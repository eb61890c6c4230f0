"""Sentences that are kept, and said in the language of whoever reads them later.

What a long work has to say is written down by a process that nobody waits for. So its
words are kept as they stand in the source, with what goes into them, and translated
when they are read.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of the catalogues (see ``gettext_noop``) and the values named in it.

    Values are text, numbers or sentences.
    """

    text: str
    values: dict = field(default_factory=dict)

    def __str__(self):
        said = {name: str(value) for name, value in self.values.items()}
        return gettext(self.text).format(**said) if said else gettext(self.text)

    def replacing(self, old, new):
        """Return this sentence with ``new`` for ``old`` among its values."""
        values = {
            name: new if value == old else value for name, value in self.values.items()
        }
        return Sentence(self.text, values)

    def to_json(self):
        values = {
            name: value.to_json() if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return {"text": self.text, "values": values}

    @classmethod
    def from_json(cls, data):
        values = {
            name: cls.from_json(value) if isinstance(value, dict) else value
            for name, value in data["values"].items()
        }
        return cls(data["text"], values)


class Told(Exception):
    """What went wrong, in a sentence for whoever is concerned, in their language."""

    def __init__(self, text, **values):
        super().__init__(text, values)
        self.sentence = Sentence(text, values)

    def __str__(self):
        return str(self.sentence)
