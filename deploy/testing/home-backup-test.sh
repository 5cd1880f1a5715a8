#!/usr/bin/env bash
# The same as backup-test.sh without containers, as docs/operations.md tells it of ./vedette: a copy of the stopped home,
# its loss, a start of the copy elsewhere, and new credentials of every kind.
#
#   deploy/testing/home-backup-test.sh    wants aws, curl and psql; builds if need be
. "$(dirname "${BASH_SOURCE[0]}")/home.sh"

say "a hosted model, a caller's key, and a model in training"
export VEDETTE_HOME="$work/.vedette"
up
project
ask_for_model
await is 1 TRAINED
host
verdicts >"$work/before"
grep -c '"IsAnomalous": true' "$work/before" | grep -qx 1
made="$(made_key caller)"
read -r caller secret_of_caller <<<"$made"
ask_for_model

say "backup, loss and restore"
vedette down && tar czf vedette-backup.tgz -C .vedette --exclude=logs --exclude=scratch --exclude=djl .
rm -rf .vedette
mkdir new-home && tar xzf vedette-backup.tgz -C new-home
export VEDETTE_HOME="$work/new-home"
up
await is 1 HOSTED
verdicts >"$work/after"
diff "$work/before" "$work/after"
may "$caller" "$secret_of_caller"
await is 2 TRAINED

say "new credentials"
first="$AWS_ACCESS_KEY_ID" secret_of_first="$AWS_SECRET_ACCESS_KEY"
password="$(random 24)"
PGPASSWORD="$(cat new-home/run/postgres-password)" psql --quiet --host 127.0.0.1 --port "$VEDETTE_POSTGRES_PORT" \
    --username vedette --dbname vedette --command "alter role vedette password '$password'"
down
previous="$(cat new-home/secrets-key)"
rm new-home/credentials new-home/run/inference-secret
echo "$password" >new-home/run/postgres-password
head -c 32 /dev/urandom | base64 >new-home/secrets-key
VEDETTE_SECRETS_PREVIOUS_KEY="$previous" up
[ "$AWS_ACCESS_KEY_ID" != "$first" ]
may "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
may "$caller" "$secret_of_caller"
down
up
may "$caller" "$secret_of_caller"
may "$first" "$secret_of_first"
vedette keys delete "$first" >/dev/null
refused "$first" "$secret_of_first"
await is 1 HOSTED
verdicts >"$work/after"
diff "$work/before" "$work/after"
