package io.vedette.api.model;

import io.vedette.api.aws.RequestedVersion;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import java.util.Optional;

/** Which model of whose project. */
public record ModelKey(Scope scope, ProjectName project, RequestedVersion version) {
    static ModelKey of(Scope scope, ProjectName project, ModelVersion version) {
        return new ModelKey(scope, project, new RequestedVersion(Optional.of(version)));
    }

    static ModelKey of(ModelArn arn) {
        return of(arn.scope(), arn.project(), arn.version());
    }
}
