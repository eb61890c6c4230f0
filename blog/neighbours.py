"""What else to read after a post: what it leads to, what leads to it, what is alike."""

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
