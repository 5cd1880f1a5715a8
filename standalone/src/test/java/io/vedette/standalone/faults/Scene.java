package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.Customer;
import io.vedette.standalone.Database;
import io.vedette.standalone.Lines;
import io.vedette.standalone.Photographs;
import io.vedette.standalone.Workshop;
import io.vedette.standalone.customer.Extensions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** One row: a project of its own in the stack that all rows share, what it did to the stack, and what was promised to it. */
final class Scene {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final FaultStack stack;
    private final Workshop workshop;
    private final Witness witness;
    private final AtomicInteger faults = new AtomicInteger();
    private final List<Scene> others = new CopyOnWriteArrayList<>();
    private boolean ready;
    private int life = 1;

    Scene(FaultStack stack, String name) {
        this.stack = stack;
        Customer customer =
                new Customer(stack.clients().vision(), stack.clients().s3(), name, FaultStack.BUCKET, stack.running());
        this.workshop = new Workshop(customer, name);
        this.witness = new Witness(name);
    }

    FaultStack stack() {
        return stack;
    }

    Workshop workshop() {
        return workshop;
    }

    String name() {
        return workshop.project();
    }

    Witness witness() {
        return witness;
    }

    Database database() {
        return new Database(stack.layout());
    }

    Processes processes() {
        return stack.processes();
    }

    /** Something was broken. */
    void fault() {
        faults.incrementAndGet();
    }

    int faults() {
        return faults.get();
    }

    /** Makes the project and its data sets, once. */
    synchronized void prepare() {
        prepare(List.of());
    }

    /** @param part how the trainings play, such as {@code slow-3} ({@code Rehearsal} of the trainer) */
    synchronized void prepare(String part) {
        String key = "rehearse/" + part + "/" + workshop.project() + ".png";
        workshop.put(key, Photographs.png(100, false));
        prepare(List.of(Lines.of(workshop.address(key), "normal")));
    }

    private void prepare(List<String> more) {
        if (!ready) {
            persistently(() -> workshop.customer()
                    .vision()
                    .createProject(
                            request -> request.projectName(workshop.project()).clientToken(token("project"))));
            List<String> train = new ArrayList<>(workshop.photographs(workshop.project() + "/train", 10, 0));
            train.addAll(more);
            makeDataset("train", train);
            makeDataset("test", workshop.photographs(workshop.project() + "/test", 2, 2));
            ready = true;
        }
    }

    private void makeDataset(String type, List<String> lines) {
        String key = workshop.project() + "/" + type + ".manifest";
        workshop.manifest(key, lines);
        persistently(() -> workshop.customer().vision().createDataset(request -> {
            request.projectName(workshop.project()).datasetType(type).clientToken(token(type));
            Workshop.fromManifest(request, workshop.bucket(), key);
        }));
        await().atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> persistently(() -> workshop.describe(type))
                        .statusAsString()
                        .equals("CREATE_COMPLETE"));
    }

    /** A client token is the account's: other rows have others. */
    private String token(String word) {
        return UUID.nameUUIDFromBytes((workshop.project() + " " + life + " " + word).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Its project was deleted: what is asked for next is another one of the same name. */
    synchronized void beginAgain() {
        ready = false;
        life++;
    }

    /** Another project of the same row, audited with it. */
    Scene another(String name) {
        Scene other = new Scene(stack, workshop.project() + "-" + name);
        others.add(other);
        return other;
    }

    /** This row's projects. */
    List<Scene> all() {
        List<Scene> all = new ArrayList<>(List.of(this));
        all.addAll(others);
        return all;
    }

    /** Asks for a model, in the usual way. @return its version */
    String ask() {
        return ask(UUID.randomUUID().toString());
    }

    /** Asks for a model until there is an answer, with the same token each time. @return its version */
    String ask(String token) {
        prepare();
        ModelMetadata model = persistently(() -> askOnce(token));
        return model.modelVersion();
    }

    /** Asks once; whatever comes of it, the witness knows. */
    ModelMetadata askOnce(String token) {
        witness.asks(token);
        ModelMetadata model = workshop.askForModel(request -> request.clientToken(token(token))
                .outputConfig(output -> output.s3Location(
                        location -> location.bucket(workshop.bucket()).prefix(workshop.project() + "/out/"))));
        witness.accepted(token, model.modelArn());
        return model;
    }

    /** As the extension does it. @return the answer's status */
    int stopTraining(String version) {
        String path = "/vedette/v1/projects/" + workshop.project() + "/models/" + version + "/stop-training";
        try (Extensions http = new Extensions(workshop.customer().vision())) {
            return http.send(SdkHttpMethod.POST, path, Map.of(), "application/json", new byte[0])
                    .status();
        }
    }

    /** Tries for as long as nobody is there, or a server says that it is at fault. */
    <T> T persistently(Callable<T> call) {
        return await("an answer")
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> Insistence.attempt(call), answer -> answer != null);
    }

    ModelDescription model(String version) {
        return persistently(() -> workshop.model(version));
    }

    /** The model when it is trained, or has failed. */
    ModelDescription ended(String version) {
        return ended(version, PATIENCE);
    }

    ModelDescription ended(String version, Duration patience) {
        return await("the end of model " + workshop.project() + "/" + version)
                .atMost(patience)
                .pollInterval(OFTEN)
                .until(() -> model(version), model -> model.status() != ModelStatus.TRAINING);
    }

    void trained(String version) {
        ModelDescription model = ended(version);
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
    }

    /** Waits until the status message of a model in training has this text. */
    void awaitMessage(String version, String text) {
        await(text)
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> model(version).statusMessage().contains(text));
    }

    /** As {@code kill -9} does. */
    void kill(String part) {
        fault();
        processes().kill(part);
    }

    /** How many attempts at its training, or its evaluation, were begun. @param kind TRAINING or EVALUATION */
    long runs(String kind) {
        return database()
                .number(
                        "select count(*) from run join model using (model_id) where project_name = ? and kind = ?",
                        workshop.project(),
                        kind);
    }

    /** How many evaluations workers said to begin: {@link #runs} lacks those that were over before the api heard of them. */
    long evaluationsBegun() {
        return Evidence.of(stack, name()).on(Topic.RUN_EVENTS).stream()
                .filter(event -> event.type().equals("RunStarted"))
                .map(event -> event.json().path("run"))
                .filter(run -> run.path("kind").asText().equals("EVALUATION"))
                .filter(run -> run.path("modelArn").asText().startsWith(arns()))
                .map(run -> run.path("runId").asText())
                .distinct()
                .count();
    }

    /** The process that works at a model of this row: {@code HOST/PID} is what it is called. @param kind TRAINING or EVALUATION */
    ProcessHandle worker(String kind) {
        String name = database()
                .rows(
                        "select worker from run join model using (model_id)"
                                + " where project_name = ? and kind = ? and state = 'RUNNING'",
                        workshop.project(),
                        kind)
                .get(0)
                .get("worker")
                .toString();
        return ProcessHandle.of(Long.parseLong(name.substring(name.lastIndexOf('/') + 1)))
                .orElseThrow();
    }

    /** What its models' requests and events have as their key, up to the version. */
    String arns() {
        return "arn:aws:lookoutvision:us-east-1:000000000001:model/" + workshop.project() + "/";
    }

    /** Has the service die that comes to this place with a model of this row. */
    void crashAt(String place) {
        fault();
        stack.crashes().arm(place, arns());
    }

    /** Has the relay die that comes to this place with an event of this row for this topic. */
    void crashAt(String place, Topic topic) {
        fault();
        stack.crashes().arm(place, topic.suffix() + " " + arns());
    }

    /** How many requests to train a model of this row are on Kafka. */
    long requests() {
        return Evidence.of(stack, workshop.project()).on(Topic.TRAINING_REQUESTED).stream()
                .filter(event -> event.key().startsWith(arns()))
                .count();
    }

    /** How many events of this row's models were not sent yet. */
    long unsent() {
        return database().number("select count(*) from outbox where published_at is null and key like ?", arns() + "%");
    }

    /** A fault lasts for as long as it lasts. */
    void letPass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(10)).until(() -> System.nanoTime() > end);
    }

    /** Waits until a service has died at this place. */
    void awaitCrash(String place) {
        stack.crashes().awaitReached(place);
        stack.crashes().release(place);
    }
}
