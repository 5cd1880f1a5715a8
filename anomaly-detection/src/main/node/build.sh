#!/bin/sh
# Makes the networks' weights: build.sh SCRATCH OUT [READY]. Does nothing when OUT is up to date.
# READY is a folder that already holds them, for a machine without npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$1 out=$2 ready=${3:-}
names="inception-v3 mobilenet-v2"

fail() { echo "$1" >&2; exit 1; }

if [ -n "$ready" ]; then
  mkdir -p "$out"
  for name in $names; do
    [ -f "$ready/$name.safetensors" ] || fail "vedette.backbone.dir: $ready holds no $name.safetensors."
    cmp -s "$ready/$name.safetensors" "$out/$name.safetensors" || cp "$ready/$name.safetensors" "$out/"
  done
  rm -f "$out/made-of"
  exit 0
fi

made_of=$(cat "$here/export.js" "$here/package-lock.json" | cksum)
fresh=$( [ -f "$out/made-of" ] && cat "$out/made-of" || true)
for name in $names; do [ -f "$out/$name.safetensors" ] || fresh=; done
[ "$made_of" = "$fresh" ] && exit 0

command -v npm > /dev/null && command -v node > /dev/null ||
  fail "The feature networks' weights come from npm: install Node.js 18 or newer with npm, or point -Dvedette.backbone.dir at a folder with ready inception-v3.safetensors and mobilenet-v2.safetensors."
mkdir -p "$scratch" "$out"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$scratch/"
(cd "$scratch" && npm ci --loglevel=error > /dev/null) ||
  fail "npm could not fetch nsfwjs 4.3.0: check the network and npm's registry setting, or point -Dvedette.backbone.dir at a folder with ready weights."
node "$here/export.js" "$scratch/node_modules/nsfwjs/dist/models" "$out"
rm -rf "$scratch/node_modules"
echo "$made_of" > "$out/made-of"
