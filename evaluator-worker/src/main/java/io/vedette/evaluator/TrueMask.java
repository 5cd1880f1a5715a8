package io.vedette.evaluator;

import io.vedette.anomaly.MaskSource;
import io.vedette.common.S3Uri;
import io.vedette.common.dataset.BadEntry;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.runtime.UsersMistake;
import java.util.List;
import java.util.function.Function;

/** A test image's mask in the caller's bucket. */
record TrueMask(S3Uri mask, List<MaskClass> classes, Function<S3Uri, byte[]> reads) implements MaskSource {

    /** @throws UsersMistake naming the image, if its colour map cannot be used */
    static TrueMask of(DatasetEntry entry, S3Uri mask, Function<S3Uri, byte[]> reads) {
        try {
            List<MaskClass> classes = entry.defectClasses().stream()
                    .map(known -> new MaskClass(known.name(), known.rgb()))
                    .toList();
            return new TrueMask(mask, classes, reads);
        } catch (BadEntry bad) {
            throw new UsersMistake(
                    "The manifest's line for " + entry.sourceRef() + " cannot be used: " + bad.getMessage() + ".", bad);
        }
    }

    @Override
    public String name() {
        return mask.toString();
    }

    @Override
    public byte[] read() {
        return reads.apply(mask);
    }
}
