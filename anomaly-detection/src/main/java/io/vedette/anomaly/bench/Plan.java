package io.vedette.anomaly.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to measure, as the bench's one argument, a JSON file, has it.
 *
 * @param learners names; all that there are, and the choice among them, if empty
 * @param seeds how many: 0, 1, …
 * @param threads of PyTorch
 * @param device {@code cpu}, {@code gpu} or {@code auto}
 * @param output a folder for what each test image got, made if missing
 * @param scratch a folder for large files that last as long as a training
 */
record Plan(
        String backbone,
        int imageSide,
        List<String> learners,
        int seeds,
        int threads,
        String device,
        String output,
        String scratch,
        List<PhotoSet> sets) {

    /** @param fold which part of the training images is held out as the test, from 1; 0 if the test images are others */
    record PhotoSet(String name, int fold, List<Photo> train, List<Photo> test) {
        /** For files and messages. */
        String title() {
            return fold == 0 ? name : name + "-fold-" + fold;
        }
    }

    /**
     * @param mask path of a PNG; null if there is none
     * @param classes names of defects by their colours in the mask, {@code #RRGGBB}; null without a mask
     */
    record Photo(String file, boolean anomalous, String mask, Map<String, String> classes) {}

    static Plan read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), Plan.class);
    }
}
