"""What the admin's “Download the blog” starts: ``manage.py carry_out_export RUN``."""

from comments import export_runs
from comments.management.carrying import CarryOut
from comments.models import ExportRun


class Command(CarryOut):
    help = "Makes a download of the blog that was asked for in the admin."
    model, runs = ExportRun, export_runs
