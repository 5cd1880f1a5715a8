# Sourced by the tests beside it. Each defines clean_up; it is called with the exit code, whatever the end.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
work="$(mktemp -d)"

finish() {
    local code=$?
    clean_up "$code" || true
    [ -z "$(declare -F stop_engine)" ] || stop_engine
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT
trap 'exit 143' TERM INT

say() { echo "$(basename "$0"): $*" >&2; }
random() { head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# LOG COMMAND...: what it says is shown only if it fails
quietly() {
    local log="$work/$1.log"
    shift
    "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; return 1; }
}
# COMMAND...: until it succeeds, for eight minutes
await() {
    for _ in $(seq 240); do "$@" && return; sleep 2; done
    say "in vain for 8 minutes: $*"
    return 1
}
