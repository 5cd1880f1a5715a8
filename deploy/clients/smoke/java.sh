#!/usr/bin/env bash
# The whole life of a project with the AWS SDK for Java, from one source file. Wants what .vedette/env sets.
# SDK_CLASSPATH names the SDK's jars; by default those that Vedette's launcher was built with. Prints PASS.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
: "${AWS_ENDPOINT_URL_LOOKOUTVISION:?source .vedette/env first}" "${AWS_ENDPOINT_URL_S3:?source .vedette/env first}"
# Without its logger, which unconfigured tells every byte.
jars="$(find "$here/../../../standalone/target/lib" -name '*.jar' ! -name 'logback*' -printf '%p:' 2>/dev/null || true)"
exec java -cp "${SDK_CLASSPATH:-$jars}" "$here/java/Smoke.java" "$here/images.py"
