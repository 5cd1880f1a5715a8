package io.vedette.api.dataset;

import io.vedette.common.S3Uri;
import io.vedette.common.dataset.BadEntry;
import io.vedette.common.dataset.DatasetEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the lines of one import become: the place each takes in the data set, and whether they may stand together. */
final class ImportRules {
    private final ImportJob job;
    private final String ownBucket;
    private final Map<String, Long> places;
    private String bucket;
    private long nextPlace;

    /**
     * @param ownBucket the service's own, in which nobody's images lie
     * @param present what the data set has before the import
     */
    ImportRules(ImportJob job, String ownBucket, Present present) {
        this.job = job;
        this.ownBucket = ownBucket;
        this.places = new HashMap<>(present.places());
        this.bucket = present.bucket().orElse(null);
        this.nextPlace =
                places.values().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    }

    /** @param places the place of each image, by its address */
    record Present(Map<String, Long> places, Optional<String> bucket) {}

    /** @param seq the place among the entries: the one that an image has already, or behind all others */
    record Placed(long seq, DatasetEntry entry) {}

    /** @throws BadManifest if the line is none of an image, or one that this data set cannot have */
    Placed place(ManifestLines.Line line) {
        DatasetEntry entry = parse(line);
        checkBucket(line, entry.sourceRef());
        entry.maskRef().ifPresent(mask -> checkBucket(line, mask));
        Long place = places.get(entry.sourceRef().toString());
        if (place == null) {
            place = nextPlace++;
            places.put(entry.sourceRef().toString(), place);
            checkCount(line);
        }
        return new Placed(place, entry);
    }

    /** The bucket of all images and masks so far; empty before the first. */
    Optional<String> bucket() {
        return Optional.ofNullable(bucket);
    }

    private DatasetEntry parse(ManifestLines.Line line) {
        try {
            return DatasetEntry.parse(line.text());
        } catch (BadEntry bad) {
            throw problem(line, bad.getMessage());
        }
    }

    private void checkBucket(ManifestLines.Line line, S3Uri address) {
        if (address.bucket().equals(ownBucket)) {
            throw problem(line, address + " is in the service's own bucket, which holds nobody's images");
        }
        if (bucket == null) {
            bucket = address.bucket();
        } else if (!bucket.equals(address.bucket())) {
            throw problem(
                    line,
                    address + " is not in the bucket " + bucket
                            + "; all images and masks of a dataset must be in one bucket");
        }
    }

    private void checkCount(ManifestLines.Line line) {
        int limit = Dataset.limit(job.type());
        if (places.size() > limit) {
            throw problem(line, "one image more than the " + limit + " that a " + job.type() + " dataset may have");
        }
    }

    private BadManifest problem(ManifestLines.Line line, String problem) {
        return BadManifest.line(line.number(), job.kind().source(), problem);
    }
}
