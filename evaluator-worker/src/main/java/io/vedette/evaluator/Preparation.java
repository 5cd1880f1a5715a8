package io.vedette.evaluator;

import io.vedette.persistence.Schema;
import io.vedette.runtime.Foundations;
import jakarta.inject.Singleton;

/** What has to be there before work is claimed: the schema at the version this service knows, the topics, the bucket. */
@Singleton
final class Preparation {
    private final Schema schema;
    private final Foundations foundations;

    Preparation(Schema schema, Foundations foundations) {
        this.schema = schema;
        this.foundations = foundations;
    }

    /** @throws RuntimeException if something is missing; the message says what, and how to mend it */
    void check() {
        schema.check();
        foundations.check();
    }
}
