#!/usr/bin/env bash
# Backup, loss and restore as docs/operations.md tells them, on docker-compose.yml: a model that was hosted gives the same
# scores, one that was in training is trained, a caller's key is let in, and new trainings go on. Then every credential is
# rotated. Exit code 0, or what went wrong with the ends of the logs.
#
#   deploy/testing/backup-test.sh         after mvn package -DskipTests; wants docker, docker-compose, aws and curl
. "$(dirname "${BASH_SOURCE[0]}")/compose.sh"
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

say "a hosted model, a caller's key, and a model in training"
up
project
ask_for_model
await is 1 TRAINED
host
verdicts >"$work/before"
grep -c '"IsAnomalous": true' "$work/before" | grep -qx 1
made="$(made_key caller)"
read -r caller secret_of_caller <<<"$made"
may "$caller" "$secret_of_caller"
quietly stop "${compose[@]}" stop trainer
ask_for_model

say "backup"
"${compose[@]}" exec -T postgres pg_dump --username vedette --format=custom vedette >"$work/vedette.dump"
for bucket in vedette parts; do s3 sync --quiet "s3://$bucket" "$work/buckets/$bucket"; done

say "loss"
quietly down "${compose[@]}" down --volumes --timeout 30

say "restore"
up postgres s3
"${compose[@]}" exec -T postgres pg_restore --username vedette --dbname vedette --exit-on-error <"$work/vedette.dump"
for bucket in vedette parts; do
    s3 mb "s3://$bucket" >/dev/null
    s3 sync --quiet "$work/buckets/$bucket" "s3://$bucket"
done
up
await is 1 HOSTED
verdicts >"$work/after"
diff "$work/before" "$work/after"
may "$caller" "$secret_of_caller"
await is 2 TRAINED
ask_for_model
await is 3 TRAINED

say "Postgres's password"
password="$(random 24)"
"${compose[@]}" exec -T postgres psql --quiet --username vedette --command "alter role vedette password '$password'"
change POSTGRES_PASSWORD "$password"
up
may "$key" "$secret"

say "the key of the secrets"
change VEDETTE_SECRETS_PREVIOUS_KEY "$(value VEDETTE_SECRETS_KEY)"
change VEDETTE_SECRETS_KEY "$(secrets_key)"
up
may "$caller" "$secret_of_caller"
change VEDETTE_SECRETS_PREVIOUS_KEY ""
up
may "$caller" "$secret_of_caller"

say "a caller's key"
made="$(made_key next)"
read -r next secret_of_next <<<"$made"
may "$next" "$secret_of_next"
extension PATCH "access-keys/$caller" '{"Status": "Inactive"}' >/dev/null
refused "$caller" "$secret_of_caller"
extension DELETE "access-keys/$caller" >/dev/null
may "$next" "$secret_of_next"

say "the first key"
AWS_ACCESS_KEY_ID="AKIA$(random 8 | tr a-f A-F)"
AWS_SECRET_ACCESS_KEY="$(random 20)"
change VEDETTE_ROOT_ACCESS_KEY_ID "$AWS_ACCESS_KEY_ID"
change VEDETTE_ROOT_SECRET_ACCESS_KEY "$AWS_SECRET_ACCESS_KEY"
up
may "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
may "$key" "$secret"
extension DELETE "access-keys/$key" >/dev/null
refused "$key" "$secret"

say "the inference secret and the store's key"
change VEDETTE_INFERENCE_SECRET "$(random 32)"
change S3_ACCESS_KEY_ID "AKIA$(random 8 | tr a-f A-F)"
change S3_SECRET_ACCESS_KEY "$(random 20)"
up
await is 1 HOSTED
verdicts >"$work/after"
diff "$work/before" "$work/after"
