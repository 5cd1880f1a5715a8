package io.vedette.anomaly;

import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.image.MaskImage;
import io.vedette.anomaly.image.UnusableImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Looks at a photograph and its mask with the eyes of a training, without one: what passes here, a training can read. */
public final class Inspector {
    private Inspector() {}

    /** @param sha256 of the file, in lower-case hexadecimal */
    public record Sound(Dimensions size, String sha256) {}

    /** @throws BadImage if a training would refuse the file, with a message that names it */
    public static Sound photograph(Photograph photograph) throws IOException {
        try {
            ImageFile file = ImageFile.of(photograph.name(), photograph.read());
            file.check();
            return new Sound(file.dimensions(), file.sha256());
        } catch (UnusableImage unusable) {
            throw new BadImage(unusable.getMessage());
        }
    }

    /**
     * @param size of the photograph
     * @throws BadImage if a training would refuse the mask, with a message that names it
     */
    public static void mask(MaskSource mask, Dimensions size) throws IOException {
        Map<Integer, Byte> colours = new HashMap<>();
        mask.classes().forEach(listed -> colours.put(listed.rgb(), (byte) 0));
        try {
            MaskImage.labels(mask.name(), mask.read(), size, colours);
        } catch (UnusableImage unusable) {
            throw new BadImage(unusable.getMessage());
        }
    }
}
