package io.vedette.standalone.sample;

import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The sample data set: 40 good and 20 faulty boards to learn from, 18 and 12 to test with. The same seed gives the same pixels. */
public record SampleSet(long seed) {
    public static final int TRAINING = 60;
    public static final int TEST = 30;
    private static final int TRAINING_NORMAL = 40;
    private static final int TEST_NORMAL = 18;

    /** Made one at a time, when asked for. */
    public Stream<SamplePhotograph> photographs() {
        return Stream.concat(
                IntStream.range(0, TRAINING).mapToObj(i -> photograph(true, i, i < TRAINING_NORMAL)),
                IntStream.range(0, TEST).mapToObj(i -> photograph(false, i, i < TEST_NORMAL)));
    }

    /**
     * Writes {@code {train,test}/{normal,anomaly}/*.png}, {@code masks/{train,test}/*.png} and {@code masks/classes.txt},
     * which names the masks' colours, below a folder.
     */
    public void write(Path folder) throws IOException {
        try {
            photographs().parallel().forEach(photograph -> write(photograph, folder));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        writeClasses(folder.resolve("masks").resolve("classes.txt"));
    }

    private static void write(SamplePhotograph photograph, Path folder) {
        String part = photograph.training() ? "train" : "test";
        String label = photograph.defect().isPresent() ? "anomaly" : "normal";
        String file = photograph.name() + ".png";
        writePng(photograph.image(), folder.resolve(part).resolve(label).resolve(file));
        photograph
                .mask()
                .ifPresent(mask ->
                        writePng(mask, folder.resolve("masks").resolve(part).resolve(file)));
    }

    private static void writeClasses(Path file) throws IOException {
        StringBuilder classes = new StringBuilder();
        for (Defect defect : Defect.values()) {
            int color = defect.maskColor().getRGB() & 0xFFFFFF;
            classes.append(String.format(Locale.ROOT, "#%06X %s%n", color, defect.className()));
        }
        Files.writeString(file, classes);
    }

    private SamplePhotograph photograph(boolean training, int index, boolean good) {
        Random random = new Random(seed * 1_000_003L + (training ? 0 : 10_007L) + index);
        random.nextLong(); // seeds that differ little give first draws that differ little
        Camera camera = new Camera(random);
        if (good) {
            Board board = new Board(random, true);
            return new SamplePhotograph(
                    name("good", index), training, camera.photograph(board::paint), Optional.empty(), Optional.empty());
        }
        Defect defect = Defect.values()[index % Defect.values().length];
        return faulty(training, index, defect, random, camera);
    }

    private static SamplePhotograph faulty(boolean training, int index, Defect defect, Random random, Camera camera) {
        Board board = new Board(random, defect != Defect.MISSING);
        Blemish blemish = blemish(defect, random);
        Consumer<Graphics2D> scene = board::paint;
        Area outline = new Area(blemish.outline());
        if (board.gap() != null) {
            outline.add(new Area(board.gap()));
        }
        scene = scene.andThen(blemish.painter()::paint);
        BufferedImage image = camera.photograph(scene);
        BufferedImage mask = camera.mask(outline, defect.maskColor());
        return new SamplePhotograph(
                name(defect.className(), index), training, image, Optional.of(defect), Optional.of(mask));
    }

    private static Blemish blemish(Defect defect, Random random) {
        return switch (defect) {
            case SCRATCH -> Blemish.scratch(random);
            case STAIN -> Blemish.stain(random);
            case MISSING -> Blemish.broken(random);
        };
    }

    private static String name(String what, int index) {
        return String.format(Locale.ROOT, "%s-%02d", what, index);
    }

    private static void writePng(BufferedImage image, Path file) {
        try {
            Files.createDirectories(file.getParent());
            if (!ImageIO.write(image, "png", file.toFile())) {
                throw new IOException("this Java cannot write PNG");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
