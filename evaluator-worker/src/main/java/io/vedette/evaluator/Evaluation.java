package io.vedette.evaluator;

import io.quarkus.logging.Log;
import io.vedette.anomaly.TrainedModel;
import io.vedette.common.DatasetType;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.persistence.DatabaseTrouble;
import io.vedette.persistence.Model;
import io.vedette.persistence.Winner;
import io.vedette.runtime.BackboneFile;
import io.vedette.runtime.CrashPoint;
import io.vedette.runtime.Digest;
import io.vedette.runtime.DownloadedArtifact;
import io.vedette.runtime.ImageReads;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.Run;
import io.vedette.runtime.ScoringSettings;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.SnapshotReader;
import io.vedette.runtime.UsersMistake;
import io.vedette.runtime.WorkerSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** One evaluation: an artifact and the frozen test entries to a report; the first report of a model wins. */
@Singleton
final class Evaluation {
    private final ObjectStore store;
    private final TrainedModels models;
    private final Publication publication;
    private final ScoringSettings scoring;
    private final WorkerSettings worker;

    Evaluation(
            ObjectStore store,
            TrainedModels models,
            Publication publication,
            ScoringSettings scoring,
            WorkerSettings worker) {
        this.store = store;
        this.models = models;
        this.publication = publication;
        this.scoring = scoring;
        this.worker = worker;
    }

    void perform(Run<ModelTrained> run) throws IOException {
        UUID modelId = run.request().modelId();
        Optional<Model> awaiting = awaiting(run);
        if (awaiting.isEmpty()) {
            Log.infof("left alone model=%s: it is settled or gone", modelId);
            return;
        }
        if (awaiting.get().evaluation().isEmpty()) {
            contend(run, awaiting.get());
        }
        // Whoever has won by now: this run, an earlier one that died before it published, or one at this moment.
        Optional<Model> won = awaiting(run);
        if (won.isPresent()) {
            publication.publish(run, won.get());
        }
    }

    /** A database that is away is waited for: nothing can be decided without it. */
    private Optional<Model> awaiting(Run<ModelTrained> run) {
        return run.untilAnswered(() -> models.awaiting(run.request().modelId()), DatabaseTrouble::isPassing);
    }

    /** Scores, stores the report under this run's prefix, and tries to win. */
    private void contend(Run<ModelTrained> run, Model model) throws IOException {
        try (Scratch scratch = Scratch.open(worker.worker().scratch())) {
            DownloadedArtifact artifact = fetched(run, scratch.directory());
            try (TrainedModel trained = read(run, artifact)) {
                SeenInTraining seen = SeenInTraining.of(artifact.directory());
                Scoring scoring = score(run, artifact, trained, seen);
                List<String> remarks = new ArrayList<>(trained.remarks());
                seen.remark().ifPresent(remarks::add);
                Instant endedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                int trainingImages = artifact.contents().trainingImages();
                S3Uri masks = new S3Uri(model.output().bucket(), model.output().masksPrefix(model.arn()));
                Report report = Report.of(
                        new Report.Subject(model.arn(), trainingImages, trained.learnerName(), remarks, masks),
                        scoring,
                        endedAt);
                keepRemarks(run, remarks);
                offer(run, report, trainingImages);
            }
        }
    }

    private DownloadedArtifact fetched(Run<ModelTrained> run, Path directory) throws IOException {
        var address = new DownloadedArtifact.Address(
                run.request().artifact(), run.request().artifactSha256());
        return DownloadedArtifact.fetch(store, address, directory, new DownloadedArtifact.Steps() {
            @Override
            public <T> T ask(Supplier<T> request) {
                return run.patiently(request);
            }

            @Override
            public void at(long done, long total) {
                run.progress("fetching the model", done, total);
            }
        });
    }

    /** A network of the operator's own lies outside the artifact: the files beside it are those of this run. */
    private TrainedModel read(Run<ModelTrained> run, DownloadedArtifact artifact) throws IOException {
        if (!BackboneFile.isMeant(scoring.backbone()) || TrainedModel.isOnBuiltIn(artifact.directory())) {
            return TrainedModel.read(artifact.directory(), scoring.threadCount(), scoring.place());
        }
        Path own = Files.createDirectory(artifact.directory().resolve("backbone"));
        String backbone = BackboneFile.fetched(scoring.backbone(), own, store, run);
        return TrainedModel.read(artifact.directory(), scoring.threadCount(), scoring.place(), backbone);
    }

    private Scoring score(Run<ModelTrained> run, DownloadedArtifact artifact, TrainedModel trained, SeenInTraining seen)
            throws IOException {
        String key = ArtifactLayout.snapshot(run.request().modelId(), DatasetType.TEST);
        List<DatasetEntry> entries = new SnapshotReader(store, run)
                .read(key).stream().filter(entry -> entry.label().isPresent()).toList();
        if (entries.isEmpty()) {
            throw new UsersMistake("The test dataset has no labelled images.");
        }
        String masks = ArtifactLayout.evaluationMasks(run.request().modelId(), run.id());
        ImageReads images = new ImageReads(store, run);
        Scoring scoring = new Scoring(
                trained::inspect,
                artifact.colors(),
                images::read,
                (name, png) -> run.patiently(() -> store.put(store.own(masks + name), png)));
        for (DatasetEntry entry : entries) {
            run.progress("scoring test images", scoring.scored().size(), entries.size());
            scoring.add(entry);
            seen.check(entry.sourceRef(), images.etag(entry.sourceRef()));
        }
        run.progress("scoring test images", entries.size(), entries.size());
        return scoring;
    }

    private void keepRemarks(Run<ModelTrained> run, List<String> remarks) {
        if (!remarks.isEmpty()) {
            byte[] text = String.join(" ", remarks).getBytes(StandardCharsets.UTF_8);
            String key = ArtifactLayout.evaluationRemarks(run.request().modelId(), run.id());
            run.patiently(() -> store.put(store.own(key), text));
        }
    }

    private void offer(Run<ModelTrained> run, Report report, int trainingImages) {
        UUID modelId = run.request().modelId();
        CrashPoint.pass("evaluation.before-s3", run.request().modelArn());
        run.patiently(() -> {
            store.put(store.own(ArtifactLayout.evaluationManifest(modelId, run.id())), report.manifest());
            store.put(store.own(ArtifactLayout.evaluationResult(modelId, run.id())), report.result());
            store.put(store.own(ArtifactLayout.vedetteEvaluation(modelId, run.id())), report.extension());
        });
        CrashPoint.pass("evaluation.after-s3", run.request().modelArn());
        Winner winner = new Winner(
                run.id(),
                run.request().trainingRunId(),
                report.endedAt(),
                Digest.sha256(report.result()),
                Digest.sha256(report.manifest()),
                trainingImages,
                report.performance());
        if (run.untilAnswered(() -> models.claimWin(modelId, winner), DatabaseTrouble::isPassing)) {
            Log.infof(
                    "won model=%s run=%s f1=%.3f",
                    modelId, run.id(), report.performance().f1Score());
            CrashPoint.pass("evaluation.after-win", run.request().modelArn());
        } else {
            Log.infof("lost to another run model=%s run=%s", modelId, run.id());
        }
    }
}
