package io.vedette.api.aws;

import java.util.List;
import java.util.stream.Stream;

/** Every operation, where it is and what its body holds: {@link BadInputTest} goes through all of them. */
final class BadInputCalls {
    private static final String PROJECTS = "/2020-11-20/projects";
    private static final String ARN = "arn%3Aaws%3Alookoutvision%3Aus-east-1%3A000000000001%3Amodel%2F";

    private BadInputCalls() {}

    /** @param members of its body; none if it takes no body */
    record Call(String operation, String method, String path, List<String> members) {
        @Override
        public String toString() {
            return operation;
        }

        static Stream<Call> all() {
            String dataset = PROJECTS + "/{name}/datasets/{type}";
            String model = PROJECTS + "/{name}/models/{version}";
            return Stream.of(
                    new Call("CreateProject", "POST", PROJECTS, List.of("ProjectName")),
                    new Call("DescribeProject", "GET", PROJECTS + "/{name}", List.of()),
                    new Call("ListProjects", "GET", PROJECTS, List.of()),
                    new Call("DeleteProject", "DELETE", PROJECTS + "/{name}", List.of()),
                    new Call(
                            "CreateDataset",
                            "POST",
                            PROJECTS + "/{name}/datasets",
                            List.of("DatasetType", "DatasetSource")),
                    new Call("DescribeDataset", "GET", dataset, List.of()),
                    new Call("DeleteDataset", "DELETE", dataset, List.of()),
                    new Call("ListDatasetEntries", "GET", dataset + "/entries", List.of()),
                    new Call("UpdateDatasetEntries", "PATCH", dataset + "/entries", List.of("Changes")),
                    new Call(
                            "CreateModel",
                            "POST",
                            PROJECTS + "/{name}/models",
                            List.of("OutputConfig", "Description", "KmsKeyId", "Tags")),
                    new Call("DescribeModel", "GET", model, List.of()),
                    new Call("ListModels", "GET", PROJECTS + "/{name}/models", List.of()),
                    new Call("DeleteModel", "DELETE", model, List.of()),
                    new Call("StartModel", "POST", model + "/start", List.of("MinInferenceUnits", "MaxInferenceUnits")),
                    new Call("StopModel", "POST", model + "/stop", List.of()),
                    new Call("DetectAnomalies", "POST", model + "/detect", List.of("Body")),
                    new Call("ListTagsForResource", "GET", "/2020-11-20/tags/" + ARN + "{name}%2F{version}", List.of()),
                    new Call("TagResource", "POST", "/2020-11-20/tags/" + ARN + "{name}%2F{version}", List.of("Tags")),
                    new Call("UntagResource", "DELETE", "/2020-11-20/tags/" + ARN + "{name}%2F{version}", List.of()),
                    new Call(
                            "StartModelPackagingJob",
                            "POST",
                            PROJECTS + "/{name}/modelpackagingjobs",
                            List.of("ModelVersion", "Configuration", "JobName", "Description")),
                    new Call(
                            "DescribeModelPackagingJob",
                            "GET",
                            PROJECTS + "/{name}/modelpackagingjobs/{version}",
                            List.of()),
                    new Call("ListModelPackagingJobs", "GET", PROJECTS + "/{name}/modelpackagingjobs", List.of()),
                    new Call(
                            "ImportFolder",
                            "POST",
                            "/vedette/v1/projects/{name}/datasets/{type}/folder-imports",
                            List.of("Bucket", "Prefix")),
                    new Call(
                            "DeleteDatasetEntries",
                            "POST",
                            "/vedette/v1/projects/{name}/datasets/{type}/entry-removals",
                            List.of("SourceRefs")),
                    new Call("CheckDataset", "POST", "/vedette/v1/projects/{name}/datasets/{type}/checks", List.of()),
                    new Call(
                            "DescribeDatasetCheck",
                            "GET",
                            "/vedette/v1/projects/{name}/datasets/{type}/checks/{version}",
                            List.of()),
                    new Call(
                            "DescribeTrainingProgress",
                            "GET",
                            "/vedette/v1/projects/{name}/models/{version}/progress",
                            List.of()),
                    new Call(
                            "DescribeModelHistory",
                            "GET",
                            "/vedette/v1/projects/{name}/models/{version}/history",
                            List.of()),
                    new Call(
                            "StopTraining",
                            "POST",
                            "/vedette/v1/projects/{name}/models/{version}/stop-training",
                            List.of()),
                    new Call(
                            "StartBatchDetection",
                            "POST",
                            "/vedette/v1/projects/{name}/models/{version}/batch-detections",
                            List.of("InputConfig", "OutputConfig", "Threshold")),
                    new Call(
                            "ListBatchDetections",
                            "GET",
                            "/vedette/v1/projects/{name}/models/{version}/batch-detections",
                            List.of()),
                    new Call(
                            "DescribeBatchDetection",
                            "GET",
                            "/vedette/v1/projects/{name}/models/1/batch-detections/{version}",
                            List.of()),
                    new Call(
                            "StopBatchDetection",
                            "POST",
                            "/vedette/v1/projects/{name}/models/1/batch-detections/{version}/stop",
                            List.of()),
                    new Call(
                            "CreateAccessKey",
                            "POST",
                            "/vedette/v1/access-keys",
                            List.of("Name", "Account", "Policies")),
                    new Call("UpdateAccessKey", "PATCH", "/vedette/v1/access-keys/{name}", List.of("Status")),
                    new Call("DeleteAccessKey", "DELETE", "/vedette/v1/access-keys/{name}", List.of()),
                    new Call("PutAccount", "PUT", "/vedette/v1/accounts/{name}", List.of("Name", "Buckets")));
        }
    }
}
