package io.vedette.anomaly.backbone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format, float32 only: a header of JSON, then the values.
 *
 * @param tensors by name, in the order of the file
 * @param metadata words beside them
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";

    /** Values in row-major order. */
    public record Tensor(long[] shape, float[] values) {
        public Tensor {
            if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) != values.length)
                throw new IllegalArgumentException(values.length + " values for " + Arrays.toString(shape));
        }

        public static Tensor vector(float[] values) {
            return new Tensor(new long[] {values.length}, values);
        }
    }

    /** @throws IllegalArgumentException naming the tensor that is missing */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) throw new IllegalArgumentException("there is no tensor " + name);
        return tensor;
    }

    /** @throws IOException if the bytes are not whole safetensors of float32 */
    public static SafeTensors decode(byte[] bytes) throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = Math.toIntExact(buffer.getLong());
            JsonNode header = JSON.readTree(bytes, Long.BYTES, headerLength);
            buffer.position(Long.BYTES + headerLength);
            return decode(header, buffer.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (RuntimeException e) {
            throw new IOException("not a safetensors file of float32, or cut short", e);
        }
    }

    private static SafeTensors decode(JsonNode header, ByteBuffer values) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            JsonNode node = entry.getValue();
            if (entry.getKey().equals(METADATA)) {
                node.properties()
                        .forEach(word ->
                                metadata.put(word.getKey(), word.getValue().asText()));
                continue;
            }
            if (!node.path("dtype").asText().equals("F32")) throw new IOException(entry.getKey() + " is not float32");
            int from = node.path("data_offsets").path(0).intValue();
            int to = node.path("data_offsets").path(1).intValue();
            float[] read = new float[(to - from) / Float.BYTES];
            values.slice(from, to - from)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(read);
            tensors.put(entry.getKey(), new Tensor(JSON.convertValue(node.path("shape"), long[].class), read));
        }
        return new SafeTensors(tensors, metadata);
    }

    /** The same tensors in the same order give the same bytes. */
    public byte[] encode() {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) header.set(METADATA, JSON.valueToTree(metadata));
        int size = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            node.set("shape", JSON.valueToTree(entry.getValue().shape()));
            int from = size;
            size = Math.addExact(size, Float.BYTES * entry.getValue().values().length);
            node.putArray("data_offsets").add(from).add(size);
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded + size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.position() < Long.BYTES + padded) buffer.put((byte) ' ');
        for (Tensor tensor : tensors.values()) for (float value : tensor.values()) buffer.putFloat(value);
        return buffer.array();
    }

    /** In lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
