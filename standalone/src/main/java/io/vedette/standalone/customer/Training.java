package io.vedette.standalone.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.CreateModelResponse;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** From a folder of images to a trained model, as a customer does it. */
public final class Training {
    /** Where images, manifests and evaluations of all projects are kept. */
    public static final String BUCKET = "vedette-photographs";

    private static final String IN_TRAINING = "The model is being trained.";
    private static final long POLL_MILLIS = 500;
    private final Clients clients;
    private final Progress progress;

    public Training(Clients clients, Progress progress) {
        this.clients = clients;
        this.progress = progress;
    }

    /**
     * @param model TRAINED
     * @param files the local file of each image, by its address on S3
     */
    public record Trained(String project, ModelDescription model, Map<String, Path> files) {}

    /** @throws TrainingFailure with Vedette's own words, if it refuses or the training fails */
    public Trained train(ImageFolder folder, String project) {
        try {
            Upload upload = new Upload(BUCKET, project + "/", new ConcurrentHashMap<>());
            makeProject(project);
            makeDatasets(folder, project, upload);
            return new Trained(project, follow(project, request(project)), upload.files());
        } catch (LookoutVisionException e) {
            throw new TrainingFailure(words(e));
        }
    }

    private void makeProject(String project) {
        try {
            vision().createProject(request -> request.projectName(project));
            progress.line("Project " + project + ": created.");
        } catch (ConflictException e) {
            progress.line("Project " + project + ": exists; this will be a new version.");
        }
    }

    private void makeDatasets(ImageFolder folder, String project, Upload upload) {
        MaskColors colors = new MaskColors(folder.root());
        Upload.makeBucket(clients.s3(), BUCKET);
        progress.at("uploading " + (folder.train().size() + folder.test().size()) + " images");
        List<ObjectNode> train = upload.part(clients.s3(), "train", folder.train(), colors);
        List<ObjectNode> test = upload.part(clients.s3(), "test", folder.test(), colors);
        Datasets datasets = new Datasets(vision(), project, progress::line);
        datasets.bringTo("train", train, BUCKET, upload.manifest(clients.s3(), "train", train));
        if (!test.isEmpty()) {
            datasets.bringTo("test", test, BUCKET, upload.manifest(clients.s3(), "test", test));
        } else if (datasets.exists("test")) {
            progress.line("Data set test: the project's own is used; the folder has none.");
        } else {
            progress.line("Data set test: none in the folder, so the service splits the training images.");
        }
    }

    private CreateModelResponse request(String project) {
        CreateModelResponse accepted = vision().createModel(request -> request.projectName(project)
                .outputConfig(config ->
                        config.s3Location(location -> location.bucket(BUCKET).prefix(project + "/models/"))));
        progress.line("Model version " + accepted.modelMetadata().modelVersion() + ": requested.");
        return accepted;
    }

    private ModelDescription follow(String project, CreateModelResponse accepted) {
        String version = accepted.modelMetadata().modelVersion();
        while (true) {
            ModelDescription model = vision().describeModel(
                            request -> request.projectName(project).modelVersion(version))
                    .modelDescription();
            if (model.status() == ModelStatus.TRAINING_FAILED) {
                throw new TrainingFailure("Model version " + version + " failed: " + model.statusMessage());
            }
            if (model.status() != ModelStatus.TRAINING) {
                return model;
            }
            progress.at(details(model.statusMessage()));
            Pause.of(POLL_MILLIS);
        }
    }

    /** What the service adds to AWS's sentence; the sentence itself while it adds nothing. */
    private static String details(String message) {
        String rest = message.startsWith(IN_TRAINING)
                ? message.substring(IN_TRAINING.length()).strip()
                : message;
        return rest.isEmpty() ? IN_TRAINING : rest;
    }

    /** The service's message; the SDK's own where the answer had none. */
    static String words(LookoutVisionException e) {
        String message =
                e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        return message == null ? e.getMessage() : message;
    }

    private LookoutVisionClient vision() {
        return clients.vision();
    }
}
