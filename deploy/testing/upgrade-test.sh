#!/usr/bin/env bash
# Upgrade and rollback as docs/operations.md tells them, with a real older version on one home: what it has trained and hosts
# is served by this version with the same scores, and by the older one again after this version has been there.
#
#   deploy/testing/upgrade-test.sh FOLDER     a checkout of the older version; wants aws and curl; builds if need be
. "$(dirname "${BASH_SOURCE[0]}")/home.sh"
older="$(cd "$OLDPWD" && cd "${1:?a checkout of an older version}" && pwd)"
export VEDETTE_HOME="$work/.vedette"
same() {
    await is 1 HOSTED
    verdicts >"$work/after"
    diff "$work/before" "$work/after"
    may "$caller" "$secret_of_caller"
}

say "the older version"
software="$older"
up
project
ask_for_model
await is 1 TRAINED
host
verdicts >"$work/before"
made="$(made_key caller)"
read -r caller secret_of_caller <<<"$made"
ask_for_model # in training when it stops
down

say "this version"
software="$root"
up
same
await is 2 TRAINED
ask_for_model
await is 3 TRAINED
down

say "the older version again"
software="$older"
up
same
grep -h "newer schema" "$VEDETTE_HOME"/logs/*.log | tail -n 1 >&2 || true
ask_for_model
await is 4 TRAINED
