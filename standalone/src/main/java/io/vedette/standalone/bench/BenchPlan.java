package io.vedette.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.customer.BadFolder;
import io.vedette.standalone.customer.ImageFolder;
import io.vedette.standalone.customer.ImageFolder.LabelledImage;
import io.vedette.standalone.customer.MaskColors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the learning code's bench is told to do.
 *
 * @param learner one by name, or empty for all and the choice among them
 * @param seeds how many: 0, 1, …
 */
public record BenchPlan(
        List<ImageFolder> folders, Optional<String> learner, String backbone, int imageSide, int seeds, String device) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws BadFolder if a folder has no test images: what was learned cannot be measured on what it was learned from */
    public BenchPlan {
        for (ImageFolder folder : folders) {
            if (folder.test().isEmpty()) {
                throw new BadFolder(folder.root() + " has no test/normal and test/anomaly to measure with.");
            }
        }
    }

    /** The sets' names in order: the folders', with a number where two are called the same. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (ImageFolder folder : folders) {
            Path path = folder.root().toAbsolutePath().normalize().getFileName();
            String base = path == null ? "set" : path.toString();
            String name = base;
            for (int i = 2; !used.add(name); i++) {
                name = base + "-" + i;
            }
            names.add(name);
        }
        return names;
    }

    /**
     * @param output a folder for what each test image got
     * @param scratch a folder for large files
     */
    ObjectNode toJson(Path output, Path scratch) {
        ObjectNode plan = JSON.createObjectNode()
                .put("backbone", backbone)
                .put("imageSide", imageSide)
                .put("seeds", seeds)
                .put("threads", Runtime.getRuntime().availableProcessors())
                .put("device", device)
                .put("output", output.toString())
                .put("scratch", scratch.toString());
        ArrayNode learners = plan.putArray("learners");
        learner.ifPresent(learners::add);
        ArrayNode sets = plan.putArray("sets");
        for (int i = 0; i < folders.size(); i++) {
            ImageFolder folder = folders.get(i);
            MaskColors colors = new MaskColors(folder.root());
            ObjectNode set = sets.addObject().put("name", names().get(i));
            folder.train().forEach(image -> add(set.withArrayProperty("train"), image, colors));
            folder.test().forEach(image -> add(set.withArrayProperty("test"), image, colors));
        }
        return plan;
    }

    private static void add(ArrayNode photos, LabelledImage image, MaskColors colors) {
        ObjectNode photo = photos.addObject()
                .put("file", image.file().toAbsolutePath().toString())
                .put("anomalous", image.anomalous());
        image.mask().ifPresent(mask -> {
            photo.put("mask", mask.toAbsolutePath().toString());
            ObjectNode classes = photo.putObject("classes");
            colors.of(mask).forEach(classes::put);
        });
    }
}
