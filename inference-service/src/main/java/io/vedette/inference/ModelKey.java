package io.vedette.inference;

import io.vedette.runtime.DownloadedArtifact;
import java.util.regex.Pattern;

/**
 * A model as the api names it: by what its training left. The same key is for ever the same bytes.
 *
 * @param sha256 of {@code artifact.json}; null where it is not known
 */
record ModelKey(String artifact, String sha256) {
    private static final Pattern ARTIFACT = Pattern.compile("models/[0-9a-f-]{36}/runs/[0-9a-f-]{36}/artifact\\.json");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    ModelKey {
        if (artifact == null || !ARTIFACT.matcher(artifact).matches()) {
            throw new IllegalArgumentException("not an artifact: " + artifact);
        }
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a checksum: " + sha256);
        }
    }

    DownloadedArtifact.Address address() {
        return new DownloadedArtifact.Address(artifact, sha256);
    }
}
