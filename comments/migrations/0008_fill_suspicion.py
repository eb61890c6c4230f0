from django.db import migrations
from django.db.models import OuterRef, Subquery

STATUS_AFTER = {'publish': 'published', 'reject': 'rejected', 'reopen': 'held'}


def point_to_latest_screenings(apps, schema_editor):
    """Let each comment name its latest screening, and each of these its suspicion."""
    # Here, so that a blog without comments can be made by any later version.
    from comments.moderation.policy import suspicion
    from comments.moderation.verdicts import Reason, Verdict

    PostComment = apps.get_model('comments', 'PostComment')
    Screening = apps.get_model('comments', 'Screening')
    for screening in Screening.objects.filter(suspicion=None).iterator():
        scores = {reason: screening.scores.get(reason.value) for reason in Reason}
        screening.suspicion = suspicion(Verdict(evidence=(), scores=scores))
        screening.save(update_fields=['suspicion'])
    latest = Screening.objects.filter(comment=OuterRef('pk')).order_by('-pk')
    PostComment._base_manager.update(screening=Subquery(latest.values('pk')[:1]))


def say_what_was_before(apps, schema_editor):
    """Give each decision the status that its comment had before it."""
    Decision = apps.get_model('comments', 'Decision')
    Decision._base_manager.filter(outcome__in=['publish', 'reject']).update(before='held')
    for decision in Decision._base_manager.filter(outcome='reopen', before=''):
        earlier = Decision._base_manager.filter(
            comment=decision.comment_id, pk__lt=decision.pk
        ).order_by('-pk').first()
        decision.before = STATUS_AFTER[earlier.outcome] if earlier else 'published'
        decision.save(update_fields=['before'])


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0007_screening_suspicion'),
    ]

    operations = [
        migrations.RunPython(point_to_latest_screenings, migrations.RunPython.noop),
        migrations.RunPython(say_what_was_before, migrations.RunPython.noop),
    ]
