package io.vedette.trainer;

import io.vedette.anomaly.MaskSource;
import io.vedette.common.S3Uri;
import io.vedette.common.dataset.BadEntry;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.dataset.Label;
import io.vedette.runtime.UsersMistake;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A mask in the caller's bucket. */
record S3Mask(S3Uri mask, List<MaskClass> classes, Function<S3Uri, byte[]> reads) implements MaskSource {

    /**
     * The mask of an anomaly. A normal image has no defect to draw: what published manifests give as its mask is a dummy,
     * which need not even have the image's size.
     *
     * @param reads what an address holds
     * @throws UsersMistake naming the image, if its colour map cannot be used
     */
    static Optional<MaskSource> of(DatasetEntry entry, Function<S3Uri, byte[]> reads) {
        if (entry.label().orElseThrow() == Label.NORMAL || entry.maskRef().isEmpty()) {
            return Optional.empty();
        }
        List<MaskClass> classes = classes(entry).stream()
                .map(known -> new MaskClass(known.name(), known.rgb()))
                .toList();
        return Optional.of(new S3Mask(entry.maskRef().get(), classes, reads));
    }

    /** @throws UsersMistake naming the image, if its colour map cannot be used */
    static List<DefectClass> classes(DatasetEntry entry) {
        try {
            return entry.defectClasses();
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
