package io.vedette.api.dataset;

import io.quarkus.logging.Log;
import io.vedette.common.S3Uri;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** The lines of updates, in the service's own bucket from the call until they are applied or refused. */
@ApplicationScoped
class Changes {
    /** The most bytes of one update. */
    static final int MAX_BYTES = 10 << 20;

    private final ObjectStore store;

    Changes(ObjectStore store) {
        this.store = store;
    }

    S3Uri put(byte[] lines) {
        S3Uri address = store.own("imports/" + UUID.randomUUID() + ".jsonl");
        store.put(address, lines);
        return address;
    }

    /** Removes what no import needs; where the store does not, it stays, which does no harm. */
    void remove(S3Uri address) {
        try {
            store.delete(address);
        } catch (ObjectStoreException failure) {
            Log.warnf("left behind object=%s reason=%s", address, failure.getMessage());
        }
    }

    static String sha256(byte[] lines) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lines));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
