"""What a move has to say is kept as a sentence, and said in its reader's language.

What a download held was kept in the language of who asked for it. Downloads live for a
day: what those of this day held is no longer told.
"""

from django.db import migrations, models


def keep_as_sentences(apps, schema_editor):
    ImportRun = apps.get_model("comments", "ImportRun")
    for run in ImportRun.objects.exclude(error=""):
        run.refusal = {"text": run.error, "values": {}}
        run.save(update_fields=["refusal"])


def keep_as_texts(apps, schema_editor):
    ImportRun = apps.get_model("comments", "ImportRun")
    for run in ImportRun.objects.exclude(refusal=None):
        values = {name: str(value) for name, value in run.refusal["values"].items()}
        text = run.refusal["text"]
        run.error = text.format(**values) if values else text
        run.save(update_fields=["error"])


class Migration(migrations.Migration):

    dependencies = [("comments", "0010_moving_out")]

    operations = [
        migrations.AddField(
            "importrun", "refusal",
            models.JSONField(null=True, editable=False, help_text="A sentence (see ``ctts.sentences``)."),
        ),
        migrations.RunPython(keep_as_sentences, keep_as_texts),
        migrations.RemoveField("importrun", "error"),
        migrations.AddField(
            "exportrun", "tally",
            models.JSONField(default=dict, editable=False, help_text="What it holds, counted."),
        ),
        migrations.RemoveField("exportrun", "lines"),
    ]
