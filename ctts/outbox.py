"""The way of every mail into the outbox, word for word."""

import copy
import re

from post_office.backends import EmailBackend as PostOfficeBackend

TAG_NAMES = {"{%": "openblock", "{{": "openvariable", "{#": "opencomment"}
TAG_OPENING = re.compile("|".join(map(re.escape, TAG_NAMES)))


class EmailBackend(PostOfficeBackend):
    """Keeps mails as they were written, for whom they were written.

    post-office takes each subject and each body for the source of a template, whoever's
    words they quote: a comment could have it read out what only the server knows. And
    it keeps the addresses of a mail as one text, with commas between: “"a,b@c.example,
    d"@e.example” is one address when it is typed, and three when it is sent.

    Raises ``ValueError`` for an address with a comma.
    """

    def send_messages(self, email_messages):
        for message in email_messages:
            for address in message.recipients():
                if "," in address:
                    raise ValueError(f"This would be several addresses: {address!r}")
        return super().send_messages([_literal(message) for message in email_messages])


def _literal(message):
    """Return a copy of ``message`` whose template source says what the message says."""
    message = copy.copy(message)
    message.subject = _as_source(message.subject)
    message.body = _as_source(message.body)
    if hasattr(message, "alternatives"):
        message.alternatives = [
            (_as_source(content), mimetype)
            for content, mimetype in message.alternatives
        ]
    return message


def _as_source(text):
    return TAG_OPENING.sub(
        lambda match: f"{{% templatetag {TAG_NAMES[match[0]]} %}}", str(text)
    )
