"""A blog with one of everything, for what is true of every page and every feed."""

from django.utils import timezone, translation

from blog.look import nearest_readable
from blog.models import Blog, Page

from .factories import (
    CommentFactory,
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
)

BODY = (
    "<p>Un paragraphe, <a href='/fr/'>un lien</a>, <code>du code</code>.</p>"
    "<h2>Un titre</h2><ul><li>un</li></ul><blockquote><p lang='en'>Quoted.</p>"
    "</blockquote><pre><code>x = 1</code></pre><table><caption>Prix</caption><tr>"
    "<th scope='col'>a</th><th scope='col'>b</th></tr><tr><td>1</td><td>2</td></tr>"
    "</table><hr><p>Fin<sup>1</sup> <del>a</del> <ins>b</ins> <mark>c</mark></p>"
)
EXTENSIONS = ("rss", "atom", "json")


def write_whole_blog():
    """Write it; return the addresses of its pages by their kind, and of its feeds."""
    wide = PictureFactory(
        file__width=1300, file__height=800, caption_fr="Au four", credit="Camille"
    )
    Blog.objects.create(
        title_fr="Le fournil", title_en="The bakehouse", tagline_fr="Du pain",
        # Of the colours that are taken, about the palest and the darkest.
        accent=nearest_readable("#ffd000", "light"),
        accent_dark=nearest_readable("#000080", "dark"),
        header_picture=wide, portrait=PictureFactory(), icon=PictureFactory(),
        author_name="Camille", about_fr="Je pétris.", about_en="I knead.",
    )  # fmt: skip
    series, tag = SeriesFactory(slug="fournil"), TagFactory(slug="pain")
    PostFactory(series=series)
    french = PostFactory(
        body_fr=f"{BODY}<figure><img src='{wide.file.url}'></figure>",
        series=series, lead_picture=wide,
        source_name="La Gazette", source_url="https://gazette.example/pain",
    )  # fmt: skip
    french.tags.add(tag)
    english = EnglishPostFactory(
        title_fr="Traverser les Alpes", body_fr="<p>Le train est parti tard.</p>"
    )
    first = CommentFactory(post=french, user_url="https://noemie.example/")
    answer = CommentFactory(post=french, parent=first, user=french.author)
    CommentFactory(post=french, parent=answer, affiliation="La Gazette", language="en")
    PostFactory.create_batch(9)
    about = Page.objects.create(
        slug="moi", title_fr="Moi", body_fr=BODY, published_at=timezone.now()
    )
    with translation.override("en"):
        in_english = english.get_absolute_url()
    pages = {
        "home": "/fr/",
        "home in English": "/en/",
        "one language": "/fr/only/en/",
        "column from elsewhere": french.get_absolute_url(),
        "post in French": english.get_absolute_url(),
        "post in English": in_english,
        "archives": "/fr/archives/",
        "year": f"/en/{timezone.now():%Y}/",
        "month": f"/fr/{timezone.now():%Y/%m}/",
        "tag": "/fr/tags/pain/",
        "list of series": "/fr/series/",
        "series": "/en/series/fournil/",
        "page": about.get_absolute_url(),
        "search": "/fr/search/",
        "found": "/en/search/?q=pain",
        "nothing found": "/fr/search/?q=zanzibar",
        "talk, newest first": f"{french.get_absolute_url()}comments/newest/",
        "answer": f"/fr/comments/{first.pk}/reply/",
    }
    feeds = [
        f"/feeds/{name}.{extension}"
        for name in (
            "all", "fr", "en", "tags/pain", "series/fournil", "comments",
            f"comments/{french.pk}", f"comments/{english.pk}",
        )
        for extension in EXTENSIONS
    ]  # fmt: skip
    return pages, feeds
