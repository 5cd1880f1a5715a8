package io.vedette.api.batch;

import io.quarkus.logging.Log;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.CallerBuckets;
import io.vedette.api.batch.BatchRequest.InputConfig;
import io.vedette.api.batch.BatchRequest.S3Location;
import io.vedette.api.batch.BatchRequest.S3Object;
import io.vedette.api.dataset.BadManifest;
import io.vedette.api.dataset.ManifestLines;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.dataset.BadEntry;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.event.EventJson;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The images of a batch, frozen in the service's own bucket when it is asked for: every attempt sees the same ones, whatever
 * comes to be in the caller's bucket meanwhile. One line is in memory at a time.
 */
@ApplicationScoped
class BatchImages {
    private static final Pattern IMAGE = Pattern.compile("(?is).*\\.(jpe?g|png)");

    private final ObjectStore store;
    private final CallerBuckets buckets;
    private final BatchSettings settings;

    BatchImages(ObjectStore store, CallerBuckets buckets, BatchSettings settings) {
        this.store = store;
        this.buckets = buckets;
        this.settings = settings;
    }

    /**
     * Not to be called in a transaction.
     *
     * @return how many they are
     * @throws io.vedette.api.aws.ServiceException VALIDATION if there are none or too many, or the manifest is none
     */
    long freeze(UUID modelId, UUID batchId, InputConfig input) {
        try {
            Path file = Files.createTempFile("batch-", ".jsonl");
            try {
                long count;
                try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                    Copy copy = new Copy(lines, input);
                    count = input.manifest() == null
                            ? copy.listed(input.s3Location())
                            : copy.manifest(input.manifest().s3Object());
                }
                store.putFile(store.own(ArtifactLayout.batchImages(modelId, batchId)), file);
                return count;
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes all that is kept of a batch; what cannot be removed stays until its model goes. */
    void discard(UUID modelId, UUID batchId) {
        try {
            store.deletePrefix(ArtifactLayout.batch(modelId, batchId));
        } catch (ObjectStoreException unavailable) {
            Log.warnf("left images of no batch=%s: %s", batchId, unavailable.getMessage());
        }
    }

    /** One list on its way. */
    private final class Copy {
        private final BufferedWriter lines;
        private final InputConfig input;
        private final Set<String> allowed = new HashSet<>();
        private long count;

        Copy(BufferedWriter lines, InputConfig input) {
            this.lines = lines;
            this.input = input;
        }

        long listed(S3Location location) throws IOException {
            try {
                Iterator<S3Uri> images = store.list(location.bucket(), location.prefix())
                        .map(ObjectStore.Item::uri)
                        .filter(image -> IMAGE.matcher(image.key()).matches())
                        .iterator();
                while (images.hasNext()) {
                    add(images.next());
                }
            } catch (ObjectStoreException refusal) {
                throw refused(refusal, "InputConfig.S3Location");
            }
            if (count == 0) {
                throw AwsError.VALIDATION.because(
                        "InputConfig.S3Location: there is no .jpg, .jpeg or .png below " + input.address() + ".");
            }
            return count;
        }

        long manifest(S3Object object) throws IOException {
            S3Uri address = new S3Uri(object.bucket(), object.key());
            try (ManifestLines manifest = new ManifestLines(store.open(address, object.versionId()), "manifest")) {
                for (Optional<ManifestLines.Line> line = manifest.next(); line.isPresent(); line = manifest.next()) {
                    add(image(line.get()));
                }
            } catch (BadManifest bad) {
                throw AwsError.VALIDATION.because(bad.getMessage());
            } catch (ObjectStoreException refusal) {
                throw refused(refusal, BatchRequest.MANIFEST);
            }
            if (count == 0) {
                throw AwsError.VALIDATION.because("The manifest " + input.address() + " lists no image.");
            }
            return count;
        }

        private static RuntimeException refused(ObjectStoreException refusal, String member) {
            return refusal.isCallersFault()
                    ? AwsError.VALIDATION.because(member + ": " + refusal.getMessage())
                    : refusal;
        }

        private S3Uri image(ManifestLines.Line line) {
            String where = "Line " + line.number() + " of the manifest: ";
            try {
                S3Uri image = DatasetEntry.parse(line.text()).sourceRef();
                if (!allowed.contains(image.bucket())) {
                    buckets.check(image.bucket(), where + "the bucket of source-ref");
                    allowed.add(image.bucket());
                }
                return image;
            } catch (BadEntry bad) {
                throw AwsError.VALIDATION.because(where + bad.getMessage() + ".");
            }
        }

        private void add(S3Uri image) throws IOException {
            if (++count > settings.mostImages()) {
                throw AwsError.VALIDATION.because(input.address() + " has more than " + settings.mostImages()
                        + " images: divide them among several batches.");
            }
            lines.write(EventJson.mapper()
                    .createObjectNode()
                    .put("source-ref", image.toString())
                    .toString());
            lines.write('\n');
        }
    }
}
