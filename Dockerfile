# Not run where it was written: no container engine was there. It takes the steps of `make install`, and its lines
# are checked by tests/operation/test_deployment.py and by hadolint.
#
#   docker build --tag dosay .
#
# PIP_EXTRA_INDEX_URL may name an index with PyTorch's smaller build for CPUs (README, Installing elsewhere).
# PYTHON_IMAGE may name the image by its digest (docs/deploy.md): what a tag names may be another image tomorrow.

ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ARG PIP_EXTRA_INDEX_URL=""
WORKDIR /app
COPY requirements/ requirements/
# `local` brings the programs of PostgreSQL with it, which backup and restore call.
RUN PIP_NO_CACHE_DIR=1 python requirements/install.py local

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin dosay \
    && install --directory --owner=dosay /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY manage.py pyproject.toml ./
COPY config/ config/
COPY enablement/ enablement/
COPY quizzes/ quizzes/
COPY fixtures/ fixtures/
# Style sheets and scripts, named by their content and compressed, as `make run` has them. The key signs nothing.
RUN DOSAY_DATA=/tmp/build DATABASE_URL=postgresql://none@127.0.0.1/none REDIS_URL=redis://127.0.0.1 \
    SECRET_KEY=this-one-is-for-collecting-files-and-is-used-for-nothing-else \
    DOSAY_STATIC_ROOT=/app/static .venv/bin/python manage.py collectstatic --no-input --skip-checks \
    && rm -rf /tmp/build
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DOSAY_DATA=/data \
    DOSAY_STATIC_ROOT=/app/static \
    DOSAY_LOG_FORMAT=json \
    PROMETHEUS_MULTIPROC_DIR=/tmp/figures
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config=python:config.gunicorn", "--bind=0.0.0.0:8000", "config.wsgi"]
