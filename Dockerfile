# The bot in a small image without a shell, run by an unprivileged user.
#
#     docker build -t heat-check .
#     docker run -d --name heat-check --env-file .env -v heat-check:/var/lib/heat-check heat-check

FROM rust:1-slim-bookworm AS build
WORKDIR /src
# Only what the build reads. Cargo.toml declares the benches, so they must exist.
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY benches benches
COPY crates crates
COPY data data
COPY src src
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --profile dist --locked --bin heat-check \
    && cp target/dist/heat-check /heat-check \
    && mkdir /state

# The same Debian release as above, with only the C runtime libraries.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /heat-check /usr/local/bin/heat-check
# A new volume inherits the owner of the folder it is mounted over.
COPY --from=build --chown=65532:65532 /state /var/lib/heat-check
USER 65532:65532
WORKDIR /var/lib/heat-check
VOLUME /var/lib/heat-check
ENV DATABASE_URL=sqlite:///var/lib/heat-check/heat-check.db \
    METRICS_ADDR=127.0.0.1:9184
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
    CMD ["/usr/local/bin/heat-check", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/heat-check"]
CMD ["run"]
