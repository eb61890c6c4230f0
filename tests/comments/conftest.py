import pytest

from comments import services


@pytest.fixture
def say(post):
    """Submit a comment as a stranger does; keywords as of ``services.submit``."""

    def submit(text, **kwargs):
        defaults = {"name": "Noémie", "email": "noemie@mail.example"}
        return services.submit(kwargs.pop("on", post), text=text, **(defaults | kwargs))

    return submit


WELCOME = (
    "Chez moi aussi la mie du pain restait serrée ; une farine plus forte et une pâte "
    "plus humide ont tout changé. Votre levain sent la noisette ?"
)
LA_PUB = (
    "Bonjour, je découvre votre blog. J'invite tout le monde à découvrir "
    "l'association Rivages Solidaires, qui propose des formations formidables pour "
    "reprendre confiance en soi. Une équipe exceptionnelle, inscrivez-vous vite sur "
    "https://rivages-solidaires.example !"
)


@pytest.fixture
def welcome_text():
    return WELCOME


@pytest.fixture
def la_pub():
    """Keywords of the comment this engine was made for."""
    return {
        "text": LA_PUB,
        "name": "Sandra",
        "email": "sandra@rivages-solidaires.example",
    }


@pytest.fixture
def held_comment(say, la_pub):
    return say(**la_pub)
