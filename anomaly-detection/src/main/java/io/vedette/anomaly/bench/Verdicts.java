package io.vedette.anomaly.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.HeatMap;
import io.vedette.anomaly.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** What a model said of each test image, as files: a list in JSON, and heat maps as grey PNGs of one pixel a cell. */
final class Verdicts {
    private final Path folder;
    private final List<Line> lines = new ArrayList<>();

    /** @param folder made if missing */
    Verdicts(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * @param mask path of the true mask; null if there is none
     * @param heat path of a grey PNG, black for heat 0 and white for 1; null if the model knows only whole images
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String file,
            boolean anomalous,
            boolean saidAnomalous,
            double confidence,
            double score,
            double threshold,
            String mask,
            String heat) {}

    void add(Plan.Photo photo, Verdict verdict) throws IOException {
        String heat = null;
        if (!verdict.heat().isEmpty()) {
            Path file = folder.resolve(String.format(Locale.ROOT, "heat-%05d.png", lines.size()));
            ImageIO.write(grey(verdict.heat()), "png", file.toFile());
            heat = file.toString();
        }
        lines.add(new Line(
                photo.file(),
                photo.anomalous(),
                verdict.anomalous(),
                verdict.confidence(),
                verdict.score(),
                verdict.threshold(),
                photo.mask(),
                heat));
    }

    private static BufferedImage grey(HeatMap heat) {
        BufferedImage image = new BufferedImage(heat.width(), heat.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < heat.height(); y++)
            for (int x = 0; x < heat.width(); x++)
                image.getRaster().setSample(x, y, 0, Math.round(255 * heat.values()[y * heat.width() + x]));
        return image;
    }

    /** @return the list's file */
    Path write() throws IOException {
        Path file = folder.resolve("verdicts.json");
        new ObjectMapper().writeValue(file.toFile(), lines);
        return file;
    }
}
