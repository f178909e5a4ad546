# The portal in one image; docker-compose.yml starts it as web, worker and beat.

# --- browser libraries, fonts and the style sheets ---
FROM node:20-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts/build_assets.mjs scripts/
COPY static static
COPY templates templates
RUN npm run --silent build

# --- Python packages, from the hashed lock file ---
FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/portal \
 && /opt/portal/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/base.txt

# --- the portal ---
FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig gettext \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/portal portal
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_ENV=production \
    PORTAL_VAR=/var/lib/portal \
    STATIC_ROOT=/srv/static \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /app
COPY --from=packages /opt/portal /opt/portal
COPY . .
COPY --from=assets /src/var/assets var/assets
# Static files are named by their digest while the image is built; this process needs no secret of the province.
RUN find locale -name '*.po' -execdir msgfmt --check-format -o django.mo {} ';' \
 && PORTAL_ENV=embedded python manage.py collectstatic --no-input --verbosity 0 \
 && python -m whitenoise.compress --quiet /srv/static \
 && rm -rf /var/lib/portal \
 && mkdir -p /var/lib/portal/files \
 && chown -R portal:portal /var/lib/portal
USER portal
VOLUME /var/lib/portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["python", "scripts/healthy.py", "web"]
CMD ["python", "scripts/start.py", "web"]
