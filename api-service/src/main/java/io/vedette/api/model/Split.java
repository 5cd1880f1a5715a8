package io.vedette.api.model;

import io.vedette.common.ModelArn;
import io.vedette.common.dataset.Label;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Divides a single data set into images to learn from and images to test on (specification §5.8). The same model and
 * images give the same division, whatever their order.
 */
final class Split {
    /** The least number of test images of a label, unless that were more than half of its images. */
    private static final int LEAST = 10;

    private Split() {}

    /** A labelled image; its address is unique within a data set. */
    record Image(String sourceRef, Label label) {}

    /** The addresses of the images to test on; all others are learned from. */
    static Set<String> testImages(ModelArn model, List<Image> images) {
        Set<String> chosen = new HashSet<>();
        for (Label label : Label.values()) {
            List<Image> stratum =
                    images.stream().filter(image -> image.label() == label).toList();
            stratum.stream()
                    .map(image -> new Ranked(rank(model, image), image.sourceRef()))
                    .sorted(Comparator.comparing(Ranked::rank, Arrays::compareUnsigned))
                    .limit(share(stratum.size()))
                    .forEach(ranked -> chosen.add(ranked.sourceRef()));
        }
        return chosen;
    }

    private record Ranked(byte[] rank, String sourceRef) {}

    /** A fifth, but at least ten or half of them, whichever is smaller. */
    static int share(int images) {
        return Math.max(Math.round(images / 5f), Math.min(LEAST, images / 2));
    }

    private static byte[] rank(ModelArn model, Image image) {
        byte[] arn = model.toString().getBytes(StandardCharsets.UTF_8);
        byte[] ref = image.sourceRef().getBytes(StandardCharsets.UTF_8);
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(ByteBuffer.allocate(arn.length + 1 + ref.length)
                            .put(arn)
                            .put((byte) '\n')
                            .put(ref)
                            .array());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
