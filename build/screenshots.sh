#!/usr/bin/env bash
# make screenshots: the pictures of the live page in docs/images, taken in a real Chromium.
. "$(dirname "$0")/environment.sh"

use_pinned_node
exec npm run screenshots
