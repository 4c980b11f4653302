# The app as one image: a virtual environment built with hash-checked wheels, run by a user that owns only /data.
FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/gonogo
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --require-hashes -r requirements-build.txt \
 && /opt/build/bin/python -m pip --python /opt/gonogo/bin/python install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE app.yml ./
COPY checks ./checks
COPY bot ./bot
COPY sandbox ./sandbox
RUN /opt/build/bin/python -m hatchling build -t wheel -d /tmp/wheel \
 && /opt/gonogo/bin/pip install --no-deps /tmp/wheel/*.whl

FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b
RUN useradd --system --uid 10001 --create-home --home-dir /home/gonogo gonogo \
 && install -d -o gonogo -g gonogo -m 0700 /data
COPY --from=build /opt/gonogo /opt/gonogo
ENV PATH=/opt/gonogo/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json
USER gonogo
WORKDIR /home/gonogo
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
CMD ["gonogo", "serve"]
