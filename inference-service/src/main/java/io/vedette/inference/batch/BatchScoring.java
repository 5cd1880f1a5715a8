package io.vedette.inference.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.logging.Log;
import io.vedette.anomaly.BadImage;
import io.vedette.common.S3Uri;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.WorkEvent.BatchRequested;
import io.vedette.inference.PatientDetection;
import io.vedette.inference.PatientDetection.Model;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.Run;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.UsersMistake;
import io.vedette.runtime.WorkerSettings;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;

/** One batch: a frozen list of images to a line of results for each, and a summary. One image is in memory at a time. */
@Singleton
final class BatchScoring {
    private static final long LARGEST_FILE = 8 << 20; // specification §5.10

    private final ObjectStore store;
    private final PatientDetection detection;
    private final WorkerSettings worker;

    BatchScoring(ObjectStore store, PatientDetection detection, WorkerSettings worker) {
        this.store = store;
        this.detection = detection;
        this.worker = worker;
    }

    void perform(Run<BatchRequested> run) throws IOException {
        BatchRequested batch = run.request();
        try (Scratch scratch = Scratch.open(worker.worker().scratch())) {
            Path images = fetched(run, scratch.directory().resolve("images.jsonl"));
            Path file = scratch.directory().resolve("results.jsonl");
            Tally tally = new Tally();
            try (Parts parts = new Parts(store, run, file, tally)) {
                parts.recover();
                if (tally.images() > 0) {
                    Log.infof("goes on batch=%s images=%d", batch.batchId(), tally.images());
                }
                score(run, images, parts, tally);
            }
            publish(run, file, tally);
        }
    }

    private Path fetched(Run<BatchRequested> run, Path file) {
        run.patiently(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            store.download(store.own(run.request().images()), file);
        });
        return file;
    }

    private void score(Run<BatchRequested> run, Path images, Parts parts, Tally tally) throws IOException {
        BatchRequested batch = run.request();
        OptionalDouble threshold =
                batch.threshold() == null ? OptionalDouble.empty() : OptionalDouble.of(batch.threshold());
        Model model = new Model(batch.artifact(), batch.artifactSha256(), threshold);
        long done = tally.images();
        try (BufferedReader lines = Files.newBufferedReader(images)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (done > 0) {
                    done--;
                } else {
                    progress(run, tally);
                    parts.add(look(run, model, ResultLine.image(line), tally));
                }
            }
        }
        parts.finish();
    }

    private static void progress(Run<BatchRequested> run, Tally tally) {
        progress(run, "looking at images", tally);
    }

    private static void progress(Run<BatchRequested> run, String phase, Tally tally) {
        run.progress(phase, tally.images(), run.request().total(), tally.failed());
    }

    private ObjectNode look(Run<BatchRequested> run, Model model, S3Uri image, Tally tally) {
        try {
            byte[] bytes = read(run, image);
            return ResultLine.of(image, run.patiently(() -> {
                detection.giveWay(() -> progress(run, RunProgressed.GIVING_WAY, tally));
                progress(run, tally);
                return detection.detect(model, image.toString(), bytes);
            }));
        } catch (BadImage bad) {
            return ResultLine.bad(image, bad.getMessage());
        }
    }

    /** @throws BadImage if it is missing, denied or too large */
    private byte[] read(Run<?> run, S3Uri image) {
        try {
            return run.patiently(() -> store.get(image, LARGEST_FILE)).bytes();
        } catch (ObjectStoreException failure) {
            if (!failure.isCallersFault()) {
                throw failure;
            }
            String message = failure.getMessage();
            throw new BadImage(message.contains(image.toString()) ? message : image + ": " + message);
        }
    }

    /** The summary last: where it is, the results are whole. */
    private void publish(Run<BatchRequested> run, Path file, Tally tally) throws IOException {
        BatchRequested batch = run.request();
        byte[] summary = EventJson.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(tally.summary(batch, Instant.now()));
        try {
            run.patiently(() -> store.putFile(batch.results(), file));
            run.patiently(() -> store.put(batch.summary(), summary));
        } catch (ObjectStoreException failure) {
            if (!failure.isCallersFault()) {
                throw failure;
            }
            throw new UsersMistake("The results cannot be written: " + failure.getMessage(), failure);
        }
        progress(run, tally);
        run.tellProgress();
    }
}
