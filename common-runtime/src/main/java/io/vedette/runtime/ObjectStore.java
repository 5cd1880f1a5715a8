package io.vedette.runtime;

import io.vedette.common.S3Uri;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Objects on S3 or a store that speaks like it. Safe for use by many threads; transient failures are tried four times.
 *
 * <p>Every method throws an {@link ObjectStoreException}: missing object, missing bucket, denied, or unavailable.
 * Uploads are single requests (at most 5 GB), so an upload that is cut leaves nothing behind.
 */
@Singleton
public final class ObjectStore implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ObjectStore.class);
    private static final int DELETE_BATCH = 1000;

    private final String bucket;
    private final S3Client s3;

    @Inject
    public ObjectStore(S3Settings settings) {
        this(settings.bucket(), S3Clients.create(settings));
    }

    ObjectStore(String bucket, S3Client s3) {
        this.bucket = bucket;
        this.s3 = s3;
    }

    /** @param etag as the store gave it, without quotes */
    public record Stored(byte[] bytes, String etag) {}

    /** @param size in bytes */
    public record Item(S3Uri uri, long size, Instant lastModified) {}

    /** The address of an object in the service's own bucket. */
    public S3Uri own(String key) {
        return new S3Uri(bucket, key);
    }

    public boolean isOwn(S3Uri uri) {
        return uri.bucket().equals(bucket);
    }

    /** The whole object, in memory. */
    public Stored get(S3Uri uri) {
        return asking(uri, () -> stored(s3.getObject(request(uri), whole(ResponseTransformer.toBytes()))));
    }

    /** The whole object, in memory, if it is not larger than this; else {@code TooLarge}. */
    public Stored get(S3Uri uri, long maxBytes) {
        Optional<Stored> stored = asking(
                uri,
                () -> s3.getObject(request(uri), (answer, body) -> {
                    // Not thrown in here: the SDK would take it for a fault of the network and try again.
                    if (length(answer) > maxBytes) {
                        body.abort();
                        return Optional.empty();
                    }
                    return Optional.of(stored(whole(ResponseTransformer.<GetObjectResponse>toBytes())
                            .transform(answer, body)));
                }));
        return stored.orElseThrow(() -> new ObjectStoreException.TooLarge(uri.toString(), maxBytes));
    }

    /** The whole object, or empty if there is none. */
    public Optional<Stored> getIfPresent(S3Uri uri) {
        try {
            return Optional.of(get(uri));
        } catch (ObjectStoreException.MissingObject missing) {
            return Optional.empty();
        }
    }

    /**
     * The object as a stream, which the caller closes; reading it may throw plain I/O exceptions.
     *
     * @param versionId the version that is meant, or null for the present one; a store that keeps no versions refuses
     */
    public ObjectStream open(S3Uri uri, String versionId) {
        GetObjectRequest request = request(uri).toBuilder().versionId(versionId).build();
        ResponseInputStream<GetObjectResponse> answer = asking(uri, () -> s3.getObject(request));
        if (!isVersion(versionId, answer.response().versionId())) {
            answer.abort();
            throw new ObjectStoreException.NoVersions(null);
        }
        return new ObjectStream(answer, length(answer.response()));
    }

    /** Throws unless the store has this version of the object: {@code NoVersions} if it keeps none at all. */
    public void checkVersion(S3Uri uri, String versionId) {
        String what = "version " + versionId + " of " + uri;
        try {
            HeadObjectResponse answer = asking(
                    uri.bucket(),
                    what,
                    () -> s3.headObject(
                            head -> head.bucket(uri.bucket()).key(uri.key()).versionId(versionId)));
            if (!isVersion(versionId, answer.versionId())) {
                throw new ObjectStoreException.NoVersions(null);
            }
        } catch (ObjectStoreException.Refused refusal) {
            throw refusal.isForWantOfTheFeature() ? new ObjectStoreException.NoVersions(refusal) : refusal;
        }
    }

    /** Writes the object into a file that must not exist yet; returns its ETag. */
    public String download(S3Uri uri, Path file) {
        return asking(
                uri,
                () -> unquoted(s3.getObject(request(uri), whole(ResponseTransformer.toFile(file)))
                        .eTag()));
    }

    /** The ETag of an object, without quotes. */
    public String etag(S3Uri uri) {
        return asking(
                uri,
                () -> unquoted(s3.headObject(head -> head.bucket(uri.bucket()).key(uri.key()))
                        .eTag()));
    }

    public void put(S3Uri uri, byte[] bytes) {
        asking(uri, () -> s3.putObject(target(uri).build(), RequestBody.fromBytes(bytes)));
    }

    /** Uploads a file as a stream. */
    public void putFile(S3Uri uri, Path file) {
        asking(uri, () -> s3.putObject(target(uri).build(), RequestBody.fromFile(file)));
    }

    /** Writes an object encrypted with a KMS key; where the store knows none, without, and the log says so. */
    public void putEncrypted(S3Uri uri, byte[] bytes, String kmsKeyId) {
        try {
            asking(
                    uri,
                    () -> s3.putObject(
                            target(uri)
                                    .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                    .ssekmsKeyId(kmsKeyId)
                                    .build(),
                            RequestBody.fromBytes(bytes)));
        } catch (ObjectStoreException.Refused refusal) {
            if (!refusal.isForWantOfTheFeature()) {
                throw refusal;
            }
            LOG.warnf("ignored the KMS key, which this store does not support object=%s", uri);
            put(uri, bytes);
        }
    }

    /**
     * All objects below a prefix of any bucket, in the order of their keys, fetched page by page: reading the stream
     * throws what this method does.
     */
    public Stream<Item> list(String bucket, String prefix) {
        ListObjectsV2Request first =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        // Not the SDK's paginator: what fails while its stream is read is thrown as the SDK's own.
        return Stream.iterate(page(first), Objects::nonNull, before -> pageAfter(before, first))
                .flatMap(page -> page.contents().stream())
                .map(object -> new Item(new S3Uri(bucket, object.key()), object.size(), object.lastModified()));
    }

    private ListObjectsV2Response pageAfter(ListObjectsV2Response before, ListObjectsV2Request first) {
        String token = before.nextContinuationToken();
        return token == null || token.isEmpty()
                ? null
                : page(first.toBuilder().continuationToken(token).build());
    }

    private ListObjectsV2Response page(ListObjectsV2Request request) {
        return asking(request.bucket(), request.bucket(), () -> s3.listObjectsV2(request));
    }

    /** Removes every object below a prefix of the service's own bucket; none is no error. */
    public void deletePrefix(String prefix) {
        List<String> keys = new ArrayList<>();
        asking(bucket, bucket, () -> {
            list(bucket, prefix).forEach(item -> keys.add(item.uri().key()));
            for (int from = 0; from < keys.size(); from += DELETE_BATCH) {
                delete(keys.subList(from, Math.min(keys.size(), from + DELETE_BATCH)));
            }
            return keys.size();
        });
    }

    /** Removes one object; none is no error. */
    public void delete(S3Uri uri) {
        asking(uri, () -> s3.deleteObject(delete -> delete.bucket(uri.bucket()).key(uri.key())));
    }

    /** False if there is no such bucket; throws {@code Denied} if there is one that we may not see. */
    public boolean bucketExists(String bucket) {
        try {
            asking(bucket, bucket, () -> s3.headBucket(head -> head.bucket(bucket)));
            return true;
        } catch (ObjectStoreException.MissingBucket | ObjectStoreException.MissingObject missing) {
            return false;
        }
    }

    /** Creates the service's own bucket unless it exists. */
    public void createOwnBucket() {
        if (!bucketExists(bucket)) {
            asking(bucket, bucket, () -> s3.createBucket(create -> create.bucket(bucket)));
            LOG.infof("created bucket=%s", bucket);
        }
    }

    @PreDestroy
    @Override
    public void close() {
        s3.close();
    }

    // A store that keeps no versions may pass over the wish and give what it has.
    private static boolean isVersion(String wanted, String given) {
        return wanted == null || wanted.equals(Objects.requireNonNullElse(given, "null"));
    }

    private void delete(List<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        s3.deleteObjects(request ->
                request.bucket(bucket).delete(delete -> delete.objects(objects).quiet(true)));
    }

    private static GetObjectRequest request(S3Uri uri) {
        return GetObjectRequest.builder().bucket(uri.bucket()).key(uri.key()).build();
    }

    private static PutObjectRequest.Builder target(S3Uri uri) {
        return PutObjectRequest.builder().bucket(uri.bucket()).key(uri.key());
    }

    /** An answer that ends before the object does is a fault of the network, which the SDK tries again. */
    private static <T> ResponseTransformer<GetObjectResponse, T> whole(
            ResponseTransformer<GetObjectResponse, T> reading) {
        return (answer, body) ->
                reading.transform(answer, AbortableInputStream.create(new ObjectStream(body, length(answer)), body));
    }

    /** -1 where the store does not say. */
    private static long length(GetObjectResponse answer) {
        return Objects.requireNonNullElse(answer.contentLength(), -1L);
    }

    private static Stored stored(ResponseBytes<GetObjectResponse> answer) {
        return new Stored(answer.asByteArrayUnsafe(), unquoted(answer.response().eTag()));
    }

    private static String unquoted(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    private static <T> T asking(S3Uri uri, Supplier<T> request) {
        return asking(uri.bucket(), uri.toString(), request);
    }

    private static <T> T asking(String bucket, String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException failure) {
            throw S3Clients.translated(failure, bucket, what);
        }
    }
}
