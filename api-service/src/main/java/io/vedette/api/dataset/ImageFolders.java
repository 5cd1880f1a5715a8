package io.vedette.api.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.api.aws.AwsError;
import io.vedette.common.S3Uri;
import io.vedette.common.dataset.Label;
import io.vedette.common.event.EventJson;
import io.vedette.runtime.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Manifests of images that lie in folders named after their class. */
@ApplicationScoped
class ImageFolders {
    private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(jpe?g|png)");

    private final ObjectStore store;

    ImageFolders(ObjectStore store) {
        this.store = store;
    }

    /**
     * The images below {@code PREFIX/normal/} and {@code PREFIX/anomaly/}, as JSON Lines.
     *
     * @param most how many there may be
     * @throws io.vedette.api.aws.ServiceException VALIDATION if there are none, or too many
     */
    byte[] manifest(String bucket, String prefix, int most) {
        String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        List<String> lines = new ArrayList<>();
        for (Label label : Label.values()) {
            store.list(bucket, folder + label.className() + "/")
                    .map(ObjectStore.Item::uri)
                    .filter(image -> IMAGE.matcher(image.key()).matches())
                    .limit(most + 1L)
                    .forEach(image -> lines.add(line(image, label)));
        }
        if (lines.isEmpty()) {
            throw AwsError.VALIDATION.because("s3://" + bucket + "/" + folder
                    + " has no images: .jpg, .jpeg or .png are looked for in its folders normal/ and anomaly/.");
        }
        if (lines.size() > most) {
            throw AwsError.VALIDATION.because("s3://" + bucket + "/" + folder + " has more than " + most + " images.");
        }
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String line(S3Uri image, Label label) {
        ObjectNode line = EventJson.mapper().createObjectNode();
        line.put("source-ref", image.toString());
        line.put("anomaly-label", label == Label.ANOMALY ? 1 : 0);
        line.putObject("anomaly-label-metadata")
                .put("class-name", label.className())
                .put("type", "groundtruth/image-classification")
                .put("human-annotated", "yes")
                .put("job-name", "folder-import")
                .put(
                        "creation-date",
                        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        return line.toString();
    }
}
