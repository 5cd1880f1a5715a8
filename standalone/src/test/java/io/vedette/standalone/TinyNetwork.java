package io.vedette.standalone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A customer's own network: a TorchScript module that is written here, byte by byte, and its description. */
public final class TinyNetwork {
    private TinyNetwork() {}

    /** Means and contrasts of 8×8 pixels, then means of 16×16: two taps. */
    private static final String CODE = """
            class Tiny(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Tiny,
                x: Tensor) -> Tuple[Tensor, Tensor]:
                m = torch.avg_pool2d(x, [8, 8], [8, 8], [0, 0], False, True, None)
                q = torch.avg_pool2d(torch.mul(x, x), [8, 8], [8, 8], [0, 0], False, True, None)
                fine = torch.cat([m, torch.sub(q, torch.mul(m, m))], 1)
                coarse = torch.avg_pool2d(m, [2, 2], [2, 2], [0, 0], False, True, None)
                return (fine, coarse)
            """;

    public static byte[] module() {
        try {
            return archive(CODE);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What lies beside the module. */
    public static byte[] description() {
        return """
                {"name": "tiny", "taps": ["fine", "coarse"], "strides": [8, 16],
                 "mean": [0.5, 0.5, 0.5], "deviation": [0.25, 0.25, 0.25], "sha256": "%s"}
                """.formatted(sha256(module())).getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A TorchScript archive without tensors: its object is a pickle of an instance whose class is the code. */
    private static byte[] archive(String code) throws IOException {
        byte[] object = concat(
                new byte[] {(byte) 0x80, 2},
                "c__torch__\nTiny\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {')', (byte) 0x81, '}', '('},
                new byte[] {'X', 8, 0, 0, 0},
                "training".getBytes(StandardCharsets.US_ASCII),
                new byte[] {(byte) 0x89, 'u', 'b', '.'});
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "tiny/data.pkl", object);
            store(zip, "tiny/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "tiny/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "tiny/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
