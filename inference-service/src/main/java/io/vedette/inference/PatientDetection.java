package io.vedette.inference;

import io.vedette.anomaly.BadImage;
import io.vedette.common.inference.Detected;
import io.vedette.inference.Detection.Sent;
import io.vedette.inference.Detection.Wanted;
import io.vedette.runtime.UsersMistake;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Detections that nobody waits for: the code that answers callers, given to those who look at many images. An image is begun
 * only while no caller is in the house, so a caller waits for one image of these at most.
 */
@Singleton
public final class PatientDetection {
    private static final Duration STEP = Duration.ofMillis(500);

    private final Detection detection;
    private final Places places;

    PatientDetection(Detection detection, Places places) {
        this.detection = detection;
        this.places = places;
    }

    /**
     * A model that need not be hosted.
     *
     * @param artifact key of its {@code artifact.json} in the service's own bucket
     * @param sha256 of those bytes, hexadecimal; null where it is not known
     * @param threshold the model's own where empty
     */
    public record Model(String artifact, String sha256, OptionalDouble threshold) {}

    /**
     * Waits until no caller is in the house: to be called before each image.
     *
     * @param step called every half second of the wait; what it throws ends it
     */
    public void giveWay(Runnable step) {
        while (!places.areEmptyWithin(STEP)) {
            step.run();
        }
    }

    /**
     * @param name of the image, for messages
     * @return without a mask and without details
     * @throws BadImage if the image is none, or not one for this model
     * @throws UsersMistake if the model can never be loaded
     */
    public Detected detect(Model model, String name, byte[] image) {
        ModelKey key = new ModelKey(model.artifact(), model.sha256());
        try {
            return detection.detectUnplaced(new Wanted(key, 1, model.threshold(), false), new Sent(name, image));
        } catch (UnusableModel unusable) {
            throw new UsersMistake(unusable.getMessage(), unusable);
        }
    }
}
