package io.vedette.inference.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.event.WorkEvent.BatchRequested;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The results of a batch as they come: a file with all of them, and on S3 the same in parts of a fixed number of images, each
 * written at once or not at all. Whatever kills a worker, the next one goes on behind the last part.
 */
final class Parts implements AutoCloseable {
    private final ObjectStore store;
    private final Run<BatchRequested> run;
    private final Tally tally;
    private final OutputStream file;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private int next;
    private int images;

    /**
     * @param file that all lines go to; it must not exist yet
     * @param tally that all lines are counted in
     */
    Parts(ObjectStore store, Run<BatchRequested> run, Path file, Tally tally) throws IOException {
        this.store = store;
        this.run = run;
        this.tally = tally;
        this.file = Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW);
    }

    /** Takes over what earlier attempts have finished. */
    void recover() throws IOException {
        for (Optional<byte[]> found = stored(); found.isPresent(); found = stored()) {
            for (String line : new String(found.get(), StandardCharsets.UTF_8).split("\n")) {
                tally.add(ResultLine.parse(line));
            }
            file.write(found.get());
            next++;
            run.progress(
                    "taking over finished parts", tally.images(), run.request().total(), tally.failed());
        }
    }

    void add(ObjectNode line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        file.write(bytes);
        part.writeBytes(bytes);
        tally.add(line);
        images++;
        if (images == run.request().partImages()) {
            store();
        }
    }

    /** Stores what does not fill a part. */
    void finish() throws IOException {
        if (images > 0) {
            store();
        }
        file.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void store() {
        S3Uri address = address();
        byte[] bytes = part.toByteArray();
        run.patiently(() -> store.put(address, bytes));
        part.reset();
        images = 0;
        next++;
    }

    private Optional<byte[]> stored() {
        S3Uri address = address();
        return run.patiently(() -> store.getIfPresent(address)).map(ObjectStore.Stored::bytes);
    }

    private S3Uri address() {
        BatchRequested batch = run.request();
        return store.own(ArtifactLayout.batchPart(batch.modelId(), batch.batchId(), next));
    }
}
