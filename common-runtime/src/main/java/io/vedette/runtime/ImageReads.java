package io.vedette.runtime;

import io.vedette.common.S3Uri;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The images that a run reads from the caller's bucket: bytes, how many reads, and which version of each was seen. */
public final class ImageReads {
    /** The largest file the API accepts (specification §5.10). */
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private final ObjectStore store;
    private final Work<?> run;
    private final Map<S3Uri, String> etags = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    public ImageReads(ObjectStore store, Work<?> run) {
        this.store = store;
        this.run = run;
    }

    /** @throws UsersMistake naming the image, if it is missing, denied or larger than 8 MB */
    public byte[] read(S3Uri image) {
        try {
            ObjectStore.Stored stored = run.patiently(() -> store.get(image, MAX_BYTES));
            count.incrementAndGet();
            etags.put(image, stored.etag());
            return stored.bytes();
        } catch (ObjectStoreException failure) {
            if (!failure.isCallersFault()) {
                throw failure;
            }
            String message = failure.getMessage();
            String name = image.toString();
            throw new UsersMistake(message.contains(name) ? message : name + ": " + message, failure);
        }
    }

    public long count() {
        return count.get();
    }

    /** The ETag of the image as it was last read, or empty if it was not. */
    public Optional<String> etag(S3Uri image) {
        return Optional.ofNullable(etags.get(image));
    }
}
