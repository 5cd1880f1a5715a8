package io.vedette.standalone.stack;

import io.vedette.standalone.objectstore.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The embedded S3: a folder behind S3Proxy. */
record S3Part(Home home, int port, Credentials credentials) implements Part {
    static final String NAME = "s3";
    private static final List<String> FLAGS =
            List.of("-Xmx128m", "-XX:MaxDirectMemorySize=48m", "-XX:TieredStopAtLevel=1", "-Dvedette.log=WARN");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public ProcessBuilder command() throws IOException {
        Path data = Files.createDirectories(home.data(NAME).resolve("data"));
        ProcessBuilder builder = JavaCommand.mainClass(FLAGS, S3Server.class, address(), data.toString());
        builder.environment().put("VEDETTE_S3_ACCESS_KEY_ID", credentials.accessKeyId());
        builder.environment().put("VEDETTE_S3_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        return builder;
    }

    /** An unsigned request is refused: that is an answer too. */
    @Override
    public boolean healthy() {
        return Probe.status(address() + "/") > 0;
    }
}
