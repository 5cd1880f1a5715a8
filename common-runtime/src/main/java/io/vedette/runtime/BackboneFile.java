package io.vedette.runtime;

import io.vedette.common.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** A network of the operator's own, where it lies as a TorchScript file with a JSON beside it: on disk or in S3. */
public final class BackboneFile {
    private static final String MODULE = ".pt";

    private BackboneFile() {}

    /** Whether a setting means a file, not the name of a built-in network. */
    public static boolean isMeant(String backbone) {
        return backbone.endsWith(MODULE);
    }

    /**
     * From S3 the module and its description come into the directory; everything else stays as it is.
     *
     * @param backbone a name, a path or an S3 address
     * @param directory of the run
     * @return a name or a path
     */
    public static String fetched(String backbone, Path directory, ObjectStore store, Work<?> run) {
        return fetched(
                backbone,
                directory,
                (uri, file) -> run.patiently(() -> {
                    delete(file); // what a download that was cut has left
                    store.download(uri, file);
                }));
    }

    /** The same without a run: the store is asked once, and may throw an {@link ObjectStoreException}. */
    public static String fetched(String backbone, Path directory, ObjectStore store) {
        return fetched(backbone, directory, (uri, file) -> store.download(uri, file));
    }

    static String fetched(String backbone, Path directory, BiConsumer<S3Uri, Path> download) {
        if (!backbone.startsWith("s3://")) {
            return backbone;
        }
        if (!isMeant(backbone)) {
            throw new IllegalArgumentException("a backbone in S3 is a TorchScript file, NAME.pt, not " + backbone);
        }
        S3Uri module = S3Uri.parse(backbone);
        String key = module.key();
        String stem = key.substring(key.lastIndexOf('/') + 1, key.length() - MODULE.length());
        Path file = directory.resolve(stem + MODULE);
        String description = key.substring(0, key.length() - MODULE.length()) + ".json";
        download.accept(new S3Uri(module.bucket(), description), directory.resolve(stem + ".json"));
        download.accept(module, file);
        return file.toString();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
