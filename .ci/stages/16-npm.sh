#!/usr/bin/env bash
# The npm package as a user gets it: the tarball in an empty folder, on Node 24 and the pinned one.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl jq
make pack ENGINE=local
tree=$PWD
PATH=$tree/node_modules/.bin:$PATH
publint --strict dist/package

work=$(mktemp -d)
pid=
clean_up() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap clean_up EXIT

# node_of VERSION: the folder of that Node, from npm.
node_of() {
  npm install --prefix "$work/node-$1" "node-linux-$(node --print process.arch)@$1" >/dev/null
  dirname "$(find "$work/node-$1" -type f -name node -perm -u+x | head -n 1)"
}
old=$(node_of 18.20.8)
node24=$(node_of 24.21.0)

mkdir "$work/empty"
cd "$work/empty"
echo '{ "type": "module" }' >package.json
npm install --silent "$tree/dist/served-by.tgz"
expect 'the list of packages installed' "$(ls node_modules)" served-by
expect 'the list of commands' "$(ls node_modules/.bin)" served-by
version=$(jq --raw-output .version node_modules/served-by/package.json)
cp "$tree/examples/server.ts" .

# start WHAT COMMAND...: in the background, until it answers on port 18540.
start() {
  PORT=18540 METRICS_PORT=18541 DRAIN_DELAY=0 REPLICA_NAME=web-1 "${@:2}" >"$work/log" &
  pid=$!
  eventually "$1" curl --fail --silent http://127.0.0.1:18540/readyz
}
stop() {
  kill "$pid"
  wait "$pid" || true
  pid=
}

for node in "$node24" "$tree/node_modules/.bin"; do
  echo "--- on Node $("$node/node" --version)"
  path=$node:$PATH
  expect_match 'the version' "$(PATH=$path npx served-by --version)" "^served-by $version \("

  start 'npx served-by answers' env PATH="$path" node_modules/.bin/served-by
  expect 'who answers' "$(curl --silent http://127.0.0.1:18540/ | jq --raw-output .hostname)" web-1
  output=$(PATH=$path npx served-by probe http://127.0.0.1:18540/ --requests 50 --expect-replicas 1)
  echo "$output"
  expect_match 'the report of the probe' "$output" 'web-1 +50'

  echo '--- as a GitHub Action'
  code=0
  PATH=$path GITHUB_STEP_SUMMARY=$work/summary URL=http://127.0.0.1:18540/ EXPECT_REPLICAS=2 MAX_FAILURES=0 \
    ARGS='--requests 50' "$tree/build/action.sh" || code=$?
  expect 'its exit code' "$code" 1
  expect_match 'its summary' "$(cat "$work/summary")" '## NOT as expected: http://127.0.0.1:18540/'
  rm "$work/summary"
  PATH=$path GITHUB_STEP_SUMMARY=$work/summary URL=http://127.0.0.1:18540/ EXPECT='even' MAX_FAILURES=0 \
    ARGS='--requests 50' "$tree/build/action.sh" || true
  expect_match 'its summary' "$(cat "$work/summary")" 'web-1. \| 50 \|'
  stop
  expect_match 'the last line of its log' "$(tail -n 1 "$work/log")" '"msg":"drained"'

  echo '--- the example'
  start 'the example answers' "$node/node" server.ts
  expect 'its answer' "$(curl --silent http://127.0.0.1:18540/a/b)" '{"path":"/a/b"}'
  stop

  echo '--- importing starts nothing'
  for entry in handler node bun deno; do
    expect "what importing $entry says" \
      "$("$node/node" --eval "import('served-by/$entry').then((it) => console.log(Object.keys(it).sort().join(' ')))")" \
      "$([ $entry = handler ] && echo createHandler || echo serve)"
    ! grep -q 'pino' "node_modules/served-by/$entry.mjs" || fail "served-by/$entry has a logger in it"
  done
done

echo '--- on other runtimes'
for name in bun deno; do
  cat >"$name.mjs" <<END
import { serve } from 'served-by/$name'
const server = await serve(() => new Response('from $name'), { port: 0, host: '127.0.0.1', drainDelay: 0 })
console.log(await (await fetch(server.url)).text())
await server.close()
END
done
path=$(cd "$tree" && node --input-type=module --eval "
  import { path } from './test/adapters/runtimes/binaries.ts'
  process.stdout.write(path)")
expect 'what Bun answers' "$(PATH=$path bun bun.mjs)" 'from bun'
expect 'what Deno answers' "$(PATH=$path deno run --allow-all --node-modules-dir=manual deno.mjs)" 'from deno'

echo '--- types'
cat >types.ts <<'END'
import { createHandler } from 'served-by/handler'
import { serve } from 'served-by/bun'
import { serve as serveOnDeno } from 'served-by/deno'
export const handler: Parameters<typeof serve>[0] = () => new Response('ok')
export const all = [createHandler, serve(handler, { port: 1 }), serveOnDeno(handler, { port: 1 })]
// @ts-expect-error a port is a number
void serve(handler, { port: 'http' })
END
mkdir node_modules/@types
ln -s "$tree/node_modules/@types/node" node_modules/@types/node
ln -s "$tree/node_modules/undici-types" node_modules/undici-types
tsc --noEmit --strict --exactOptionalPropertyTypes --module nodenext --target esnext --types node server.ts types.ts

echo '--- on a Node that is too old'
code=0
output=$(PATH=$old:$PATH node_modules/.bin/served-by 2>&1) || code=$?
expect 'its exit code' "$code" 2
expect_match 'what it says' "$output" '^served-by needs Node 24 or newer, and this is v18\.[^'$'\n'']*$'
