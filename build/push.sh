# shellcheck shell=bash
# Sourced after environment.sh: pushes an image.

# push NAME: pushes the image and sets `digest` to what names exactly this build, whatever the tag.
push() {
  digest=$(docker push "$1" | tee >(cat >&2) | sed -n 's/.* digest: \(sha256:[0-9a-f]*\) .*/\1/p')
  [ -n "$digest" ] || fail 'docker push did not say which digest the image has.'
}
