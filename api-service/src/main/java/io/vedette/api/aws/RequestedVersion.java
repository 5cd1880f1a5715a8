package io.vedette.api.aws;

import io.vedette.common.ModelVersion;
import java.util.Optional;

/**
 * The model version that a caller asks for.
 *
 * @param number empty for {@code latest}: the highest there is
 */
public record RequestedVersion(Optional<ModelVersion> number) {
    /** @throws IllegalArgumentException if {@code text} is neither a model version nor {@code latest} */
    public static RequestedVersion parse(String text) {
        return text.equals("latest")
                ? new RequestedVersion(Optional.empty())
                : new RequestedVersion(Optional.of(ModelVersion.parse(text)));
    }

    @Override
    public String toString() {
        return number.map(ModelVersion::toString).orElse("latest");
    }
}
