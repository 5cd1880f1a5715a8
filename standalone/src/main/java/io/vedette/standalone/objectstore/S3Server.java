package io.vedette.standalone.objectstore;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * S3 on a folder: {@code S3Server ENDPOINT FOLDER}. The one access key comes from the environment ({@code VEDETTE_S3_ACCESS_KEY_ID},
 * {@code VEDETTE_S3_SECRET_ACCESS_KEY}), because arguments are visible to every user of the machine.
 */
public final class S3Server {
    private S3Server() {}

    public static void main(String[] args) throws Exception {
        FilesystemNio2BlobStore store = new FilesystemNio2BlobStore(args[1]);
        String accessKeyId = System.getenv("VEDETTE_S3_ACCESS_KEY_ID");
        String secret = System.getenv("VEDETTE_S3_SECRET_ACCESS_KEY");
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create(args[0]))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKeyId, secret)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        Thread.currentThread().join();
    }
}
