"""Links between posts of the same blog, as they stand in clean HTML."""

import re

from django.conf import settings

# In the text of clean HTML “<” is always written “&lt;”.
ADDRESS = (
    r'<a\s[^<]*?\bhref="(?:{})?/(?:fr|en)/[0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}}/'
    r'([-\w]+)/["?#]'
)


def linked_slugs(html):
    """Return the slugs of the posts of this blog that ``html`` leads to."""
    pattern = ADDRESS.format(re.escape(settings.SITE_URL))
    return set(re.findall(pattern, html, flags=re.ASCII))
