package io.vedette.common.inference;

import io.vedette.common.S3Uri;
import io.vedette.common.dataset.DefectClass;
import java.util.List;

/** Images that are to be looked at, without any model: what the api asks, and what it is told. */
public final class Inspection {
    /** The most images of one call. */
    public static final int MOST = 8;

    private Inspection() {}

    /** @param images 1 to {@link #MOST} */
    public record Asked(List<Item> images) {}

    /**
     * @param mask null where there is none, or where it is not to be looked at
     * @param colors what the mask's colours stand for; empty without a mask
     */
    public record Item(S3Uri image, S3Uri mask, List<DefectClass> colors) {}

    /** @param images one for each that was asked for, in that order */
    public record Answer(List<Seen> images) {}

    /**
     * One image as a training would find it.
     *
     * @param sha256 of the file, in lower-case hexadecimal; null, like width and height, where the image is unusable
     * @param width in pixels
     * @param height in pixels
     * @param problem why the image is unusable, safe for the caller; null if it is not
     * @param maskProblem why the mask is unusable; null if it is not, and where the image is: then nobody looked
     */
    public record Seen(String sha256, Integer width, Integer height, String problem, String maskProblem) {}
}
