package io.vedette.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that nobody but itself has signed, made by the JDK's keytool.
 *
 * @param store PKCS #12, with the key
 * @param pem the certificate alone
 */
record TestCertificate(Path store, Path pem) {
    static final String PASSWORD = "changeit";

    static TestCertificate make() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "certificate-");
            Path store = folder.resolve("store.p12");
            Path pem = folder.resolve("certificate.pem");
            keytool(store, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1");
            keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
            return new TestCertificate(store, pem);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("the certificate was not made", failure);
        }
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "own", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
