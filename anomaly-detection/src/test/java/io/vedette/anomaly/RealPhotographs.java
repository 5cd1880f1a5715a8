package io.vedette.anomaly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.MaskSource.MaskClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sets of photographs in the import layout: folders, perhaps with manifests that name files as {@code s3://BUCKET/set/…}. */
final class RealPhotographs {
    static final Progress SILENT = (phase, done, total) -> {};
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COLOUR = Pattern.compile("#([0-9A-Fa-f]{6}) (.+)");

    private RealPhotographs() {}

    /**
     * @param set the folder of one set
     * @param part train or test
     * @param masks whether masks are wanted, where there are any
     */
    static List<Example> examples(Path set, String part, boolean masks) throws IOException {
        if (!Files.exists(set.resolve(part + ".manifest"))) return inFolders(set, part, masks);
        Path segmentation = set.resolve(part + "_segmentation.manifest");
        Path manifest = masks && Files.exists(segmentation) ? segmentation : set.resolve(part + ".manifest");
        List<Example> examples = new ArrayList<>();
        for (String line : Files.readAllLines(manifest)) {
            if (line.isBlank()) continue;
            JsonNode entry = JSON.readTree(line);
            boolean anomalous = entry.path("anomaly-label").asInt() == 1;
            Path file = local(set, entry.path("source-ref").asText());
            Optional<MaskSource> mask = masks && entry.has("anomaly-mask-ref")
                    ? Optional.of(mask(local(set, entry.path("anomaly-mask-ref").asText()), classes(entry)))
                    : Optional.empty();
            examples.add(new Example(photograph(file), anomalous, mask));
        }
        return examples;
    }

    /** {@code part/normal}, {@code part/anomaly} and {@code masks}, with the masks' colours in {@code masks/classes.txt}. */
    private static List<Example> inFolders(Path set, String part, boolean masks) throws IOException {
        List<MaskClass> classes = new ArrayList<>();
        Path colours = set.resolve("masks/classes.txt");
        if (masks && Files.exists(colours))
            for (String line : Files.readAllLines(colours)) {
                Matcher colour = COLOUR.matcher(line);
                if (colour.find()) classes.add(new MaskClass(colour.group(2), Integer.parseInt(colour.group(1), 16)));
            }
        List<Example> examples = new ArrayList<>();
        for (String label : List.of("normal", "anomaly")) {
            List<Path> files;
            try (Stream<Path> listed = Files.list(set.resolve(part).resolve(label))) {
                files = listed.sorted().toList();
            }
            for (Path file : files) {
                String name = file.getFileName().toString().replaceFirst("[.][a-z]+$", ".png");
                Path mask = set.resolve("masks").resolve(part).resolve(name);
                boolean drawn = !classes.isEmpty() && Files.exists(mask);
                examples.add(new Example(
                        photograph(file),
                        label.equals("anomaly"),
                        drawn ? Optional.of(mask(mask, classes)) : Optional.empty()));
            }
        }
        return examples;
    }

    private static Path local(Path set, String address) {
        return set.resolve(address.replaceFirst("s3://[^/]+/[^/]+/", ""));
    }

    private static List<MaskClass> classes(JsonNode entry) {
        List<MaskClass> classes = new ArrayList<>();
        for (JsonNode listed : entry.path("anomaly-mask-ref-metadata").path("internal-color-map"))
            classes.add(new MaskClass(
                    listed.path("class-name").asText(),
                    Integer.parseInt(listed.path("hex-color").asText().substring(1), 16)));
        return classes;
    }

    private static MaskSource mask(Path file, List<MaskClass> classes) {
        return new MaskSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public byte[] read() throws IOException {
                return Files.readAllBytes(file);
            }

            @Override
            public List<MaskClass> classes() {
                return classes;
            }
        };
    }

    static Photograph photograph(Path file) {
        try {
            return SamplePhotographs.photograph(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
