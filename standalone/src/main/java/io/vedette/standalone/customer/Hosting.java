package io.vedette.standalone.customer;

import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** A model that is hosted while it is needed. Closed, a model that was not hosted before is stopped again. */
public final class Hosting implements AutoCloseable {
    private static final long POLL_MILLIS = 200;

    private final LookoutVisionClient vision;
    private final String project;
    private final String version;
    private final boolean mine;

    private Hosting(LookoutVisionClient vision, String project, String version, boolean mine) {
        this.vision = vision;
        this.project = project;
        this.version = version;
        this.mine = mine;
    }

    /**
     * Starts the model unless it runs already, and waits until it does.
     *
     * @param version a number, or {@code latest}
     * @throws TrainingFailure with Vedette's own words, if it cannot be hosted
     */
    public static Hosting of(LookoutVisionClient vision, String project, String version, Progress progress) {
        try {
            ModelDescription model = describe(vision, project, version);
            String number = model.modelVersion();
            boolean start = model.status() == ModelStatus.TRAINED || model.status() == ModelStatus.HOSTING_FAILED;
            if (start) {
                vision.startModel(request ->
                        request.projectName(project).modelVersion(number).minInferenceUnits(1));
            }
            while (true) {
                ModelDescription now = describe(vision, project, number);
                if (now.status() == ModelStatus.HOSTED) {
                    progress.line("Model version " + number + ": hosted.");
                    return new Hosting(vision, project, number, start);
                }
                if (now.status() != ModelStatus.STARTING_HOSTING) {
                    throw new TrainingFailure("Model version " + number + " is " + now.statusAsString()
                            + " and does not detect: " + now.statusMessage());
                }
                progress.at(now.statusMessage());
                Pause.of(POLL_MILLIS);
            }
        } catch (LookoutVisionException refusal) {
            throw new TrainingFailure(Training.words(refusal));
        }
    }

    /** The number of the version that is hosted. */
    public String version() {
        return version;
    }

    @Override
    public void close() {
        if (mine) {
            vision.stopModel(request -> request.projectName(project).modelVersion(version));
        }
    }

    private static ModelDescription describe(LookoutVisionClient vision, String project, String version) {
        return vision.describeModel(request -> request.projectName(project).modelVersion(version))
                .modelDescription();
    }
}
