package io.vedette.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where objects are kept, and with which credentials. */
@ConfigMapping(prefix = "vedette.s3")
public interface S3Settings {
    /** The store's address; Amazon's own of {@link #region()} where empty. */
    Optional<URI> endpoint();

    @WithDefault("us-east-1")
    String region();

    /** The access key; the AWS SDK's default chain is asked where empty. */
    Optional<String> accessKeyId();

    Optional<String> secretAccessKey();

    /** Address buckets as {@code ENDPOINT/BUCKET} instead of {@code BUCKET.ENDPOINT}. */
    @WithDefault("true")
    boolean pathStyle();

    /** PEM file of the certificate authorities that may sign the store's certificate; the JVM's own where empty. */
    Optional<Path> ca();

    /** The service's own bucket: snapshots, artifacts and evaluations. No caller may name it. */
    @WithDefault("vedette")
    String bucket();
}
