#!/usr/bin/env bash
# What the probe writes for pipelines, read by others: its Markdown by GitHub's own renderer, its JUnit XML
# by libxml2. The replica's name is markup in either.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh cmark-gfm curl libxml2-utils
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH

work=$(mktemp -d)
# shellcheck disable=SC2016 # no shell's
name='a|b`c``<b>*d*</b>&amp;[e](http://f)@g"'
node --eval 'require("node:http").createServer((_, response) => response
  .end(JSON.stringify({ name: process.argv[1] }))).listen(18526, "127.0.0.1")' "$name" &
server=$!
trap 'kill $server; wait; rm -rf "$work"' EXIT
eventually 'it answers' curl --fail --silent http://127.0.0.1:18526/

code=0
node src/probe/main.ts http://127.0.0.1:18526/ -n 50 --replica-by 'json:$.name' --expect-replicas 2 \
  --quiet --markdown "$work/report.md" --junit "$work/report.xml" 2>/dev/null || code=$?
expect 'the exit code' "$code" 1

echo '--- Markdown'
cmark-gfm --extension table --extension autolink --extension strikethrough --to xml \
  "$work/report.md" >"$work/rendered.xml"
# in_markdown XPATH: what it comes to in the rendered document.
in_markdown() {
  xmllint --nonet --noent --xpath "$1" <(sed '/<!DOCTYPE/d; s/ xmlns="[^"]*"//' "$work/rendered.xml")
}
expect 'the name in the table' \
  "$(in_markdown 'normalize-space(//table_row[normalize-space(table_cell[2]) = "50"]/table_cell[1])')" "$name"
expect 'its cells' "$(in_markdown 'count(//table_row[normalize-space(table_cell[2]) = "50"]/table_cell)')" 6
expect 'links, emphasis and HTML' \
  "$(in_markdown 'count(//link | //emph | //html_inline | //html_block | //strikethrough)')" 0
# shellcheck disable=SC2016 # no shell's
expect_match 'the name in a sentence' \
  "$(in_markdown 'string(//table_row[normalize-space(table_cell[1]) = "Order"]/table_cell[2])')" \
  'came from a\|b`c``<b>\*d\*</b>&amp;\[e\]\(http://f\)@.*g"'

echo '--- JUnit'
in_junit() {
  xmllint --nonet --xpath "$1" "$work/report.xml"
}
expect 'its tests' "$(in_junit 'count(/testsuites/testsuite[@tests = 2]/testcase)')" 2
expect 'its failures' "$(in_junit 'count(//testcase[@name = "--expect-replicas 2"]/failure)')" 1
expect_match 'what was seen' "$(in_junit 'string(//failure/@message)')" 'seen: 1$'
expect_match 'the name' "$(in_junit 'string(//system-out)')" '<b>\*d\*</b>&amp;'
