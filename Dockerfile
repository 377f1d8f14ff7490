# One image for every role; the command says which one. Non-root, and the root file system may be read-only.
ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/longrun
COPY requirements/bootstrap.txt requirements/runtime.txt requirements/
RUN /opt/longrun/bin/pip install --require-hashes -r requirements/runtime.txt \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --require-hashes -r requirements/bootstrap.txt
COPY pyproject.toml README.md LICENSE ./
COPY migrations migrations
COPY solvers solvers
COPY ops ops
COPY api api
RUN /opt/build/bin/python -m hatchling build -t wheel \
 && /opt/longrun/bin/pip install --no-deps dist/*.whl \
 && /opt/longrun/bin/python -m compileall -q /opt/longrun

FROM python:${PYTHON}-slim
# Chinese letters for reports: 4 MB
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends fonts-droid-fallback \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 longrun \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/longrun longrun \
 && install -d -o 10001 -g 10001 /var/lib/longrun /var/lib/longrun/artifacts
COPY --from=build /opt/longrun /opt/longrun
ENV PATH=/opt/longrun/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LONGRUN_DATA_DIR=/var/lib/longrun \
    LONGRUN_HOST=0.0.0.0
USER 10001:10001
WORKDIR /var/lib/longrun
VOLUME /var/lib/longrun
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('LONGRUN_PORT', '8000') + '/healthz', timeout=4)"]
CMD ["longrun", "serve"]
