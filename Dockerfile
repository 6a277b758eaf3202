# syntax=docker/dockerfile:1

# Node 24 has long-term support until April 2028. By digest, of all platforms, so that a build is the same tomorrow; a newer one is told
# by `docker buildx imagetools inspect node:24-alpine --format '{{.Manifest.Digest}}'`: here, or as --build-arg NODE_IMAGE=node@sha256:…
ARG NODE_IMAGE=node:24.18.0-alpine@sha256:a0b9bf06e4e6193cf7a0f58816cc935ff8c2a908f81e6f1a95432d679c54fbfd

# The first two stages run on the builder's own processor: what they make is JavaScript, the same for every platform, so an
# image for linux/arm64 needs no emulation.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=optional --ignore-scripts
COPY . .
RUN npm run build && node scripts/write-rds-ca.mjs rds-ca.pem

# Production dependencies alone. The embedded databases are optional dependencies, and stay out.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
COPY package.json LICENSE ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/rds-ca.pem ./rds-ca.pem
# The files belong to root: the process can read them and write nothing.
USER 1000:1000
# Requests, and metrics for those who operate the service.
EXPOSE 8080 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/livez').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/main.js"]
