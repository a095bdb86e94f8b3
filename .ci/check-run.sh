#!/usr/bin/env bash
# check-run.sh local|docker: make run, live reload, logs and stop, as a user meets them.
. "$(dirname "$0")/assert.sh"

export ENGINE=$1
source_file=src/handler/routes/livez.ts
kept=$(mktemp)
cp "$source_file" "$kept"
occupier=

clean_up() {
  cp "$kept" "$source_file"
  rm -f "$kept"
  make stop
  [ -z "$occupier" ] || kill "$occupier"
}
trap clean_up EXIT

hostname_of_replica() {
  case $ENGINE in
    local) hostname ;;
    docker) docker compose ps --quiet dev | cut -c 1-12 ;;
  esac
}

expect_answer() {
  local answer
  answer=$(curl --fail --silent --show-error "http://127.0.0.1:$1/")
  expect_match "the answer on port $1" "$answer" \
    "^\{\"timestamp\":[0-9]{10}(\.[0-9]{1,6})?,\"hostname\":\"$(hostname_of_replica)\"\}$"
}

# Replaces the file, as most editors do, instead of writing into it.
edit() {
  sed "$1" "$source_file" >"$source_file.new"
  mv "$source_file.new" "$source_file"
}

livez_says() {
  curl --fail --silent http://127.0.0.1:8000/livez | grep -q "$1"
}

server_processes() {
  local pid
  for pid in $(pgrep --full 'src/adapters/node/main\.ts'); do
    [ "$(readlink "/proc/$pid/cwd")" != "$PWD" ] || echo "$pid"
  done
}

nothing_runs() {
  expect 'the list of processes left' "$(server_processes)" ''
  if [ "$ENGINE" = docker ]; then
    expect 'the list of containers left' "$(docker compose ps --all --quiet)" ''
  fi
}

make stop

echo '--- make run'
output=$(make run)
echo "$output"
expect_match 'the output of make run' "$output" 'http://127\.0\.0\.1:8000/'
expect_answer 8000

echo '--- live reload, more than once'
for word in first second; do
  edit "s/status: '[a-z]*'/status: '$word'/"
  eventually "the $word change shows" livez_says "$word"
done

echo '--- make logs'
{ timeout 3 make logs || true; } 2>&1 | grep '"msg":"ready"'

echo '--- make stop, twice'
make stop
nothing_runs
make stop

echo '--- PORT=8010'
make run PORT=8010
expect_answer 8010
make stop

echo '--- a taken port'
node --eval 'require("net").createServer().listen(8010)' &
occupier=$!
eventually 'port 8010 is taken' node --eval 'require("net").connect(8010).on("connect", process.exit)'
if output=$(make run PORT=8010 2>&1 >/dev/null); then fail 'make run accepted a taken port'; fi
expect_match 'the refusal' "$(head -n 1 <<<"$output")" '^Port 8010 is taken .*\.$'
expect 'the number of its lines, with that of make' "$(wc -l <<<"$output")" 2
nothing_runs
