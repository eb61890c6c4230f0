"""How long screening takes, and how much room: run by `make bench`.

Prints milliseconds of the processor for people, and ratios to a fixed piece of work
done in the same run, which can be compared between machines and busy hours. The blog
has a thousand posts of some 400 words, the thread a hundred comments; words are drawn
from the frequency list, so that they are as common and as rare as in writing. Memory is
the highest of the whole run, beside that of a process which has loaded the same program
and screened nothing; the texts that are made up here for measuring are counted too.
"""

import os
import random
import resource
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctts.settings")
sys.path.insert(0, os.getcwd())

POSTS = 1000
THREAD = 100
COMMENTS = 300
DECISIONS = 500


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main():
    import django

    django.setup()
    # What every process of a site has loaded anyway.
    import blog.views  # noqa: F401
    import comments.forms  # noqa: F401

    before = megabytes()
    from comments.moderation import learning, pipeline, text
    from comments.moderation.relevance import PreparedBlog, prepare
    from comments.moderation.verdicts import Subject, Submission

    drawn = random.Random(7)
    vocabulary = {
        language: list(text.frequencies(language).items()) for language in ("fr", "en")
    }

    def words(language, number):
        pool = vocabulary[language]
        picked = drawn.choices([w for w, _ in pool], [f for _, f in pool], k=number)
        lines = (
            " ".join(picked[i : i + 12]).capitalize() for i in range(0, number, 12)
        )
        return ". ".join(lines) + "."

    def post(number):
        language = ("fr", "en")[number % 2]
        other = ("en", "fr")[number % 2]
        return Subject(
            title=words(language, 6),
            body=words(language, 400),
            language=language,
            summaries={other: words(other, 40)},
        )

    def timed(call):
        start = time.process_time()
        call()
        return (time.process_time() - start) * 1000

    reference = percentile(
        [timed(lambda: sorted(vocabulary["fr"])) for _ in range(30)], 0.5
    )
    loading = timed(lambda: text.detect_language("Ce texte est assez long pour cela."))

    subjects = [post(number) for number in range(POSTS)]
    posts = []
    preparing = timed(lambda: posts.extend(map(prepare, subjects)))
    blogs = []
    joining = timed(lambda: blogs.append(PreparedBlog(prepared=posts)))
    prepared = blogs[0]

    threads = {
        number: tuple(words(("fr", "en")[n % 2], 60) for n in range(THREAD))
        for number in range(10)
    }

    def comment(number):
        return Submission(
            body=words(("fr", "en")[number % 3 == 0], drawn.randint(5, 120)),
            subject=subjects[number % 10],
            thread=threads[number % 10],
            parent=threads[number % 10][number % THREAD],
            blog=prepared,
        )

    submissions = [comment(number) for number in range(COMMENTS)]
    first = percentile(
        [timed(lambda s=s: pipeline.screen(s)) for s in submissions[:10]], 0.5
    )
    decided = [
        pipeline.example(
            submission := comment(number),
            pipeline.screen(submission).evidence,
            ("published", "promotional")[number % 2],
        )
        for number in range(DECISIONS)
    ]
    lessons = []
    learning_took = timed(lambda: lessons.append(learning.learn(decided)))
    learned = lessons[0]
    took = [timed(lambda s=s: pipeline.screen(s, learned=learned)) for s in submissions]
    median, slow = percentile(took, 0.5), percentile(took, 0.99)
    print(f"reference (sorting the French word list): {reference:.2f} ms")
    print(f"a comment, median: {median:.2f} ms, {median / reference:.2f} × reference")
    print(f"a comment, p99:    {slow:.2f} ms, {slow / reference:.2f} × reference")
    told = {
        "the first comment of a thread": first,
        "loading the language model": loading,
        f"preparing {POSTS} posts": preparing + joining,
        "when one of them has changed": preparing / POSTS + joining,
        f"learning from {DECISIONS} decisions": learning_took,
    }
    for what, milliseconds in told.items():
        ratio = milliseconds / reference
        print(f"{what}: {milliseconds:.0f} ms, {ratio:.1f} × reference")
    print(f"memory: {megabytes() - before:.0f} MB more than without screening")


if __name__ == "__main__":
    main()
