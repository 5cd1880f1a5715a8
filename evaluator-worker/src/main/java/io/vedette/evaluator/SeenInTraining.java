package io.vedette.evaluator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.common.S3Uri;
import io.vedette.common.event.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Test images that the model was learned from: the same object, or another with the same ETag, which stands for its bytes. */
final class SeenInTraining {
    private static final int NAMED = 3;

    private final Set<String> addresses = new HashSet<>();
    private final Set<String> etags = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private SeenInTraining() {}

    /** @param directory of the artifact; models of before its {@code images.jsonl} know no images */
    static SeenInTraining of(Path directory) throws IOException {
        SeenInTraining seen = new SeenInTraining();
        Path images = directory.resolve("images.jsonl");
        if (Files.exists(images)) {
            for (String line : Files.readAllLines(images)) {
                JsonNode image = EventJson.mapper().readTree(line);
                seen.addresses.add(image.path("source-ref").asText());
                if (image.hasNonNull("etag")) {
                    seen.etags.add(image.get("etag").asText());
                }
            }
        }
        return seen;
    }

    /** @param etag empty if it is not known */
    void check(S3Uri image, Optional<String> etag) {
        if (addresses.contains(image.toString()) || etag.filter(etags::contains).isPresent()) {
            found.add(image.toString());
        }
    }

    /** A sentence for the model's owner; empty if no test image was seen. */
    Optional<String> remark() {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String names = String.join(", ", found.subList(0, Math.min(NAMED, found.size())));
        String rest = found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : "";
        return Optional.of("Some test images are training images too, so the figures look better than they are: "
                + names + rest + ".");
    }
}
