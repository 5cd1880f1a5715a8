package io.vedette.api.hosting;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vedette.common.event.EventJson;
import io.vedette.common.inference.Detected;
import io.vedette.common.inference.InferenceCall;
import io.vedette.common.inference.InferenceCall.Refusal;
import io.vedette.common.inference.Inspection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls the inference service. Every call can be repeated: it changes nothing that lasts. */
@Singleton
class InferenceClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration UNLOAD = Duration.ofSeconds(5);
    private static final Duration LOAD = Duration.ofSeconds(120);
    private static final Duration INSPECT = Duration.ofSeconds(90);

    private final InferenceSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    InferenceClient(InferenceSettings settings) {
        this.settings = settings;
    }

    /** Returns when the model can detect. @throws InferenceRefusal if it cannot */
    void load(Target model) {
        send(uri(InferenceCall.LOAD, model, ""), LOAD, BodyPublishers.noBody());
    }

    /** @throws InferenceRefusal if the service does not answer */
    void unload(Target model) {
        send(uri(InferenceCall.UNLOAD, model, ""), UNLOAD, BodyPublishers.noBody());
    }

    /**
     * @param details whether heat and instances are wanted
     * @throws InferenceRefusal if there is no result
     */
    Detected detect(Target model, boolean details, byte[] photograph) {
        StringBuilder query = new StringBuilder();
        query.append('&').append(InferenceCall.UNITS).append('=').append(model.units());
        query.append('&').append(InferenceCall.DETAILS).append('=').append(details);
        model.threshold()
                .ifPresent(at -> query.append('&')
                        .append(InferenceCall.THRESHOLD)
                        .append('=')
                        .append(at));
        URI uri = uri(InferenceCall.DETECT, model, query.toString());
        return read(send(uri, settings.timeout(), BodyPublishers.ofByteArray(photograph)), Detected.class);
    }

    /** @throws InferenceRefusal if the service or the store does not answer */
    Inspection.Answer inspect(Inspection.Asked images) {
        try {
            byte[] body = EventJson.mapper().writeValueAsBytes(images);
            URI uri = URI.create(settings.url() + InferenceCall.INSPECT);
            return read(
                    send(uri, INSPECT, "application/json", BodyPublishers.ofByteArray(body)), Inspection.Answer.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T read(byte[] answer, Class<T> type) {
        try {
            return EventJson.mapper().readValue(answer, type);
        } catch (IOException garbled) {
            throw InferenceRefusal.unreachable(garbled);
        }
    }

    private byte[] send(URI uri, Duration timeout, BodyPublisher body) {
        return send(uri, timeout, "application/octet-stream", body);
    }

    private byte[] send(URI uri, Duration timeout, String type, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", type)
                .POST(body);
        settings.secret().ifPresent(secret -> request.header(InferenceCall.SECRET, secret));
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 == 2) {
                return answer.body();
            }
            throw new InferenceRefusal(answer.statusCode(), message(answer), null);
        } catch (IOException unreachable) {
            throw InferenceRefusal.unreachable(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw InferenceRefusal.unreachable(stopped);
        }
    }

    private URI uri(String path, Target model, String more) {
        String checksum = model.sha256() == null ? "" : "&" + InferenceCall.CHECKSUM + "=" + model.sha256();
        String artifact = URLEncoder.encode(model.artifact(), StandardCharsets.UTF_8);
        return URI.create(settings.url() + path + "?" + InferenceCall.ARTIFACT + "=" + artifact + checksum + more);
    }

    private static String message(HttpResponse<byte[]> answer) {
        try {
            String message =
                    EventJson.mapper().readValue(answer.body(), Refusal.class).message();
            return message == null ? "The inference service failed." : message;
        } catch (IOException noRefusal) {
            return "The inference service failed.";
        }
    }
}
