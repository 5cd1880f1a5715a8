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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the learning code's bench is told to do.
 *
 * @param learner one by name, or empty for all and the choice among them
 * @param seeds how many: 0, 1, …
 * @param split what is measured on, and whether masks are learned from
 */
public record BenchPlan(
        List<ImageFolder> folders,
        Optional<String> learner,
        String backbone,
        int imageSide,
        int seeds,
        String device,
        Split split) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param folds 0 for the folders' own test images, or into how many parts the training images are dealt, each in turn held
     *     out to be measured on
     * @param masks whether learners get the masks
     */
    public record Split(int folds, boolean masks) {}

    /**
     * @throws BadFolder if a folder has no test images and there are no folds: what was learned cannot be measured on what it
     *     was learned from; or if it has fewer images of a class than folds
     */
    public BenchPlan {
        for (ImageFolder folder : folders) {
            if (split.folds == 0 && folder.test().isEmpty()) {
                throw new BadFolder(folder.root() + " has no test/normal and test/anomaly to measure with;"
                        + " --folds N measures on training images that are held out.");
            }
            long anomalies =
                    folder.train().stream().filter(LabelledImage::anomalous).count();
            long scarce = Math.min(anomalies, folder.train().size() - anomalies);
            if (scarce < split.folds) {
                throw new BadFolder(folder.root() + " has " + scarce + " training images of one class, too few for "
                        + split.folds + " folds.");
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
            if (split.folds == 0) {
                add(sets, names().get(i), 0, folder.root(), folder.train(), folder.test());
            }
            List<Integer> dealt = dealt(folder.train());
            for (int fold = 1; fold <= split.folds; fold++) {
                List<LabelledImage> in = new ArrayList<>();
                List<LabelledImage> out = new ArrayList<>();
                for (int k = 0; k < dealt.size(); k++) {
                    (dealt.get(k) % split.folds == fold - 1 ? out : in)
                            .add(folder.train().get(k));
                }
                add(sets, names().get(i), fold, folder.root(), in, out);
            }
        }
        return plan;
    }

    /** A number for each image: those of a class are numbered in a random order, which is always the same. */
    private static List<Integer> dealt(List<LabelledImage> images) {
        List<Integer> dealt = new ArrayList<>(Collections.nCopies(images.size(), 0));
        int next = 0;
        for (boolean anomalous : new boolean[] {false, true}) {
            List<Integer> members = new ArrayList<>(IntStream.range(0, images.size())
                    .filter(k -> images.get(k).anomalous() == anomalous)
                    .boxed()
                    .toList());
            Collections.shuffle(members, new Random(0));
            for (int k : members) {
                dealt.set(k, next++);
            }
        }
        return dealt;
    }

    private void add(
            ArrayNode sets, String name, int fold, Path root, List<LabelledImage> train, List<LabelledImage> test) {
        MaskColors colors = new MaskColors(root);
        ObjectNode set = sets.addObject().put("name", name).put("fold", fold);
        train.forEach(image -> add(set.withArrayProperty("train"), image, split.masks, colors));
        test.forEach(image -> add(set.withArrayProperty("test"), image, true, colors));
    }

    private static void add(ArrayNode photos, LabelledImage image, boolean masked, MaskColors colors) {
        ObjectNode photo = photos.addObject()
                .put("file", image.file().toAbsolutePath().toString())
                .put("anomalous", image.anomalous());
        image.mask().filter(mask -> masked).ifPresent(mask -> {
            photo.put("mask", mask.toAbsolutePath().toString());
            ObjectNode classes = photo.putObject("classes");
            colors.of(mask).forEach(classes::put);
        });
    }
}
