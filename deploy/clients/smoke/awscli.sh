#!/usr/bin/env bash
# The whole life of a project with the AWS CLI. Wants what .vedette/env sets: endpoints, region, credentials.
# AWS names the command to run (default: aws). Prints PASS, or what went wrong.
set -euo pipefail
aws="${AWS:-aws}"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
: "${AWS_ENDPOINT_URL_LOOKOUTVISION:?source .vedette/env first}" "${AWS_ENDPOINT_URL_S3:?source .vedette/env first}"
project="smoke-awscli-$$-$RANDOM"
bucket="$project"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export AWS_PAGER="" AWS_DEFAULT_OUTPUT=json

# Versions before 1.29 and 2.13 do not read AWS_ENDPOINT_URL_*.
vision() { "$aws" --endpoint-url "$AWS_ENDPOINT_URL_LOOKOUTVISION" lookoutvision "$@"; }
s3() { "$aws" --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 "$@"; }
say() { echo "awscli: $1" >&2; }
fail() { echo "FAIL: $1" >&2; exit 1; }
await() { # SECONDS WANTED COMMAND...
    local until=$((SECONDS + $1)) wanted="$2" got
    shift 2
    while got="$("$@")"; [ "$got" != "$wanted" ]; do
        case "$got" in *FAILED*) fail "$got instead of $wanted" ;; esac
        [ $SECONDS -lt "$until" ] || fail "still $got, not $wanted"
        sleep 2
    done
}

say "images and manifests"
python3 "$here/images.py" "$work" "$bucket"
s3 mb "s3://$bucket" >/dev/null
s3 cp --quiet --recursive "$work" "s3://$bucket/"

say "create"
arn="$(vision create-project --project-name "$project" --query ProjectMetadata.ProjectArn --output text)"
[[ "$arn" == arn:aws:lookoutvision:*:project/$project ]] || fail "ARN $arn"
vision create-project --project-name "$project" >/dev/null 2>"$work/error" && fail "the same name twice"
grep -q ConflictException "$work/error" || fail "$(cat "$work/error")"
vision list-projects --query "Projects[?ProjectName=='$project'].ProjectArn" --output text | grep -qx "$arn" || fail "not listed"

# Text output is queried page by page, JSON as a whole.
say "datasets"
for type in train test; do
    vision create-dataset --project-name "$project" --dataset-type $type \
        --dataset-source "GroundTruthManifest={S3Object={Bucket=$bucket,Key=$type.manifest}}" >/dev/null
    await 120 CREATE_COMPLETE vision describe-dataset --project-name "$project" --dataset-type $type \
        --query DatasetDescription.Status --output text
done
entries="$(vision list-dataset-entries --project-name "$project" --dataset-type train --page-size 7 --query 'length(DatasetEntries)')"
[ "$entries" = 20 ] || fail "$entries entries instead of 20"

say "train"
vision create-model --project-name "$project" --output-config "S3Location={Bucket=$bucket,Prefix=out/}" \
    --tags Key=team,Value=blue --query ModelMetadata.Status --output text | grep -qx TRAINING || fail "not in training"
await 900 TRAINED vision describe-model --project-name "$project" --model-version 1 --query ModelDescription.Status --output text

say "list"
vision list-models --project-name "$project" --query 'Models[].ModelVersion' --output text | grep -qx 1 || fail "model not listed"
key="$(vision describe-model --project-name "$project" --model-version latest --query ModelDescription.EvaluationResult.Key --output text)"
s3 cp --quiet "s3://$bucket/$key" "$work/result.json"
grep -q AggregatedEvaluationResults "$work/result.json" || fail "no evaluation"

say "tag"
model="${arn/:project\//:model/}/1"
vision tag-resource --resource-arn "$model" --tags Key=stage,Value=test
vision untag-resource --resource-arn "$model" --tag-keys team
tags="$(vision list-tags-for-resource --resource-arn "$model" --query 'Tags[].[Key,Value]' --output text)"
[ "$tags" = "$(printf 'stage\ttest')" ] || fail "tags $tags"

say "host"
vision start-model --project-name "$project" --model-version 1 --min-inference-units 1 --query Status --output text |
    grep -qx STARTING_HOSTING || fail "not starting"
await 120 HOSTED vision describe-model --project-name "$project" --model-version 1 --query ModelDescription.Status --output text
for photograph in 00:False 01:True; do
    verdict="$(vision detect-anomalies --project-name "$project" --model-version 1 --content-type image/png \
        --body "$work/test/${photograph%:*}.png" --query DetectAnomalyResult.IsAnomalous --output text)"
    [ "$verdict" = "${photograph#*:}" ] || fail "photograph $photograph: $verdict"
done
vision stop-model --project-name "$project" --model-version 1 --query Status --output text |
    grep -qx STOPPING_HOSTING || fail "not stopping"
await 120 TRAINED vision describe-model --project-name "$project" --model-version 1 --query ModelDescription.Status --output text

say "delete"
vision delete-model --project-name "$project" --model-version 1 >/dev/null
await 120 0 vision list-models --project-name "$project" --query 'length(Models)'
vision delete-dataset --project-name "$project" --dataset-type test
vision delete-dataset --project-name "$project" --dataset-type train
vision delete-project --project-name "$project" >/dev/null
vision describe-project --project-name "$project" >/dev/null 2>"$work/error" && fail "still there"
grep -q ResourceNotFoundException "$work/error" || fail "$(cat "$work/error")"
s3 rb --force "s3://$bucket" >/dev/null
echo PASS
