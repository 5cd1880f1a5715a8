#!/usr/bin/env python3
"""The whole life of a project with boto3. Wants what .vedette/env sets. Prints PASS, or what went wrong."""
import os
import sys
import tempfile
import time
import uuid

import boto3

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import images  # noqa: E402  (the file beside this one)

vision = boto3.client("lookoutvision", endpoint_url=os.environ["AWS_ENDPOINT_URL_LOOKOUTVISION"])
s3 = boto3.client(
    "s3",
    endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"],
    config=boto3.session.Config(s3={"addressing_style": "path"}),
)
project = bucket = "smoke-boto3-" + uuid.uuid4().hex[:12]


def say(text):
    print("boto3: " + text, file=sys.stderr)


def wait(seconds, wanted, ask):
    until = time.time() + seconds
    while True:
        got = ask()
        if got == wanted:
            return
        assert "FAILED" not in str(got), got
        assert time.time() < until, "still %s, not %s" % (got, wanted)
        time.sleep(2)


say("images and manifests")
s3.create_bucket(Bucket=bucket)
with tempfile.TemporaryDirectory() as folder:
    images.main(folder, bucket)
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            s3.upload_file(file, bucket, os.path.relpath(file, folder))

say("create")
made = vision.create_project(ProjectName=project)["ProjectMetadata"]
assert made["ProjectArn"].endswith(":project/" + project), made
assert made["CreationTimestamp"].tzinfo is not None, made
try:
    vision.create_project(ProjectName=project)
    raise AssertionError("the same name twice")
except vision.exceptions.ConflictException as conflict:
    assert conflict.response["ResourceType"] == "PROJECT", conflict.response
    assert conflict.response["Message"] and conflict.response["Error"]["Message"], conflict.response
pages = vision.get_paginator("list_projects").paginate(PaginationConfig={"PageSize": 2})
assert project in [each["ProjectName"] for page in pages for each in page["Projects"]]
assert vision.describe_project(ProjectName=project)["ProjectDescription"]["Datasets"] == []

say("datasets")
for kind in ("train", "test"):
    source = {"GroundTruthManifest": {"S3Object": {"Bucket": bucket, "Key": kind + ".manifest"}}}
    begun = vision.create_dataset(ProjectName=project, DatasetType=kind, DatasetSource=source)
    assert begun["DatasetMetadata"]["StatusMessage"], begun

    def describe(kind=kind):
        return vision.describe_dataset(ProjectName=project, DatasetType=kind)["DatasetDescription"]

    wait(120, "CREATE_COMPLETE", lambda: describe()["Status"])
    assert describe()["ImageStats"] == {"Total": 20, "Labeled": 20, "Normal": 10, "Anomaly": 10}, describe()
pages = vision.get_paginator("list_dataset_entries").paginate(
    ProjectName=project, DatasetType="train", AnomalyClass="anomaly", PaginationConfig={"PageSize": 3}
)
assert len([entry for page in pages for entry in page["DatasetEntries"]]) == 10

say("train")
model = vision.create_model(
    ProjectName=project,
    OutputConfig={"S3Location": {"Bucket": bucket, "Prefix": "out/"}},
    Tags=[{"Key": "team", "Value": "blue"}],
)["ModelMetadata"]
assert (model["ModelVersion"], model["Status"]) == ("1", "TRAINING"), model


def described():
    return vision.describe_model(ProjectName=project, ModelVersion="1")["ModelDescription"]


wait(900, "TRAINED", lambda: described()["Status"])

say("list")
assert [each["ModelVersion"] for each in vision.list_models(ProjectName=project)["Models"]] == ["1"]
result = described()["EvaluationResult"]
assert b"AggregatedEvaluationResults" in s3.get_object(Bucket=result["Bucket"], Key=result["Key"])["Body"].read()

say("tag")
vision.tag_resource(ResourceArn=model["ModelArn"], Tags=[{"Key": "stage", "Value": "test"}])
vision.untag_resource(ResourceArn=model["ModelArn"], TagKeys=["team"])
tags = vision.list_tags_for_resource(ResourceArn=model["ModelArn"])["Tags"]
assert tags == [{"Key": "stage", "Value": "test"}], tags

say("host")
begun = vision.start_model(ProjectName=project, ModelVersion="1", MinInferenceUnits=1)
assert begun["Status"] == "STARTING_HOSTING", begun
wait(120, "HOSTED", lambda: described()["Status"])
for number, anomalous in ((0, False), (1, True)):
    photograph = s3.get_object(Bucket=bucket, Key="test/%02d.png" % number)["Body"].read()
    found = vision.detect_anomalies(ProjectName=project, ModelVersion="1", Body=photograph, ContentType="image/png")
    found = found["DetectAnomalyResult"]
    assert found["Source"] == {"Type": "direct"}, found
    assert found["IsAnomalous"] is anomalous and 0.5 <= found["Confidence"] <= 1, (number, found)
try:
    vision.detect_anomalies(ProjectName=project, ModelVersion="1", Body=b"no image", ContentType="image/png")
    raise AssertionError("no image, and no refusal")
except vision.exceptions.ValidationException:
    pass
assert vision.stop_model(ProjectName=project, ModelVersion="1")["Status"] == "STOPPING_HOSTING"
wait(120, "TRAINED", lambda: described()["Status"])

say("delete")
vision.delete_model(ProjectName=project, ModelVersion="1")
wait(120, 0, lambda: len(vision.list_models(ProjectName=project)["Models"]))
vision.delete_dataset(ProjectName=project, DatasetType="test")
vision.delete_dataset(ProjectName=project, DatasetType="train")
vision.delete_project(ProjectName=project)
try:
    vision.describe_project(ProjectName=project)
    raise AssertionError("still there")
except vision.exceptions.ResourceNotFoundException:
    pass
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
    for item in page.get("Contents", []):
        s3.delete_object(Bucket=bucket, Key=item["Key"])
s3.delete_bucket(Bucket=bucket)
print("PASS")
