# Sourced by the tests that lose and mend things: a project "parts" and its models, by the AWS CLI. The environment says
# where, and with which key.
export AWS_PAGER="" AWS_DEFAULT_OUTPUT=json

vision() { aws --endpoint-url "$AWS_ENDPOINT_URL_LOOKOUTVISION" lookoutvision "$@"; }
s3() { aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 "$@"; }
# METHOD PATH [BODY]: an extension
extension() {
    curl --silent --show-error --fail-with-body --aws-sigv4 aws:amz:us-east-1:lookoutvision \
        --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" --request "$1" ${3:+--header "Content-Type: application/json" --data "$3"} \
        "$AWS_ENDPOINT_URL_LOOKOUTVISION/vedette/v1/$2"
}
# A new access key: ID SECRET
made_key() {
    extension POST access-keys '{"Name": "'"$1"'", "Policies": ["AdministratorAccess"]}' |
        python3 -c 'import json, sys; key = json.load(sys.stdin); print(key["AccessKey"]["AccessKeyId"], key["SecretAccessKey"])'
}
# ID SECRET: whether this key is let in
may() { AWS_ACCESS_KEY_ID="$1" AWS_SECRET_ACCESS_KEY="$2" vision list-projects >"$work/answer" 2>&1; }
# ID SECRET: whether it is refused as one that is unknown
refused() { ! may "$@" && grep -q UnrecognizedClientException "$work/answer"; }

# TYPE: whether that data set is there
imported() {
    [ "$(vision describe-dataset --project-name parts --dataset-type "$1" --query DatasetDescription.Status --output text)" = CREATE_COMPLETE ]
}
project() {
    local type
    python3 "$root/deploy/clients/smoke/images.py" "$work/photographs" parts
    s3 mb s3://parts >/dev/null
    s3 cp --quiet --recursive "$work/photographs" s3://parts/
    vision create-project --project-name parts >/dev/null
    for type in train test; do
        vision create-dataset --project-name parts --dataset-type "$type" \
            --dataset-source "GroundTruthManifest={S3Object={Bucket=parts,Key=$type.manifest}}" >/dev/null
        await imported "$type"
    done
}
# Asks for one more model of the project.
ask_for_model() {
    vision create-model --project-name parts --output-config "S3Location={Bucket=parts,Prefix=out/}" >/dev/null
}
# VERSION STATUS: whether it has that status; the end of the test if its training failed
is() {
    local status
    status="$(vision describe-model --project-name parts --model-version "$1" --query ModelDescription.Status --output text)"
    case "$status" in "$2") return ;; *FAILED) say "model $1 is $status"; exit 1 ;; *) return 1 ;; esac
}
host() {
    vision start-model --project-name parts --model-version 1 --min-inference-units 1 >/dev/null
    await is 1 HOSTED
}
# What the hosted model says of a whole and of a scratched part: verdicts and scores.
verdicts() {
    local photograph
    for photograph in 00 01; do
        vision detect-anomalies --project-name parts --model-version 1 --content-type image/png \
            --body "$work/photographs/test/$photograph.png" --query DetectAnomalyResult
    done
}
