"""What the admin's “Move in” starts: ``manage.py carry_out_import RUN``."""

from comments import import_runs
from comments.management.carrying import CarryOut
from comments.models import ImportRun


class Command(CarryOut):
    help = "Carries out a move from WordPress that was uploaded in the admin."
    model, runs = ImportRun, import_runs
