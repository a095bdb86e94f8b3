#!/usr/bin/env bash
# make deliver with a real replica and the real probe. There is no cluster: a stand-in of kubectl notes the
# images that are set, and stops the replica where a rollout is to lose requests.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl
make build ENGINE=local
PATH=$PWD/node_modules/.bin:$PATH

work=$(mktemp -d)
trap 'kill "$(cat "$work/server.pid")" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
url=http://127.0.0.1:18530/
old=registry.example/served-by@sha256:$(printf 'a%.0s' {1..64})
new=registry.example/served-by@sha256:$(printf 'b%.0s' {1..64})

start_server() {
  PORT=18530 METRICS_PORT=18531 DRAIN_DELAY=0 node dist/server.mjs >/dev/null &
  echo $! >"$work/server.pid"
  eventually 'the server is ready' curl --fail --silent "${url}readyz"
}

mkdir "$work/bin"
cat >"$work/bin/kubectl" <<END
#!/usr/bin/env bash
case "\$*" in
  'config current-context') echo a-cluster ;;
  '--namespace served-by get deployment/served-by --output jsonpath='*) printf '%s' '$old' ;;
  '--namespace served-by set image deployment/served-by served-by='*)
    image=\${!#}
    echo "\${image#served-by=}" >>'$work/images'
    [ -z "\${LOSES:-}" ] || kill -KILL "\$(cat '$work/server.pid')" 2>/dev/null || true
    ;;
  '--namespace served-by rollout status deployment/served-by --timeout 180s')
    # Only the new image gets stuck.
    [ -z "\${STUCK:-}" ] || [ "\$(tail -n 1 '$work/images')" = '$old' ] ;;
  *) echo "The stand-in does not know: kubectl \$*" >&2; exit 64 ;;
esac
END
chmod +x "$work/bin/kubectl"

# deliver IMAGE [VARIABLE=value]: what make deliver says, and the images that it sets.
deliver() {
  rm -f "$work/images"
  code=0
  output=$(env PATH="$work/bin:$PATH" SETTLE_SECONDS=5 GITHUB_STEP_SUMMARY="$work/summary" "${@:2}" \
    make deliver IMAGE="$1" URL="$url" 2>&1) || code=$?
  echo "$output"
  images=$(cat "$work/images" 2>/dev/null || true)
}

echo '--- a tag is not enough'
deliver registry.example/served-by:latest
expect_match 'the refusal' "$output" 'needs an image by its digest'
expect 'the images set' "$images" ''

echo '--- it does not answer before the rollout'
deliver "$new"
expect_match 'the refusal' "$output" 'nothing was changed'
expect 'the images set' "$images" ''

echo '--- nothing is lost'
start_server
deliver "$new"
expect 'the exit code' "$code" 0
expect 'the images set' "$images" "$new"
expect_match 'its last words' "$output" 'no request was lost'
expect_match 'the summary' "$(cat "$work/summary")" 'max-failures'

echo '--- the new pods do not become ready'
deliver "$new" STUCK=yes
expect 'the exit code' "$code" 2
expect 'the images set' "$images" "$new"$'\n'"$old"
expect_match 'its last words' "$output" 'did not become ready'

echo '--- requests are lost'
deliver "$new" LOSES=yes
expect 'the exit code' "$code" 2
expect 'the images set' "$images" "$new"$'\n'"$old"
expect_match 'its last words' "$output" 'Requests were lost'
