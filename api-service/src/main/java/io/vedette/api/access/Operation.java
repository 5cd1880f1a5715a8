package io.vedette.api.access;

import java.util.List;
import java.util.Optional;

/**
 * Every operation of the API, and those of our own beside it. Authorisation, request rates, body limits and the audit
 * log go by this list: a call that is not on it is no operation, or (below /vedette/v1/) one for administrators only.
 */
public enum Operation {
    CREATE_PROJECT("CreateProject", "POST", "projects", Subject.PROJECT_IN_BODY),
    DESCRIBE_PROJECT("DescribeProject", "GET", "projects/{projectName}", Subject.PROJECT),
    LIST_PROJECTS("ListProjects", "GET", "projects", Subject.ALL_PROJECTS),
    DELETE_PROJECT("DeleteProject", "DELETE", "projects/{projectName}", Subject.PROJECT),
    CREATE_DATASET("CreateDataset", "POST", "projects/{projectName}/datasets", Subject.PROJECT),
    DESCRIBE_DATASET("DescribeDataset", "GET", "projects/{projectName}/datasets/{datasetType}", Subject.PROJECT),
    DELETE_DATASET("DeleteDataset", "DELETE", "projects/{projectName}/datasets/{datasetType}", Subject.PROJECT),
    LIST_DATASET_ENTRIES(
            "ListDatasetEntries", "GET", "projects/{projectName}/datasets/{datasetType}/entries", Subject.PROJECT),
    UPDATE_DATASET_ENTRIES(
            "UpdateDatasetEntries", "PATCH", "projects/{projectName}/datasets/{datasetType}/entries", Subject.PROJECT),
    CREATE_MODEL("CreateModel", "POST", "projects/{projectName}/models", Subject.NEW_MODEL),
    DESCRIBE_MODEL("DescribeModel", "GET", "projects/{projectName}/models/{modelVersion}", Subject.MODEL),
    LIST_MODELS("ListModels", "GET", "projects/{projectName}/models", Subject.PROJECT),
    DELETE_MODEL("DeleteModel", "DELETE", "projects/{projectName}/models/{modelVersion}", Subject.MODEL),
    START_MODEL("StartModel", "POST", "projects/{projectName}/models/{modelVersion}/start", Subject.MODEL),
    STOP_MODEL("StopModel", "POST", "projects/{projectName}/models/{modelVersion}/stop", Subject.MODEL),
    DETECT_ANOMALIES("DetectAnomalies", "POST", "projects/{projectName}/models/{modelVersion}/detect", Subject.MODEL),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource", "GET", "tags/{resourceArn}", Subject.GIVEN_MODEL),
    TAG_RESOURCE("TagResource", "POST", "tags/{resourceArn}", Subject.GIVEN_MODEL),
    UNTAG_RESOURCE("UntagResource", "DELETE", "tags/{resourceArn}", Subject.GIVEN_MODEL),
    START_MODEL_PACKAGING_JOB(
            "StartModelPackagingJob", "POST", "projects/{projectName}/modelpackagingjobs", Subject.MODEL_IN_BODY),
    DESCRIBE_MODEL_PACKAGING_JOB(
            "DescribeModelPackagingJob", "GET", "projects/{projectName}/modelpackagingjobs/{jobName}", Subject.PROJECT),
    LIST_MODEL_PACKAGING_JOBS(
            "ListModelPackagingJobs", "GET", "projects/{projectName}/modelpackagingjobs", Subject.PROJECT),

    // Ours, on projects and models: allowed to those who may do all of the service.
    IMPORT_FOLDER(
            "lookoutvision",
            "ImportFolder",
            "POST",
            "vedette/v1/projects/{projectName}/datasets/{datasetType}/folder-imports",
            Subject.PROJECT),
    DELETE_DATASET_ENTRIES(
            "lookoutvision",
            "DeleteDatasetEntries",
            "POST",
            "vedette/v1/projects/{projectName}/datasets/{datasetType}/entry-removals",
            Subject.PROJECT),
    CHECK_DATASET(
            "lookoutvision",
            "CheckDataset",
            "POST",
            "vedette/v1/projects/{projectName}/datasets/{datasetType}/checks",
            Subject.PROJECT),
    DESCRIBE_DATASET_CHECK(
            "lookoutvision",
            "DescribeDatasetCheck",
            "GET",
            "vedette/v1/projects/{projectName}/datasets/{datasetType}/checks/{checkId}",
            Subject.PROJECT),
    DESCRIBE_TRAINING_PROGRESS(
            "lookoutvision",
            "DescribeTrainingProgress",
            "GET",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/progress",
            Subject.MODEL),
    DESCRIBE_MODEL_HISTORY(
            "lookoutvision",
            "DescribeModelHistory",
            "GET",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/history",
            Subject.MODEL),
    STOP_TRAINING(
            "lookoutvision",
            "StopTraining",
            "POST",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/stop-training",
            Subject.MODEL),
    DETECT_IN_DETAIL(
            "lookoutvision",
            "DetectInDetail",
            "POST",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/detect",
            Subject.MODEL),
    UPDATE_INFERENCE_UNITS(
            "lookoutvision",
            "UpdateInferenceUnits",
            "PUT",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/inference-units",
            Subject.MODEL),
    DESCRIBE_THRESHOLD(
            "lookoutvision",
            "DescribeThreshold",
            "GET",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/threshold",
            Subject.MODEL),
    UPDATE_THRESHOLD(
            "lookoutvision",
            "UpdateThreshold",
            "PUT",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/threshold",
            Subject.MODEL),
    START_BATCH_DETECTION(
            "lookoutvision",
            "StartBatchDetection",
            "POST",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/batch-detections",
            Subject.MODEL),
    LIST_BATCH_DETECTIONS(
            "lookoutvision",
            "ListBatchDetections",
            "GET",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/batch-detections",
            Subject.MODEL),
    DESCRIBE_BATCH_DETECTION(
            "lookoutvision",
            "DescribeBatchDetection",
            "GET",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/batch-detections/{batchDetectionId}",
            Subject.MODEL),
    STOP_BATCH_DETECTION(
            "lookoutvision",
            "StopBatchDetection",
            "POST",
            "vedette/v1/projects/{projectName}/models/{modelVersion}/batch-detections/{batchDetectionId}/stop",
            Subject.MODEL),
    LIST_EVENTS("lookoutvision", "ListEvents", "GET", "vedette/v1/events", Subject.ALL_PROJECTS),

    LIST_ACCESS_KEYS("vedette", "ListAccessKeys", "GET", "access-keys"),
    CREATE_ACCESS_KEY("vedette", "CreateAccessKey", "POST", "access-keys"),
    UPDATE_ACCESS_KEY("vedette", "UpdateAccessKey", "PATCH", "access-keys/{accessKeyId}"),
    DELETE_ACCESS_KEY("vedette", "DeleteAccessKey", "DELETE", "access-keys/{accessKeyId}"),
    LIST_ACCOUNTS("vedette", "ListAccounts", "GET", "accounts"),
    PUT_ACCOUNT("vedette", "PutAccount", "PUT", "accounts/{account}");

    private static final String API = "2020-11-20/";
    private static final String EXTENSIONS = "vedette/v1/";

    private final String service;
    private final String operationName;
    private final String method;
    private final List<String> path;
    private final Subject subject;

    Operation(String operationName, String method, String path, Subject subject) {
        this("lookoutvision", operationName, method, API + path, subject);
    }

    Operation(String service, String operationName, String method, String path) {
        this(service, operationName, method, EXTENSIONS + path, Subject.ANY);
    }

    Operation(String service, String operationName, String method, String path, Subject subject) {
        this.service = service;
        this.operationName = operationName;
        this.method = method;
        this.path = List.of(path.split("/"));
        this.subject = subject;
    }

    /** What the resource of a policy is compared with. */
    enum Subject {
        PROJECT,
        PROJECT_IN_BODY,
        ALL_PROJECTS,
        MODEL,
        NEW_MODEL,
        MODEL_IN_BODY,
        GIVEN_MODEL,
        ANY
    }

    static Optional<Operation> of(String method, List<String> rawSegments) {
        for (Operation each : values()) {
            if (each.method.equals(method) && each.isAt(rawSegments)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Such as {@code CreateModel}. */
    public String operationName() {
        return operationName;
    }

    String service() {
        return service;
    }

    String action() {
        return service + ":" + operationName;
    }

    List<String> path() {
        return path;
    }

    Subject subject() {
        return subject;
    }

    /** Some carry much; all others a few texts. */
    long mostBytes() {
        return switch (this) {
            // 10 MiB of changes as base64 in JSON, and an image of 8 MB: with some room, so that the operation says it.
            case UPDATE_DATASET_ENTRIES -> 15 << 20;
            case DETECT_ANOMALIES, DETECT_IN_DETAIL -> 10 << 20;
            // A thousand addresses of images.
            case DELETE_DATASET_ENTRIES -> 4 << 20;
            default -> 1 << 20;
        };
    }

    static boolean isLabel(String step) {
        return step.startsWith("{");
    }

    private boolean isAt(List<String> segments) {
        if (segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!isLabel(path.get(i)) && !path.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }
}
