# The service on the current LTS line of Node.js. Runs as user 10111, like the other services of Spinnaker, and writes
# nothing to its root file system, which may be read-only.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY migrations migrations
COPY examples/pipelines examples/pipelines
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
RUN groupadd --gid 10111 spinnaker \
  && useradd --uid 10111 --gid spinnaker --no-create-home --home-dir /opt/echo --shell /usr/sbin/nologin spinnaker \
  && mkdir -p /opt/spinnaker/config
WORKDIR /opt/echo
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/migrations migrations
# What the standalone profile shows.
COPY --from=build /build/examples examples
ENV NODE_ENV=production
# By number, so that Kubernetes can see that it isn't root.
USER 10111:10111
EXPOSE 8089
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SERVER_PORT ?? 8089}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
