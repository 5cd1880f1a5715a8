package io.vedette.standalone.customer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of labelled images: {@code train/{normal,anomaly}}, optionally {@code test/{normal,anomaly}}, optionally
 * {@code masks/{train,test}/STEM.png} for anomalous images.
 */
public record ImageFolder(Path root, List<LabelledImage> train, List<LabelledImage> test) {
    /** @param mask of the defects, or empty */
    public record LabelledImage(Path file, boolean anomalous, Optional<Path> mask) {}

    /** @throws BadFolder if there is nothing to train from */
    public static ImageFolder read(Path root) {
        if (!Files.isDirectory(root)) {
            throw new BadFolder(root + " is not a folder.");
        }
        if (!Files.isDirectory(root.resolve("train").resolve("normal"))) {
            throw new BadFolder(root + " must hold train/normal with images of good parts"
                    + " (and train/anomaly; optionally test/normal, test/anomaly and masks/).");
        }
        ImageFolder folder = new ImageFolder(root, part(root, "train"), part(root, "test"));
        folder.check();
        return folder;
    }

    private void check() {
        if (train.stream().allMatch(LabelledImage::anomalous)) {
            throw new BadFolder(root.resolve("train").resolve("normal") + " holds no JPEG or PNG image.");
        }
        if (Files.isDirectory(root.resolve("test"))
                && (test.isEmpty()
                        || test.stream().allMatch(LabelledImage::anomalous)
                        || test.stream().noneMatch(LabelledImage::anomalous))) {
            throw new BadFolder(
                    root.resolve("test")
                            + " must hold images in both normal and anomaly; without a test folder Vedette splits train itself.");
        }
        if (test.isEmpty() && train.stream().noneMatch(LabelledImage::anomalous)) {
            throw new BadFolder(root + " holds no image of an anomaly, neither in train/anomaly nor in test/anomaly.");
        }
    }

    private static List<LabelledImage> part(Path root, String part) {
        Path masks = root.resolve("masks").resolve(part);
        return Stream.of(false, true)
                .flatMap(anomalous -> images(root.resolve(part).resolve(anomalous ? "anomaly" : "normal")).stream()
                        .map(file -> new LabelledImage(file, anomalous, mask(masks, file, anomalous))))
                .toList();
    }

    /** The JPEG and PNG files of one folder, by name; none of a folder that is not there. */
    public static List<Path> images(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ImageFolder::isImage).sorted().toList();
        } catch (IOException e) {
            throw new BadFolder(folder.toString(), e);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png"));
    }

    private static Optional<Path> mask(Path masks, Path image, boolean anomalous) {
        String name = image.getFileName().toString();
        Path mask = masks.resolve(name.substring(0, name.lastIndexOf('.')) + ".png");
        return anomalous && Files.isRegularFile(mask) ? Optional.of(mask) : Optional.empty();
    }
}
