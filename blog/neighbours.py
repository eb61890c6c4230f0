"""What else to read after a post: its series, what it links to and back, and alike."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from .models import Post, PostLink

MOST_BOUNCES, MOST_ALIKE = 8, 3
SHOWN = ("slug", "published_at", "original_language", "title_fr", "title_en")


@dataclass(frozen=True, slots=True)
class Around:
    """Posts that link to one (``back``), that it links to (``out``), and others."""

    back: list
    out: list
    alike: list


@dataclass(frozen=True, slots=True)
class InSeries:
    """The posts before and after one in its series, and its place from 1 on.

    Empty and 0 where there is no series, or no other post in it.
    """

    previous: Post | None = None
    following: Post | None = None
    place: int = 0
    size: int = 0


def in_series(post):
    """Return where a published ``post`` stands in its series, in one query."""
    if post.series_id is None or not post.is_published:
        return InSeries()
    whole = Post.objects.published().filter(series=post.series_id)
    others = whole.exclude(pk=post.pk)
    earlier = others.filter(
        Q(published_at__lt=post.published_at)
        | Q(published_at=post.published_at, pk__lt=post.pk)
    ).order_by("-published_at", "-pk")
    later = others.exclude(pk__in=earlier.values("pk")).order_by("published_at", "pk")
    both = (
        others.filter(
            Q(pk__in=earlier.values("pk")[:1]) | Q(pk__in=later.values("pk")[:1])
        )
        .annotate(before=_number_of(earlier), size=_number_of(whole))
        .only(*SHOWN)
    )
    here = (post.published_at, post.pk)
    previous = following = None
    place = size = 0
    for neighbour in both:
        place, size = (neighbour.before or 0) + 1, neighbour.size
        if (neighbour.published_at, neighbour.pk) < here:
            previous = neighbour
        else:
            following = neighbour
    return InSeries(previous, following, place, size)


def _number_of(posts):
    """How many ``posts`` of one series there are, as part of a query; or NULL."""
    return Subquery(
        posts.order_by().values("series").annotate(n=Count("pk")).values("n")
    )


def around(post, *, without=()):
    """Return what stands around ``post``, in one query; the most alike first.

    Alike is what shares tags with it. ``without`` are posts shown beside it already.
    """
    tags = [tag.pk for tag in post.tags.all()]
    back = PostLink.objects.filter(slug=post.slug)
    out = PostLink.objects.filter(source=post)
    filed = Post.tags.through.objects.filter(tag_id__in=tags)
    shared = filed.filter(post_id=OuterRef("pk")).order_by().values("post_id")
    found = (
        Post.objects.published()
        .exclude(pk=post.pk)
        .filter(
            Q(pk__in=back.values("source"))
            | Q(slug__in=out.values("slug"))
            | Q(pk__in=filed.values("post_id"))
        )
        .annotate(
            leads_here=Exists(back.filter(source=OuterRef("pk"))),
            is_led_to=Exists(out.filter(slug=OuterRef("slug"))),
            shared=Subquery(shared.annotate(n=Count("pk")).values("n")),
        )
        .annotate(is_bounce=Q(leads_here=True) | Q(is_led_to=True))
        .order_by("-is_bounce", "-shared", "-published_at", "-pk")
        .only(*SHOWN)[: MOST_BOUNCES + MOST_ALIKE + len(without)]
    )
    found = list(found)
    beside = {other.pk for other in without if other}
    alike = [p for p in found if not p.is_bounce and p.pk not in beside]
    return Around(
        back=[p for p in found if p.leads_here],
        out=[p for p in found if p.is_led_to],
        alike=alike[:MOST_ALIKE],
    )
