"""How fast an export comes in, in how much memory, and what a kill leaves behind.

    python tests/bench/importing.py speed [POSTS] [COMMENTS]
    python tests/bench/importing.py kills [TIMES] [POSTS] [COMMENTS]

Each run has a database of its own under a temporary folder. Seconds are of the
processor, memory is the most the process ever held.
"""

import importlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARAGRAPH = (
    "Le train de nuit part de la gare à vingt heures, et au réveil ce sont des "
    "oliviers qui passent devant la fenêtre ; le café coûte moins cher qu’à la maison, "
    "le pain est meilleur, et personne ne demande l’heure avant midi."
)
ENGLISH = (
    "The sleeper leaves the station at eight, and in the morning there are olive trees "
    "in the window; coffee is cheaper than at home and nobody asks for the time."
)
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Grand carnet</title><link>https://grand.example</link>
<language>fr-FR</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://grand.example</wp:base_site_url>
<wp:base_blog_url>https://grand.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>lise</wp:author_login>
<wp:author_email>lise@grand.example</wp:author_email></wp:author>
"""


def write_export(path, posts, comments, seed=1):
    """Write an export of our own making: about 40 MB for 5,500 and 33,000."""
    dice = random.Random(seed)
    numbers = iter(range(1, comments + 1))
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1, posts + 1):
            own = comments * number // posts - comments * (number - 1) // posts
            file.write(_item(number, [next(numbers) for _ in range(own)], dice))
        file.write("</channel></rss>\n")


def _item(number, comments, dice):
    day = f"20{number % 20 + 4:02}-{number % 12 + 1:02}-{number % 28 + 1:02} 10:00:00"
    text = PARAGRAPH if number % 3 else ENGLISH
    words = [f"{text} ({dice.random():.9f})" for _ in range(dice.randrange(6, 14))]
    body = "\n\n".join(words)
    kind = "page" if number % 100 == 0 else "post"
    status = "draft" if number % 50 == 0 else "publish"
    return (
        f"<item><title>Billet {number}</title>"
        f"<link>https://grand.example/{day[:10].replace('-', '/')}/b{number}/</link>"
        "<dc:creator>lise</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>{day}</wp:post_date_gmt>"
        f"<wp:post_name>b{number}</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>"
        f'<category domain="post_tag" nicename="t{number % 90}">T{number % 90}'
        "</category>"
        + "".join(
            _comment(each, position, comments, dice)
            for position, each in enumerate(comments)
        )
        + "</item>\n"
    )


def _comment(number, position, comments, dice):
    parent = dice.choice(comments[:position]) if position and dice.random() < 0.4 else 0
    words = " ".join(dice.choices(PARAGRAPH.split(), k=80))
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        f"<wp:comment_author>Lecteur {number % 900}</wp:comment_author>"
        f"<wp:comment_author_email>l{number % 900}@mail.example"
        "</wp:comment_author_email>"
        f"<wp:comment_date_gmt>2024-05-05 10:00:{number % 60:02}</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{words}]]></wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def environment(folder):
    return os.environ | {
        "CTTS_DATA": str(folder),
        "OPENBLAS_NUM_THREADS": "1",
        "DATABASE_URL": f"sqlite:///{folder}/blog.sqlite3",
    }


def manage(folder, *arguments, **how):
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(folder),
        **how,
    )


def fresh(folder):
    folder.mkdir()
    assert manage(folder, "migrate", "-v0").wait() == 0
    return folder


def speed(posts, comments):
    with tempfile.TemporaryDirectory() as place:
        export = Path(place) / "export.xml"
        write_export(export, posts, comments)
        folder = fresh(Path(place) / "data")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = manage(
            folder, "import_wordpress", str(export), "--json", stdout=subprocess.PIPE
        )
        report = json.loads(process.communicate()[0])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        came = report["posts"]["added"] + report["pages"]["added"]
        published = report["comments"]["published"]
        say(
            f"{export.stat().st_size / 1e6:.1f} MB: {came} posts and pages, "
            f"{published} comments; text: {report['text']}"
        )
        say(
            f"{seconds:.0f} s of processor, {came / seconds:.0f} posts/s together with "
            f"{published / seconds:.0f} comments/s; {after.ru_maxrss / 1024:.0f} MB"
        )


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def kills(times, posts, comments):
    """Kill an import at random moments, let it end, and compare with a clean one."""
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as place:
        export = Path(place) / "export.xml"
        write_export(export, posts, comments)
        empty, clean = fresh(Path(place) / "empty"), Path(place) / "clean"
        set_up(empty)
        killed = Path(place) / "killed"
        shutil.copytree(empty, clean)
        whole, _ended = import_apart(clean, export)
        shutil.copytree(empty, killed)
        seen, sames = [], []
        while len(seen) < times or not sames:
            die = len(seen) < times
            moment = dice.uniform(0.1, 0.5) * whole if die else None
            _took, ended = import_apart(killed, export, seconds=moment)
            if ended:
                sames.append(differing(clean, killed))
                shutil.rmtree(killed)
                shutil.copytree(empty, killed)
            else:
                seen.append(rows(killed, "blog_post"))
        say(f"killed {times} times, with so many posts in it then: {seen}")
        say(f"{len(sames)} times to the end; tables that differ from none: {sames}")
        return not any(sames)


def differing(one, other):
    """Return the names of tables in which two databases differ."""
    here, there = contents(one), contents(other)
    return [name for name in here if here[name] != there[name]]


def set_up(folder):
    """Load everything once; those that are forked off have it too."""
    os.environ.update(environment(folder), DJANGO_SETTINGS_MODULE="ctts.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    importlib.import_module("comments.importing")
    from blog.languages import detect_language

    detect_language("Le modèle se charge au premier appel.")


def import_apart(folder, export, seconds=None):
    """Import in a process of its own, which dies after ``seconds`` of processor.

    Returns how many seconds it took, and whether it came to its end. No handler runs
    when it dies.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        from django.db import connection

        from comments import importing

        connection.settings_dict["NAME"] = str(folder / "blog.sqlite3")
        importing.ITEMS_AT_ONCE = 10
        if seconds:
            signal.setitimer(signal.ITIMER_PROF, seconds)
        importing.import_wordpress([export])
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert status in {0, signal.SIGPROF}, status
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, status == 0


def rows(folder, table):
    with sqlite3.connect(folder / "blog.sqlite3") as database:
        # A table cannot be a parameter.
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 (a name of our own)
        found = database.execute(query)
        return found.fetchone()[0]


# Times of this run, and what a run makes up at random.
OF_THE_RUN = {"modified_at", "created_at", "date_joined", "password", "public_id"}


def contents(folder):
    """Return all rows of all tables, keys included, but times of the run."""
    found = {}
    with sqlite3.connect(folder / "blog.sqlite3") as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
            "'sqlite%' AND name NOT LIKE 'django_migrations'"
        ).fetchall()
        for (name,) in names:
            query = f"SELECT * FROM {name}"  # noqa: S608 (told by the database itself)
            cursor = database.execute(query)
            columns = [column[0] for column in cursor.description]
            found[name] = sorted(
                str(
                    [
                        (k, v)
                        for k, v in zip(columns, row, strict=True)
                        if k not in OF_THE_RUN
                    ]
                )
                for row in cursor
            )
    return found


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    numbers = [int(number) for number in numbers]
    if what == "speed":
        speed(*(numbers or [5_500, 33_000]))
    else:
        times, *size = numbers or [20]
        sys.exit(0 if kills(times, *(size or [100, 600])) else 1)
