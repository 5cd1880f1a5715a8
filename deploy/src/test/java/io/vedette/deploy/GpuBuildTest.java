package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The profile gpu and the image that is built of it mean the same artifacts, and these are as the image takes them for. Their 2.5 GB
 * are looked into where Maven has fetched them once ({@code mvn package -Pgpu}), and are fetched for no test.
 */
class GpuBuildTest {
    private static final Path ROOT = Chart.DEPLOY.getParent();
    private static final Path ARTIFACTS =
            Path.of(System.getProperty("localRepository", "")).resolve("ai/djl/pytorch");

    private final String pom = Files.readString(ROOT.resolve("pom.xml"));
    private final String image = Files.readString(Chart.DEPLOY.resolve("images/pytorch.Dockerfile"));
    private final String pytorch = one(pom, "<pytorch.version>(.+)</pytorch.version>");
    private final String djl = one(pom, "<djl.version>(.+)</djl.version>");
    private final String cuda = one(pom, "(?s)<id>gpu</id>.*?<pytorch.native>pytorch-native-(\\w+)</pytorch.native>");

    GpuBuildTest() throws IOException {}

    @Test
    void imageAndComposeNameTheNativesThatTheBuildBrings() throws IOException {
        assertThat(all(image, "ARG PYTORCH=(.+)")).containsOnly(pytorch).hasSize(2);
        assertThat(all(image, "ARG DJL=(.+)")).containsOnly(djl).hasSize(1);
        assertThat(all(image, "ARG FLAVOR=(.+)"))
                .containsOnly(one(pom, "</pytorch.version>\\s+<pytorch.native>pytorch-native-(\\w+)<"));
        String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        assertThat(all(compose, "FLAVOR: (\\w+)")).containsOnly(cuda).hasSize(2);
        String documents = Files.readString(ROOT.resolve("docs/deployment.md"));
        assertThat(all(documents, "FLAVOR=(\\w+)")).containsOnly(cuda).hasSize(2);
    }

    @Test
    void djlHasNativeMethodsForBoth() throws IOException {
        String version = pytorch + "-" + djl;
        assertThat(entries(ARTIFACTS.resolve("pytorch-jni/" + version + "/pytorch-jni-" + version + ".jar")))
                .contains(
                        "jnilib/linux-x86_64/cpu/libdjl_torch.so", "jnilib/linux-x86_64/" + cuda + "/libdjl_torch.so");
    }

    @Test
    void theNativesForCudaAreWhereTheImageLooksForThem() throws IOException {
        String folder = "pytorch/" + cuda + "/linux-x86_64/";
        assertThat(natives(cuda))
                .contains(folder + "libtorch_cuda.so", folder + "libcaffe2_nvrtc.so")
                .filteredOn(name -> name.matches(Pattern.quote(folder) + "libcudart-.*\\.so\\.12"))
                .hasSize(1);
        assertThat(image).contains("libcudart-*.so.12", "libcaffe2_nvrtc.so");
        assertThat(natives("cpu")).contains("pytorch/cpu/linux-x86_64/libtorch.so");
    }

    private List<String> natives(String flavor) throws IOException {
        String name = "pytorch-native-" + flavor;
        return entries(ARTIFACTS.resolve(name + "/" + pytorch + "/" + name + "-" + pytorch + "-linux-x86_64.jar"));
    }

    private static List<String> entries(Path jar) throws IOException {
        assumeThat(jar).as("Maven has not fetched it yet").exists();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String one(String text, String pattern) {
        return all(text, pattern).get(0);
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
