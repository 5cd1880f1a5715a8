#!/usr/bin/env bash
# The whole life of a project with the AWS SDK for JavaScript 3.918.0, from npm. Wants what .vedette/env sets. Prints PASS.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
: "${AWS_ENDPOINT_URL_LOOKOUTVISION:?source .vedette/env first}" "${AWS_ENDPOINT_URL_S3:?source .vedette/env first}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/js"
cp "$here"/js/* "$work/js"
cp "$here/images.py" "$work"
cd "$work/js"
npm install --silent --no-audit --no-fund --no-package-lock >&2
node smoke.mjs
