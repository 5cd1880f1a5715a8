package io.vedette.api.project;

import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import java.time.Instant;
import java.util.UUID;

/** A project. Its id is its own; its name may be used again once it is deleted. */
public record Project(UUID projectId, Scope scope, ProjectName name, Instant createdAt) {
    public String arn() {
        return scope.arn("project/" + name);
    }
}
