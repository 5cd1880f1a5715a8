package io.vedette.anomaly.bench;

import io.vedette.anomaly.Example;
import io.vedette.anomaly.MaskSource;
import io.vedette.anomaly.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Examples that lie in folders. */
final class FileExample {
    private FileExample() {}

    static Example of(Plan.Photo photo) {
        Optional<MaskSource> mask = Optional.ofNullable(photo.mask()).map(file -> new Drawing(file, classes(photo)));
        return new Example(new Picture(photo.file()), photo.anomalous(), mask);
    }

    private static List<MaskSource.MaskClass> classes(Plan.Photo photo) {
        return photo.classes().entrySet().stream()
                .map(color -> new MaskSource.MaskClass(
                        color.getValue(), Integer.parseInt(color.getKey().substring(1), 16)))
                .toList();
    }

    private record Picture(String name) implements Photograph {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(Path.of(name));
        }
    }

    private record Drawing(String name, List<MaskClass> classes) implements MaskSource {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(Path.of(name));
        }
    }
}
