package io.vedette.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Takes spans as a collector does: OTLP over HTTP, in protobuf (opentelemetry/proto/trace/v1/trace.proto). */
final class SpanCollector implements AutoCloseable {
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.setExecutor(Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "span-collector");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** @param links span ids */
    record Span(String trace, String id, String parent, String name, List<String> links) {
        boolean isChildOf(Span other) {
            return trace.equals(other.trace) && parent.equals(other.id);
        }

        boolean isLinkedTo(Span other) {
            return !trace.equals(other.trace) && links.contains(other.id);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange call) throws IOException {
        boolean zipped = "gzip".equals(call.getRequestHeaders().getFirst("Content-Encoding"));
        byte[] body = zipped
                ? new GZIPInputStream(call.getRequestBody()).readAllBytes()
                : call.getRequestBody().readAllBytes();
        // ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans
        for (byte[] resource : fields(body, 1)) {
            for (byte[] scope : fields(resource, 2)) {
                fields(scope, 2).forEach(span -> spans.add(span(span)));
            }
        }
        call.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        call.sendResponseHeaders(200, -1);
        call.close();
    }

    private static Span span(byte[] span) {
        return new Span(
                hex(fields(span, 1)),
                hex(fields(span, 2)),
                hex(fields(span, 4)),
                new String(fields(span, 5).get(0), java.nio.charset.StandardCharsets.UTF_8),
                fields(span, 13).stream().map(link -> hex(fields(link, 2))).toList());
    }

    private static String hex(List<byte[]> field) {
        return field.isEmpty() ? "" : HexFormat.of().formatHex(field.get(0));
    }

    /** The values of a field that has a length (protobuf's wire type 2); the others are passed over. */
    private static List<byte[]> fields(byte[] message, int wanted) {
        List<byte[]> values = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            long key = varint(message, at);
            switch ((int) key & 7) {
                case 0 -> varint(message, at);
                case 1 -> at[0] += 8;
                case 5 -> at[0] += 4;
                default -> {
                    int length = (int) varint(message, at);
                    if (key >>> 3 == wanted) {
                        values.add(java.util.Arrays.copyOfRange(message, at[0], at[0] + length));
                    }
                    at[0] += length;
                }
            }
        }
        return values;
    }

    private static long varint(byte[] message, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message[at[0]++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
