# Sequence Lab in a container: docs/container.md says how to build and run it.
# Debian's own Python, so that its security updates come with those of the system.
FROM debian:bookworm-slim AS packages

RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3-venv
COPY requirements.txt /tmp/
RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --no-compile -r /tmp/requirements.txt
# Byte code halves the time to start; hashes that nobody checks hold whatever the copied files' dates become.
RUN /opt/venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib || true


FROM debian:bookworm-slim

# tini is the first process: it passes signals on and takes leave of processes that lost their parent.
RUN apt-get update \
    && apt-get upgrade -y \
    && apt-get install -y --no-install-recommends ca-certificates python3 tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb \
    && groupadd --gid 1000 seqlab \
    && useradd --uid 1000 --gid 1000 --home-dir /data --no-create-home --shell /usr/sbin/nologin seqlab \
    && install -d -o 1000 -g 1000 -m 0700 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
RUN /opt/venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash app.py pages seqcore

USER 1000:1000
VOLUME /data
EXPOSE 8501
# 127.0.0.1 stands among the hosts for the health check below; add it wherever you name your own.
ENV PATH=/opt/venv/bin:$PATH \
    NUMBA_CACHE_DIR=/tmp/compiled \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SEQLAB_AUTH=browser \
    SEQLAB_HOME=/data \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_ALLOWED_HOSTS="localhost 127.0.0.1" \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_PORT=8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=8)"]
ENTRYPOINT ["tini", "--"]
CMD ["streamlit", "run", "app.py"]
