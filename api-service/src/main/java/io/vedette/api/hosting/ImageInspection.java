package io.vedette.api.hosting;

import io.vedette.common.inference.Inspection;
import io.vedette.common.inference.Inspection.Item;
import io.vedette.common.inference.Inspection.Seen;
import jakarta.inject.Singleton;
import java.util.List;

/** Has images looked at by the inference service: the api itself decodes none. */
@Singleton
public class ImageInspection {
    private final InferenceClient inference;

    ImageInspection(InferenceClient inference) {
        this.inference = inference;
    }

    /**
     * @param images 1 to {@link Inspection#MOST}
     * @return one for each, in that order
     * @throws RuntimeException if the service or the store cannot be reached at present
     */
    public List<Seen> inspect(List<Item> images) {
        List<Seen> seen = inference.inspect(new Inspection.Asked(images)).images();
        if (seen.size() != images.size()) {
            throw new IllegalStateException("asked for " + images.size() + " images and got " + seen.size());
        }
        return seen;
    }
}
