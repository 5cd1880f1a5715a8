package io.vedette.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a model version: {@code arn:aws:lookoutvision:REGION:ACCOUNT:model/PROJECT/VERSION}.
 *
 * <p>Not unique over time: a deleted project's name can be used again. Whoever needs identity uses the model id.
 */
public record ModelArn(Scope scope, ProjectName project, ModelVersion version) {
    private static final Pattern SHAPE =
            Pattern.compile("arn:aws:lookoutvision:([^:]+):([0-9]{12}):model/([^/]+)/([^/]+)");

    /** @throws IllegalArgumentException if {@code arn} is not the ARN of a model */
    @JsonCreator
    public static ModelArn parse(String arn) {
        Matcher parts = SHAPE.matcher(arn);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a model ARN: " + arn);
        }
        return new ModelArn(
                new Scope(parts.group(2), parts.group(1)),
                new ProjectName(parts.group(3)),
                ModelVersion.parse(parts.group(4)));
    }

    @JsonValue
    @Override
    public String toString() {
        return scope.arn("model/" + project + "/" + version);
    }
}
