package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;

/** Customers who all look at one project again and again, and take no refusal for a reason to wait. */
final class Crowding implements AutoCloseable {
    private final LookoutVisionClient vision;
    private final String project;
    private final int size;
    private final ExecutorService customers;
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final List<String> others = new CopyOnWriteArrayList<>();
    private final AtomicInteger withoutRetryAfter = new AtomicInteger();
    private volatile boolean enough;

    Crowding(Clients clients, String project, int size) {
        var like = clients.vision().serviceClientConfiguration();
        this.vision = LookoutVisionClient.builder()
                .endpointOverride(like.endpointOverride().orElseThrow())
                .region(like.region())
                .credentialsProvider(like.credentialsProvider())
                .overrideConfiguration(own -> own.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClientBuilder(
                        ApacheHttpClient.builder().maxConnections(size).socketTimeout(Duration.ofMinutes(2)))
                .build();
        this.project = project;
        this.size = size;
        this.customers = Executors.newFixedThreadPool(size);
    }

    void start() {
        for (int i = 0; i < size; i++) {
            customers.execute(() -> {
                while (!enough) {
                    look();
                }
            });
        }
    }

    /** Each looks once. */
    void startOnce() {
        for (int i = 0; i < size; i++) {
            customers.execute(this::look);
        }
    }

    private void look() {
        try {
            vision.describeProject(request -> request.projectName(project));
            count(200);
        } catch (LookoutVisionException refusal) {
            count(refusal.statusCode());
            if (refusal.statusCode() != 429) {
                others.add(refusal.getMessage());
            } else if (refusal.awsErrorDetails()
                    .sdkHttpResponse()
                    .firstMatchingHeader("Retry-After")
                    .isEmpty()) {
                withoutRetryAfter.incrementAndGet();
            }
        } catch (SdkClientException trouble) {
            if (!enough) {
                others.add(trouble.toString());
            }
        }
    }

    private void count(int status) {
        answers.computeIfAbsent(status, first -> new AtomicInteger()).incrementAndGet();
    }

    int answers(int status) {
        return answers.getOrDefault(status, new AtomicInteger()).get();
    }

    /** What was answered neither with success nor with a request for patience. */
    List<String> others() {
        return others;
    }

    int withoutRetryAfter() {
        return withoutRetryAfter.get();
    }

    @Override
    public void close() {
        enough = true;
        customers.shutdownNow();
        vision.close();
    }
}
