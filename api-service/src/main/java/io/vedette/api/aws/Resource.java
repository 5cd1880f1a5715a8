package io.vedette.api.aws;

import io.vedette.common.DatasetType;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;

/** What an error is about, as ResourceType and ResourceId tell it (specification §2.5). */
public record Resource(Type type, String id) {
    /** The API's ResourceType. */
    public enum Type {
        PROJECT,
        DATASET,
        MODEL,
        TRIAL,
        MODEL_PACKAGE_JOB
    }

    public static Resource project(ProjectName project) {
        return new Resource(Type.PROJECT, project.value());
    }

    public static Resource dataset(ProjectName project, DatasetType dataset) {
        return new Resource(Type.DATASET, project + "/" + dataset);
    }

    public static Resource model(ProjectName project, ModelVersion version) {
        return new Resource(Type.MODEL, project + "/" + version);
    }

    public static Resource model(ProjectName project, RequestedVersion version) {
        return new Resource(Type.MODEL, project + "/" + version);
    }
}
