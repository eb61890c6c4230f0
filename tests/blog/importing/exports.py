"""Small exports, written as WordPress writes them, for the tests of the import."""

from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Le vieux carnet</title><link>https://carnet.example</link>
<language>fr-FR</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://carnet.example</wp:base_site_url>
<wp:base_blog_url>https://carnet.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>lise</wp:author_login>
<wp:author_email>lise@carnet.example</wp:author_email>
<wp:author_display_name><![CDATA[Lise Favre]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>"


def export(*items):
    return HEAD + "\n".join(items) + TAIL


def item(number=1, content="Un texte en français, pour voir.", *, more="", **fields):
    """Return an item; ``fields`` are elements with ``wp:`` left out, and ``title``."""
    title = fields.pop("title", f"Billet {number}")
    link = fields.pop("link", f"https://carnet.example/2010/05/04/billet-{number}/")
    excerpt = fields.pop("excerpt", "")
    creator = fields.pop("creator", "lise")
    values = {
        "post_id": number,
        "post_date": "2010-05-04 12:00:00",
        "post_date_gmt": "2010-05-04 10:00:00",
        "comment_status": "open",
        "post_name": f"billet-{number}",
        "status": "publish",
        "post_parent": 0,
        "post_type": "post",
        "post_password": "",
    } | fields
    return (
        f"<item><title>{title}</title><link>{escape(link)}</link>"
        f"<dc:creator><![CDATA[{creator}]]></dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>"
        + _elements(values)
        + f"{more}</item>"
    )


def meta(key, value):
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def term(name, domain="post_tag", nicename=""):
    return (
        f'<category domain="{domain}" nicename="{nicename or name.lower()}">'
        f"<![CDATA[{name}]]></category>"
    )


def comment(number, content="Tout à fait d’accord.", **fields):
    """Return a comment; ``fields`` are elements with ``wp:comment_`` left out."""
    values = {
        "id": number,
        "author": f"Commentateur {number}",
        "author_email": f"c{number}@mail.example",
        "author_url": "",
        "author_IP": "192.0.2.7",
        "date": "2010-05-05 12:00:00",
        "date_gmt": f"2010-05-05 10:{number % 60:02}:00",
        "approved": "1",
        "type": "",
        "parent": 0,
        "user_id": 0,
    } | fields
    return (
        "<wp:comment>"
        + _elements({f"comment_{name}": value for name, value in values.items()})
        + f"<wp:comment_content><![CDATA[{content}]]></wp:comment_content></wp:comment>"
    )


def _elements(values):
    return "".join(
        f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in values.items()
    )
