package io.vedette.standalone;

import java.util.List;
import java.util.stream.IntStream;

/** Manifest lines as AWS's tools write them. Images need not be there to be imported. */
public final class Lines {
    private static final String DATE = "2020-11-10T03:37:09.600";

    private Lines() {}

    /** @param className whatever the labelling tool said */
    public static String of(String sourceRef, String className) {
        return of(sourceRef, className, DATE);
    }

    public static String of(String sourceRef, String className, String date) {
        return "{\"source-ref\":\"" + sourceRef + "\",\"anomaly-label\":" + (className.equals("anomaly") ? 1 : 0)
                + ",\"anomaly-label-metadata\":" + label(className, date) + "}";
    }

    /** An anomaly whose mask has scratches of this colour, such as {@code #23A436}. */
    public static String masked(String sourceRef, String maskRef, String color) {
        String line = of(sourceRef, "anomaly");
        return line.substring(0, line.length() - 1) + ",\"anomaly-mask-ref\":\"" + maskRef
                + "\",\"anomaly-mask-ref-metadata\":{\"internal-color-map\":{"
                + "\"0\":{\"class-name\":\"BACKGROUND\",\"hex-color\":\"#ffffff\"},"
                + "\"1\":{\"class-name\":\"scratch\",\"hex-color\":\"" + color + "\"}},"
                + "\"type\":\"groundtruth/semantic-segmentation\"}}";
    }

    public static String unlabelled(String sourceRef) {
        return "{\"source-ref\":\"" + sourceRef + "\"}";
    }

    /** The object behind {@code anomaly-label-metadata}, or whatever the attribute is called. */
    public static String label(String className, String date) {
        return "{\"confidence\":1,\"job-name\":\"labeling-job/auto-label\",\"class-name\":\"" + className
                + "\",\"human-annotated\":\"yes\",\"creation-date\":\"" + date
                + "\",\"type\":\"groundtruth/image-classification\"}";
    }

    /** Lines of images that are nowhere. */
    public static List<String> many(String bucket, String className, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> of("s3://" + bucket + "/" + className + "/IMG_" + number + ".png", className))
                .toList();
    }
}
