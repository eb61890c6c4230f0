#!/usr/bin/env bash
# The whole examination: style, types, configuration, then the suites. Called by `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

echo "— style and types"
$bin/ruff format --check --quiet .
$bin/ruff check --quiet .
$bin/mypy

echo "— configuration"
$bin/python -m ctts.catalogues
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
# Ours alone: a longer comment than theirs is no change of django_comments' tables.
CTTS_DATA=$data $bin/python manage.py makemigrations --check --dry-run blog comments
CTTS_DATA=$data SITE_URL=https://blog.example ALLOWED_HOSTS=blog.example \
    SECRET_KEY="$(head -c 48 /dev/urandom | base64)" \
    $bin/python manage.py check --deploy --fail-level WARNING

echo "— the suite on SQLite"
env -u CTTS_TEST_DATABASE_URL -u CTTS_TEST_REDIS_URL $bin/pytest -n 2 --dist worksteal "$@"

if [ -n "${CTTS_TEST_DATABASE_URL:-}" ]; then
    echo "— the suite on PostgreSQL${CTTS_TEST_REDIS_URL:+ and Redis}"
    # What the checkers of pages read is the same, whichever database it comes from.
    $bin/pytest -n 2 --dist worksteal -m "not pages" "$@"
fi
