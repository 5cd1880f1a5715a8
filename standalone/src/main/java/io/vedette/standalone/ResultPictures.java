package io.vedette.standalone;

import io.vedette.standalone.picture.ContactSheet;
import io.vedette.standalone.picture.ScoreStrip;
import io.vedette.standalone.picture.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/** The pictures that a training leaves for a person to open. */
final class ResultPictures {
    private static final int MOST_TILES = 60;
    private static final int CLOSE_LOOKS = 4;

    private ResultPictures() {}

    /** Writes them into a folder. @return their paths */
    static List<Path> write(Path folder, String model, List<Verdict> verdicts) throws IOException {
        Files.createDirectories(folder);
        List<Verdict> worstFirst = verdicts.stream()
                .sorted(Comparator.comparing(Verdict::right)
                        .thenComparing(verdict -> verdict.right() ? verdict.confidence() : -verdict.confidence()))
                .toList();
        List<Verdict> byScore = verdicts.stream()
                .sorted(Comparator.comparingDouble(Verdict::anomalyConfidence).reversed())
                .limit(MOST_TILES)
                .toList();
        boolean mistakes = verdicts.stream().anyMatch(verdict -> !verdict.right());
        String closest = mistakes ? "worst mistakes" : "no mistakes, the least sure";
        return List.of(
                write(
                        folder.resolve("contact-sheet.png"),
                        new ContactSheet(6, 160).draw(model + " test images", byScore)),
                write(folder.resolve("score-strip.png"), ScoreStrip.draw(model + " scores", verdicts)),
                write(
                        folder.resolve("close-look.png"),
                        new ContactSheet(CLOSE_LOOKS, 320)
                                .draw(
                                        model + " " + closest,
                                        worstFirst.stream().limit(CLOSE_LOOKS).toList())));
    }

    private static Path write(Path file, BufferedImage picture) throws IOException {
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }
}
