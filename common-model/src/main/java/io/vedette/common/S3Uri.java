package io.vedette.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The address of an object: {@code s3://BUCKET/KEY}. */
public record S3Uri(String bucket, String key) {
    public S3Uri {
        if (bucket.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException("an S3 address needs a bucket and a key: s3://BUCKET/KEY");
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not {@code s3://BUCKET/KEY} */
    @JsonCreator
    public static S3Uri parse(String text) {
        int slash = text.startsWith("s3://") ? text.indexOf('/', 5) : -1;
        if (slash < 0) {
            throw new IllegalArgumentException("not an S3 address (s3://BUCKET/KEY): " + text);
        }
        return new S3Uri(text.substring(5, slash), text.substring(slash + 1));
    }

    @JsonValue
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
