package io.vedette.runtime;

import jakarta.inject.Singleton;

/** What a worker stands on: the topics and the service's own bucket. */
@Singleton
public final class Foundations {
    private final Topics topics;
    private final OwnBucket bucket;

    public Foundations(Topics topics, OwnBucket bucket) {
        this.topics = topics;
        this.bucket = bucket;
    }

    /** @throws RuntimeException if something is missing or wrong; the message says what, and how to mend it */
    public void check() {
        topics.ensure();
        bucket.check();
    }
}
