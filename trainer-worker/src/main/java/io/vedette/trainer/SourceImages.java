package io.vedette.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.event.EventJson;
import io.vedette.runtime.ImageReads;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code images.jsonl}: which images a model was learned from, and which version of each; images are not copied. */
final class SourceImages {
    private SourceImages() {}

    static void write(Path directory, List<DatasetEntry> entries, ImageReads images) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(directory.resolve("images.jsonl"))) {
            for (DatasetEntry entry : entries) {
                ObjectNode line = EventJson.mapper().createObjectNode();
                line.put("source-ref", entry.sourceRef().toString());
                line.put("class-name", entry.label().orElseThrow().className());
                images.etag(entry.sourceRef()).ifPresent(etag -> line.put("etag", etag));
                lines.write(line.toString());
                lines.write('\n');
            }
        }
    }
}
