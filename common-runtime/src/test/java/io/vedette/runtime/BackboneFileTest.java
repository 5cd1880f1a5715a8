package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackboneFileTest {
    private static final Path SCRATCH = Path.of("scratch");

    @Test
    void moduleAndDescriptionComeFromS3SideBySide() {
        // Given
        Map<String, Path> fetched = new LinkedHashMap<>();
        // When
        String path = BackboneFile.fetched(
                "s3://models/nets/dino.v2.pt", SCRATCH, (uri, file) -> fetched.put(uri.toString(), file));
        // Then
        assertThat(path).isEqualTo(SCRATCH.resolve("dino.v2.pt").toString());
        assertThat(fetched)
                .containsExactly(
                        Map.entry("s3://models/nets/dino.v2.json", SCRATCH.resolve("dino.v2.json")),
                        Map.entry("s3://models/nets/dino.v2.pt", SCRATCH.resolve("dino.v2.pt")));
    }

    @Test
    void namesAndPathsStayAsTheyAre() {
        for (String backbone : new String[] {"inception-v3", "/nets/dino.pt"}) {
            String given = BackboneFile.fetched(backbone, SCRATCH, (uri, file) -> {
                throw new AssertionError("nothing is to be fetched");
            });
            assertThat(given).isEqualTo(backbone);
        }
    }

    @Test
    void otherFilesInS3AreRefused() {
        assertThatThrownBy(() -> BackboneFile.fetched("s3://models/net.onnx", SCRATCH, (uri, file) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://models/net.onnx");
    }
}
