import pytest

from blog.exporting.formats import export
from comments.exporting import Conversations


@pytest.fixture
def exported(tmp_path, settings, db):
    """Return a function that exports the blog in a format, and returns the folder."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def write(name):
        export(tmp_path / name, [name], Conversations())
        return tmp_path / name

    return write
