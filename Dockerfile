# Four images out of one file; the last one is the default:
#   dev   the server from source, restarted when a file under src/ changes
#   test  all tools, for the tree mounted at /app/tree
#   probe distroless Node and one file, dist/probe.mjs
#   prod  distroless Node and one file, dist/server.mjs

# The dependencies are a layer of their own: only a new lockfile installs them again.
FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci

FROM dependencies AS dev
COPY tsconfig.json ./
COPY build build
COPY src src
# Whoever runs it writes the built page there.
RUN mkdir --mode=1777 dist
EXPOSE 8000
CMD ["node", "--watch-path=src", "--import=./build/write-page.ts", "src/adapters/node/main.ts"]

# Node looks for packages in the parent directories too, so that the mounted tree finds those
# in /app without a mount point inside itself, which the engine would create as root.
FROM dependencies AS test
WORKDIR /app/tree
# A volume laid over the host's own packages takes this mode: any user may write its caches there.
RUN mkdir --mode=1777 node_modules
CMD ["npm", "test"]

# The bundle is the same for every platform, so it is built once, on the platform that builds.
FROM dependencies AS build
COPY tsconfig.json ./
COPY build build
COPY src src
ARG COMMIT=unknown
# `true` for a version as released: .git, which would say so, is not copied.
ARG RELEASE=
RUN npm run build

FROM gcr.io/distroless/nodejs26-debian13:nonroot AS probe
COPY --from=build /app/dist/probe.mjs /probe.mjs
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "/probe.mjs"]
CMD ["--help"]
ARG VERSION=unknown
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="served-by-probe" \
  org.opencontainers.image.description="Says what a load balancer really does." \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$COMMIT"

FROM gcr.io/distroless/nodejs26-debian13:nonroot AS prod
COPY --from=build /app/dist/server.mjs /server.mjs
# As numbers, because Kubernetes cannot tell from a name that it is not root (runAsNonRoot).
USER 65532:65532
# MB of V8's young generation, which by itself goes from 1 to 16 and back; and no second thread to collect
# it, because little survives (docs/performance.md).
ENTRYPOINT ["/nodejs/bin/node", "--min-semi-space-size=8", "--max-semi-space-size=8", "--no-parallel-scavenge", "/server.mjs"]
EXPOSE 8000 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["/nodejs/bin/node", "/server.mjs", "healthcheck"]
ARG VERSION=unknown
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="served-by" \
  org.opencontainers.image.description="Which replica answered, and when? A tiny HTTP service to put behind any load balancer." \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$COMMIT"
