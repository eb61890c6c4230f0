"""What search engines may find: each text once, at its canonical address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ctts.addresses import absolute

from .models import Language, Page, Post, Series, Tag


class OwnSitemap(Sitemap):
    """A sitemap of the address readers know, whatever address this request used."""

    i18n = True
    limit = 5000

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def _urls(self, page, protocol, domain):
        urls = super()._urls(page, protocol, domain)
        for url in urls:
            # A text without translation is no alternative to itself.
            if len(url.get("alternates", [])) < 2:
                url["alternates"] = []
        return urls


class WritingSitemap(OwnSitemap):
    """Texts under the languages they are written in, and no other."""

    alternates = True
    model = Post

    def items(self):
        written = {
            f"is_full_in_{language}": Q(
                **{f"title_{language}__gt": "", f"body_{language}__gt": ""}
            )
            for language in Language.values
        }
        return (
            self.model.objects.published()
            .annotate(**written)
            .only("slug", "published_at", "modified_at", "original_language")
            .order_by("pk")
        )

    def get_languages_for_item(self, item):
        return [
            language
            for language in Language.values
            if getattr(item, f"is_full_in_{language}")
        ]

    def lastmod(self, item):
        return item.modified_at


class PostSitemap(WritingSitemap):
    def items(self):
        # What another site is the canonical address of is that site's to announce.
        return super().items().filter(source_is_canonical=False)


class PageSitemap(WritingSitemap):
    model = Page


class ListSitemap(OwnSitemap):
    """Front page, archives, series and tags: the same in a frame of each language."""

    alternates = True

    def items(self):
        published = Post.objects.published()
        series = Series.objects.filter(posts__in=published).distinct()
        tags = Tag.objects.filter(posts__in=published).distinct()
        return ["blog:home", "blog:archive", *series, *tags]

    def location(self, item):
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()


SECTIONS = {"lists": ListSitemap, "posts": PostSitemap, "pages": PageSitemap}


@require_safe
def index(request):
    # Django's own builds these addresses from the request and the table of sites.
    locations = []
    for name, sitemap in SECTIONS.items():
        location = absolute(reverse("sitemap_section", args=[name]))
        pages = sitemap().paginator.page_range
        locations += [
            views.SitemapIndexItem(location if page == 1 else f"{location}?p={page}")
            for page in pages
        ]
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": locations},
        content_type="application/xml",
    )


@require_safe
def section(request, section):
    return views.sitemap(request, SECTIONS, section=section)
