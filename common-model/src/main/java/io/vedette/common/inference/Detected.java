package io.vedette.common.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model found in a photograph.
 *
 * @param anomalous {@code score >= threshold}
 * @param confidence in that verdict, 0.5 to 1
 * @param threshold the one that was asked for, or the model's own
 * @param areas null for a classification model; else one for each defect that has pixels, without the background
 * @param mask null for a classification model; else an RGB PNG of the photograph's size, white where there is no defect
 * @param details null unless asked for
 */
public record Detected(
        boolean anomalous,
        double confidence,
        double score,
        double threshold,
        List<Area> areas,
        byte[] mask,
        Details details) {
    /** What a picture's remaining pixels are called. */
    public static final String BACKGROUND = "background";

    private static final String WHITE = "#FFFFFF";

    /** The areas with the background before them, as callers are told: always, whatever else there is. */
    public static List<Area> withBackground(List<Area> areas) {
        double defective = areas.stream().mapToDouble(Area::share).sum();
        List<Area> all = new ArrayList<>();
        all.add(new Area(BACKGROUND, WHITE, 1 - defective));
        all.addAll(areas);
        return all;
    }

    /**
     * @param color {@code #RRGGBB}, in capitals
     * @param share of the photograph's pixels, 0 to 1
     */
    public record Area(String name, String color, double share) {}

    /**
     * @param heat null for a model that knows only whole photographs; else a grey PNG of the grid's size: 0 is normal, half
     *     of 255 is where a cell makes a photograph anomalous. The same scale in every photograph of the model
     * @param instances null for a classification model; else connected regions of one defect, the largest first
     */
    public record Details(byte[] heat, List<Instance> instances) {}

    /**
     * One connected region.
     *
     * @param box around it, as shares of the photograph's width and height
     * @param area share of the photograph's pixels, 0 to 1
     */
    public record Instance(String name, String color, Box box, double area) {}

    public record Box(double left, double top, double width, double height) {}
}
