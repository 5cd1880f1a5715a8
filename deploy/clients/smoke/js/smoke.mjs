// The whole life of a project with the AWS SDK for JavaScript. Wants what .vedette/env sets. Prints PASS.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ConflictException, CreateDatasetCommand, CreateModelCommand, CreateProjectCommand, DeleteDatasetCommand,
  DeleteModelCommand, DeleteProjectCommand, DescribeDatasetCommand, DescribeModelCommand, DescribeProjectCommand,
  DetectAnomaliesCommand, ListTagsForResourceCommand, LookoutVisionClient, paginateListDatasetEntries,
  paginateListModels, paginateListProjects, ResourceNotFoundException, StartModelCommand, StopModelCommand,
  TagResourceCommand, UntagResourceCommand, ValidationException,
} from "@aws-sdk/client-lookoutvision";
import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2,
  PutObjectCommand, S3Client,
} from "@aws-sdk/client-s3";

const vision = new LookoutVisionClient({ endpoint: process.env.AWS_ENDPOINT_URL_LOOKOUTVISION });
const s3 = new S3Client({
  endpoint: process.env.AWS_ENDPOINT_URL_S3,
  forcePathStyle: true,
  requestChecksumCalculation: "WHEN_REQUIRED",
});
const ProjectName = "smoke-js-" + randomUUID().slice(0, 12);
const Bucket = ProjectName;
const say = (text) => console.error("js: " + text);
const all = async (pages, member) => {
  const found = [];
  for await (const page of pages) found.push(...(page[member] ?? []));
  return found;
};
const wait = async (seconds, wanted, ask) => {
  for (const until = Date.now() + seconds * 1000; ; ) {
    const got = await ask();
    if (got === wanted) return;
    assert(!String(got).includes("FAILED"), `${got} instead of ${wanted}`);
    assert(Date.now() < until, `still ${got}, not ${wanted}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
};

say("images and manifests");
await s3.send(new CreateBucketCommand({ Bucket }));
const folder = mkdtempSync(join(tmpdir(), "smoke-"));
try {
  execFileSync("python3", [fileURLToPath(new URL("../images.py", import.meta.url)), folder, Bucket]);
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
    const path = join(file.parentPath ?? file.path, file.name);
    await s3.send(new PutObjectCommand({ Bucket, Key: path.slice(folder.length + 1), Body: readFileSync(path) }));
  }
} finally {
  rmSync(folder, { recursive: true });
}

say("create");
const { ProjectMetadata } = await vision.send(new CreateProjectCommand({ ProjectName }));
assert(ProjectMetadata.ProjectArn.endsWith(":project/" + ProjectName));
assert(ProjectMetadata.CreationTimestamp instanceof Date);
await assert.rejects(vision.send(new CreateProjectCommand({ ProjectName })), (error) => {
  assert(error instanceof ConflictException, String(error));
  assert.equal(error.ResourceType, "PROJECT");
  return true;
});
const projects = await all(paginateListProjects({ client: vision, pageSize: 2 }, {}), "Projects");
assert(projects.some((project) => project.ProjectName === ProjectName));

say("datasets");
for (const DatasetType of ["train", "test"]) {
  const S3Object = { Bucket, Key: DatasetType + ".manifest" };
  await vision.send(
    new CreateDatasetCommand({ ProjectName, DatasetType, DatasetSource: { GroundTruthManifest: { S3Object } } }));
  const describe = async () =>
    (await vision.send(new DescribeDatasetCommand({ ProjectName, DatasetType }))).DatasetDescription;
  await wait(120, "CREATE_COMPLETE", async () => (await describe()).Status);
  assert.deepEqual((await describe()).ImageStats, { Total: 20, Labeled: 20, Normal: 10, Anomaly: 10 });
}
const entries = paginateListDatasetEntries({ client: vision, pageSize: 3 }, { ProjectName, DatasetType: "train", Labeled: true });
assert.equal((await all(entries, "DatasetEntries")).length, 20);

say("train");
const { ModelMetadata } = await vision.send(
  new CreateModelCommand({
    ProjectName,
    OutputConfig: { S3Location: { Bucket, Prefix: "out/" } },
    Tags: [{ Key: "team", Value: "blue" }],
  }));
assert.equal(ModelMetadata.ModelVersion, "1");
const describeModel = async () =>
  (await vision.send(new DescribeModelCommand({ ProjectName, ModelVersion: "1" }))).ModelDescription;
await wait(900, "TRAINED", async () => (await describeModel()).Status);

say("list");
const models = () => all(paginateListModels({ client: vision }, { ProjectName }), "Models");
assert.equal((await models()).length, 1);
const result = (await describeModel()).EvaluationResult;
const object = await s3.send(new GetObjectCommand({ Bucket: result.Bucket, Key: result.Key }));
assert(JSON.parse(await object.Body.transformToString()).AggregatedEvaluationResults);

say("tag");
const ResourceArn = ModelMetadata.ModelArn;
await vision.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "stage", Value: "test" }] }));
await vision.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team"] }));
const { Tags } = await vision.send(new ListTagsForResourceCommand({ ResourceArn }));
assert.deepEqual(Tags, [{ Key: "stage", Value: "test" }]);

say("host");
const hosting = { ProjectName, ModelVersion: "1" };
assert.equal((await vision.send(new StartModelCommand({ ...hosting, MinInferenceUnits: 1 }))).Status, "STARTING_HOSTING");
await wait(120, "HOSTED", async () => (await describeModel()).Status);
const detect = async (Body) =>
  (await vision.send(new DetectAnomaliesCommand({ ...hosting, Body, ContentType: "image/png" }))).DetectAnomalyResult;
for (const [Key, anomalous] of [["test/00.png", false], ["test/01.png", true]]) {
  const photograph = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const found = await detect(await photograph.Body.transformToByteArray());
  assert.equal(found.IsAnomalous, anomalous, Key);
  assert(found.Confidence >= 0.5 && found.Confidence <= 1, String(found.Confidence));
}
await assert.rejects(detect(Buffer.from("no image")), ValidationException);
assert.equal((await vision.send(new StopModelCommand(hosting))).Status, "STOPPING_HOSTING");
await wait(120, "TRAINED", async () => (await describeModel()).Status);

say("delete");
await vision.send(new DeleteModelCommand({ ProjectName, ModelVersion: "1" }));
await wait(120, 0, async () => (await models()).length);
for (const DatasetType of ["test", "train"]) {
  await vision.send(new DeleteDatasetCommand({ ProjectName, DatasetType }));
}
await vision.send(new DeleteProjectCommand({ ProjectName }));
await assert.rejects(vision.send(new DescribeProjectCommand({ ProjectName })), ResourceNotFoundException);
for (const { Key } of await all(paginateListObjectsV2({ client: s3 }, { Bucket }), "Contents")) {
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
}
await s3.send(new DeleteBucketCommand({ Bucket }));
console.log("PASS");
