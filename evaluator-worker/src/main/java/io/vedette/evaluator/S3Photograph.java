package io.vedette.evaluator;

import io.vedette.anomaly.Photograph;
import io.vedette.common.S3Uri;
import io.vedette.runtime.ImageReads;

/** A photograph in the caller's bucket. */
record S3Photograph(S3Uri image, ImageReads images) implements Photograph {
    @Override
    public String name() {
        return image.toString();
    }

    @Override
    public byte[] read() {
        return images.read(image);
    }
}
