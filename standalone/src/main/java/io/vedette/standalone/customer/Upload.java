package io.vedette.standalone.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.customer.ImageFolder.LabelledImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * Brings images to S3, all below one project's prefix.
 *
 * @param files the local file of each address that was uploaded
 */
record Upload(String bucket, String prefix, Map<String, Path> files) {
    private static final int AT_ONCE = 6;

    /** Makes the bucket if it is missing. */
    static void makeBucket(S3Client s3, String bucket) {
        try {
            s3.headBucket(request -> request.bucket(bucket));
        } catch (NoSuchBucketException e) {
            s3.createBucket(request -> request.bucket(bucket));
        }
    }

    /** Uploads a part's images and masks. @return its manifest's lines */
    List<ObjectNode> part(S3Client s3, String part, List<LabelledImage> images, MaskColors colors) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<ObjectNode>> lines = new ArrayList<>();
            for (LabelledImage image : images) {
                lines.add(CompletableFuture.supplyAsync(() -> image(s3, part, image, colors), threads));
            }
            return lines.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    /** Puts a manifest. @return its key */
    String manifest(S3Client s3, String part, List<ObjectNode> lines) {
        String key = prefix + "manifests/" + part + ".manifest";
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text.toString()));
        return key;
    }

    private ObjectNode image(S3Client s3, String part, LabelledImage image, MaskColors colors) {
        String label = image.anomalous() ? "anomaly" : "normal";
        String address = put(s3, part + "/" + label + "/" + image.file().getFileName(), image.file());
        files.put(address, image.file());
        ObjectNode line = Manifest.line(address, image.anomalous());
        image.mask().ifPresent(mask -> {
            Map<String, String> found = colors.of(mask);
            if (!found.isEmpty()) {
                Manifest.addMask(line, put(s3, "masks/" + part + "/" + mask.getFileName(), mask), found);
            }
        });
        return line;
    }

    private String put(S3Client s3, String name, Path file) {
        String key = prefix + name;
        s3.putObject(request -> request.bucket(bucket).key(key), file);
        return "s3://" + bucket + "/" + key;
    }
}
